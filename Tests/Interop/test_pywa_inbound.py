"""pywa understands every message of a customer that the sandbox can send, and finds in it what stood in it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pywa.types import (
    CallbackButton,
    CallbackSelection,
    CallPermissionUpdate,
    DeletedMessage,
    EditedMessage,
    FlowCompletion,
    Message,
    MessageType,
    PhoneNumberChange,
)
from pywa_kit import CUSTOMER, Receiver, Sandbox

from harness.waiting import eventually

Whole = Callable[[Any, dict[str, Any]], bool]


def file(kind: str) -> Whole:
    def whole(message: Message, content: dict[str, Any]) -> bool:
        media, sent = getattr(message, kind), content[kind]
        same = all(getattr(media, name) == sent[name] for name in ("caption", "filename", "animated") if name in sent)
        return message.type.value == kind and same and len(media.get_bytes()) > 100

    return whole


def typed(type: str) -> Whole:
    return lambda message, _: message.type.value == type


def text(message: Message, content: dict[str, Any]) -> bool:
    context = content.get("context", {})
    return (
        message.text == content["text"]["body"]
        and (message.reply_to_message.id if message.reply_to_message else None) == context.get("id")
        and message.forwarded == bool(context.get("forwarded") or context.get("frequently_forwarded"))
        and (message.referral.ctwa_clid if message.referral else None) == content.get("referral", {}).get("ctwa_clid")
    )


def product(message: Message, content: dict[str, Any]) -> bool:
    referred = message.reply_to_message.referred_product
    return text(message, content) and referred.sku == content["context"]["referred_product"]["product_retailer_id"]


def place(message: Message, content: dict[str, Any]) -> bool:
    names = ("latitude", "longitude", "name", "address", "url")
    return all(getattr(message.location, name) == content["location"].get(name) for name in names)


def cards(message: Message, content: dict[str, Any]) -> bool:
    names = [card.name and card.name.formatted_name for card in message.contacts]
    phones = [phone.phone for card in message.contacts for phone in card.phones]
    return names == [card.get("name", {}).get("formatted_name") for card in content["contacts"]] and phones == [
        phone["phone"] for card in content["contacts"] for phone in card.get("phones", [])
    ]


def chosen(kind: str) -> Whole:
    def whole(update: CallbackButton | CallbackSelection, content: dict[str, Any]) -> bool:
        answer = content["interactive"][kind]
        return (update.data, update.title) == (answer["id"], answer["title"])

    return whole


def quick_reply(update: CallbackButton, content: dict[str, Any]) -> bool:
    button = content["button"]
    return update.is_quick_reply and (update.data, update.title) == (button["payload"], button["text"])


def flow(update: FlowCompletion, content: dict[str, Any]) -> bool:
    answers = json.loads(content["interactive"]["nfm_reply"]["response_json"])
    return (update.token, update.response) == (answers.pop("flow_token", None), answers)


def permission(update: CallPermissionUpdate, content: dict[str, Any]) -> bool:
    return update.response.value == content["interactive"]["call_permission_reply"]["response"]


def order(message: Message, content: dict[str, Any]) -> bool:
    items = [(item.sku, item.quantity, item.price) for item in message.order.products]
    return message.order.text == content["order"]["text"] and items == [
        (item["product_retailer_id"], item["quantity"], item["item_price"])
        for item in content["order"]["product_items"]
    ]


def reaction(message: Message, content: dict[str, Any]) -> bool:
    return (message.reaction.emoji or None) == (content["reaction"].get("emoji") or None)


def number(update: PhoneNumberChange, content: dict[str, Any]) -> bool:
    system = content["system"]
    return update.old_wa_id == CUSTOMER and update.new_wa_id == (system.get("wa_id") or system.get("new_wa_id"))


def user_id(update: PhoneNumberChange, content: dict[str, Any]) -> bool:
    return update.new_user_id == content["system"]["user_id"]


def unsupported(message: Message, content: dict[str, Any]) -> bool:
    kind = message.unsupported.type if message.unsupported else None
    return message.error.code == content["errors"][0]["code"] and kind == content.get("unsupported", {}).get("type")


UNDERSTOOD: dict[str, tuple[type, Whole]] = {
    "text": (Message, text),
    "text_reply": (Message, text),
    "text_reply_unknown": (Message, lambda m, _: m.reply_to_message.id.startswith("wamid.")),
    "text_forwarded": (Message, text),
    "text_frequently_forwarded": (Message, lambda m, c: text(m, c) and m.forwarded_many_times),
    "text_referred_product": (Message, product),
    "text_ad": (Message, lambda m, c: text(m, c) and m.referral.source_id == c["referral"]["source_id"]),
    "text_ad_status": (Message, lambda m, c: text(m, c) and m.referral.ctwa_clid is None),
    "text_group": (Message, lambda m, c: text(m, c) and m.chat.id == c["group_id"]),
    "image": (Message, file("image")),
    "image_forwarded": (Message, lambda m, c: file("image")(m, c) and m.forwarded),
    "video": (Message, file("video")),
    "voice": (Message, lambda m, c: file("audio")(m, c) and m.voice is not None),
    "audio": (Message, lambda m, c: file("audio")(m, c) and m.voice is None),
    "document": (Message, file("document")),
    "document_hostile_name": (Message, file("document")),
    "sticker": (Message, file("sticker")),
    "sticker_animated": (Message, file("sticker")),
    "location": (Message, place),
    "location_place": (Message, place),
    "contacts": (Message, cards),
    "contacts_two": (Message, cards),
    "contacts_shared": (Message, lambda m, _: m.contacts[0].phones[0].wa_id == CUSTOMER),
    "button_reply": (CallbackButton, chosen("button_reply")),
    "list_reply": (CallbackSelection, chosen("list_reply")),
    "nfm_reply": (FlowCompletion, flow),
    "nfm_reply_no_token": (FlowCompletion, flow),
    "call_permission_reply": (CallPermissionUpdate, permission),
    "call_permission_rejected": (CallPermissionUpdate, permission),
    "button": (CallbackButton, quick_reply),
    "button_no_context": (CallbackButton, quick_reply),
    "order": (Message, order),
    "reaction": (Message, reaction),
    "reaction_removed": (Message, reaction),
    "reaction_removed_empty": (Message, reaction),
    "system_number": (PhoneNumberChange, number),
    "system_number_old_names": (PhoneNumberChange, number),
    "system_user_id": (PhoneNumberChange, user_id),
    "request_welcome": (Message, typed("request_welcome")),
    "edit": (EditedMessage, lambda m, c: m.message.text == c["edit"]["message"]["text"]["body"]),
    "revoke": (DeletedMessage, lambda m, _: m.type == MessageType.REVOKE),
    "unsupported": (Message, unsupported),
    "unsupported_poll": (Message, unsupported),
    "unsupported_edit": (Message, unsupported),
    "unsupported_unavailable": (Message, unsupported),
    "unknown": (Message, lambda m, c: m.error.code == c["errors"][0]["code"]),
    "interactive_without_body": (Message, typed("interactive")),
    "future_type": (Message, typed("unknown")),
}
# What pywa 4 has no type for, or fails at; it hands the raw update on.
RAW = {"nfm_reply_not_json", "nfm_reply_address", "system_identity", "image_too_big"}


@pytest.mark.filterwarnings("ignore:Unknown MessageType")
def test_every_message_is_understood(receiver: Receiver, sandbox: Sandbox) -> None:
    examples = sandbox.examples()
    assert set(examples) == set(UNDERSTOOD) | RAW
    for name, (kind, whole) in UNDERSTOOD.items():
        receiver.updates.clear()
        sandbox.inbound(example=name)
        update = receiver.wait_for(kind, f"{name} came in as {kind.__name__}")
        content = receiver.values()[-1]["messages"][0]
        assert whole(update, content), f"{name}: {update} of {content}"
        assert receiver.complaints.lines == [], name


def test_what_pywa_does_not_know_reaches_it_raw(receiver: Receiver, sandbox: Sandbox) -> None:
    examples = sandbox.examples()
    for number, name in enumerate(sorted(RAW), start=1):
        sandbox.inbound(example=name)
        eventually(lambda: len(receiver.raw) == number, f"{name} came in")
        assert receiver.values()[-1]["messages"][0]["type"] == examples[name]["type"]


@pytest.mark.parametrize("rule", ["no_username", "username_only", "username_and_phone", "parent"])
def test_people_are_known_by_every_kind_of_id(receiver: Receiver, sandbox: Sandbox, rule: str) -> None:
    sandbox.control("PUT", "/rules", {"user_ids": rule})
    sandbox.inbound(text="Grüße 👋", **({"username": "ada_lovelace"} if rule.startswith("username") else {}))
    message = receiver.wait_for(Message, "the message came in")
    person = message.from_user
    assert (message.text, person.name) == ("Grüße 👋", "Ada")
    assert person.wa_id == (None if rule == "username_only" else CUSTOMER)
    assert person.bsuid.startswith("US.")
    assert (person.parent_bsuid is not None) == (rule == "parent")
    assert (person.username is not None) == rule.startswith("username")
    assert receiver.complaints.lines == []
    to = person.wa_id or person.bsuid
    assert receiver.client.send_message(to=f"+{to}" if person.wa_id else to, text="hello").id
