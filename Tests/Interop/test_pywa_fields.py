"""pywa understands every kind of webhook that the sandbox can send."""

from typing import Any

import pytest
import sample
from pywa.types import (
    AccountUpdate,
    CallConnect,
    CallTerminate,
    Message,
    OutgoingDeletedMessage,
    OutgoingEditedMessage,
    OutgoingMessage,
    PhoneNumberChange,
    UserMarketingPreferences,
)
from pywa.types.templates import (
    TemplateCategoryUpdate,
    TemplateComponentsUpdate,
    TemplateQualityUpdate,
    TemplateStatusUpdate,
)
from pywa_kit import CUSTOMER, Receiver, Sandbox

from harness.waiting import eventually

# By the beginning of the example's name: what pywa makes of it, and members without which pywa 4 fails. Meta's pages
# write languages of templates with a hyphen in webhooks, and leave `contacts` out of echoes.
TEMPLATE = {"message_template_language": "en_US"}
CONTACTS = {"contacts": [{"profile": {"name": "Ada"}, "wa_id": CUSTOMER, "user_id": "US.1"}]}
UNDERSTOOD: list[tuple[str, type, dict[str, Any]]] = [
    ("messages.text", Message, {}),
    ("messages.system.", PhoneNumberChange, {}),
    ("message_template_status_update.", TemplateStatusUpdate, TEMPLATE),
    ("message_template_quality_update", TemplateQualityUpdate, TEMPLATE),
    ("message_template_components_update", TemplateComponentsUpdate, TEMPLATE),
    ("template_category_update", TemplateCategoryUpdate, TEMPLATE),
    ("account_update.", AccountUpdate, {}),
    ("user_preferences.", UserMarketingPreferences, {}),
    ("calls.connect", CallConnect, {}),
    ("calls.terminate", CallTerminate, {}),
    ("smb_message_echoes.text", OutgoingMessage, CONTACTS),
    ("smb_message_echoes.image", OutgoingMessage, CONTACTS),
    ("smb_message_echoes.revoke", OutgoingDeletedMessage, CONTACTS),
    ("smb_message_echoes.edit", OutgoingEditedMessage, CONTACTS),
]


def send(sandbox: Sandbox, example: dict[str, Any], more: dict[str, Any]) -> None:
    value = {"value": example["value"] | more} if more else {}
    what = {"field": example["field"]} if more else {"example": example["example"]}
    sandbox.control("POST", "/field", {"phone_number_id": sample.PHONE_NUMBER_ID} | what | value)


def test_every_field_is_understood_or_handed_on_raw(receiver: Receiver, sandbox: Sandbox) -> None:
    examples = sandbox.control("GET", "/examples").json()["examples"]
    assert len(examples) > 80
    understood = 0
    for example in examples:
        name = example["example"]
        known = next(((kind, value) for prefix, kind, value in UNDERSTOOD if name.startswith(prefix)), None)
        receiver.updates.clear()
        before = len(receiver.raw)
        send(sandbox, example, known[1] if known else {})
        eventually(lambda: len(receiver.raw) > before, f"{name} came in")
        assert receiver.raw[-1].field == example["field"], name
        if known:
            assert [type(update) for update in receiver.updates] == [known[0]], f"{name}: {receiver.complaints.lines}"
            understood += 1
        # The status of a call has no `contacts`, and pywa 4 asks for them.
        receiver.complaints.lines = [] if name == "calls.status" else receiver.complaints.lines
        assert receiver.complaints.lines == [], name
    assert understood > 40


def test_a_marketing_stop_says_what_it_says(receiver: Receiver, sandbox: Sandbox) -> None:
    for word in ("stop", "resume"):
        receiver.updates.clear()
        send(sandbox, {"example": f"user_preferences.{word}"}, {})
        told = receiver.wait_for(UserMarketingPreferences, f"{word} came in")
        assert told.value.value == word


@pytest.mark.filterwarnings("ignore:Unknown")
def test_a_batch_of_both_tenants_and_all_kinds_is_signed_and_taken(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control("POST", "/batch", {"count": 50, "kinds": ["message", "status", "field"], "bytes": 100_000})
    eventually(lambda: receiver.raw, "the batch came in")
    assert receiver.refused == 0
