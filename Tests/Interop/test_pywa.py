"""pywa, a WhatsApp Cloud client for Python, takes the sandbox for WhatsApp Cloud: statuses, signatures, errors."""

import httpx
import pytest
import sample
from pywa import WhatsApp, errors
from pywa.types import MessageStatusType
from pywa.types.templates import BodyText, TemplateLanguage
from pywa_kit import PERSON, Receiver, Sandbox, ToTheSandbox

from harness.waiting import eventually

ENGLISH = TemplateLanguage.ENGLISH_US


def test_a_text_is_taken_and_its_statuses_come_in_order(receiver: Receiver) -> None:
    sent = receiver.client.send_message(to=PERSON, text="Your parcel is on its way.", tracker="parcel-1")
    assert sent.id.startswith("wamid.")
    wanted = [MessageStatusType.SENT, MessageStatusType.DELIVERED, MessageStatusType.READ]
    eventually(lambda: [status.status for status in receiver.statuses] == wanted, "sent, delivered and read were told")
    assert {status.id for status in receiver.statuses} == {sent.id}
    assert {status.tracker for status in receiver.statuses} == {"parcel-1"}
    assert receiver.refused == 0
    assert receiver.complaints.lines == []


def test_a_voice_note_is_played_after_it_was_read(receiver: Receiver, sandbox: Sandbox) -> None:
    sent = receiver.client.send_voice(to=PERSON, voice=b"OggS" + bytes(64), mime_type="audio/ogg; codecs=opus")
    eventually(lambda: len(receiver.statuses) == 4, "four statuses were told")
    assert [status.status for status in receiver.statuses][-1] == MessageStatusType.PLAYED
    assert {status.id for status in receiver.statuses} == {sent.id}


def test_prices_are_told_in_the_shape_of_each_version(receiver: Receiver, sandbox: Sandbox) -> None:
    for version in ("v23.0", None):
        sandbox.control("PUT", "/rules", {"webhook_version": version})
        receiver.updates.clear()
        receiver.client.send_template(to=PERSON, name="hello_world", language=ENGLISH, params=[])
        told = eventually(lambda: receiver.statuses and receiver.statuses[0], "the first status was told")
        assert told.pricing is not None
        assert told.pricing.model.value == "PMP"
        assert (told.conversation is None) == (version is None), f"{version}: {told.conversation}"
        eventually(lambda: len(receiver.statuses) == 3, "all statuses were told")
    assert receiver.complaints.lines == []


def test_a_receiver_with_another_app_secret_refuses_the_webhooks(sandbox: Sandbox) -> None:
    stranger = Receiver(sandbox, app_secret="not-the-app-secret")
    try:
        body = {"phone_number_id": sample.PHONE_NUMBER_ID, "from": PERSON, "text": "hello"}
        assert sandbox.control("POST", "/inbound", body).json()["acknowledged"] is False
        eventually(lambda: stranger.refused > 0, "the signature was refused")
        assert stranger.updates == []
    finally:
        stranger.close()


def test_the_handshake_is_the_one_that_pywa_answers(receiver: Receiver, sandbox: Sandbox) -> None:
    assert sandbox.control("POST", "/handshake", {"phone_number_id": sample.PHONE_NUMBER_ID}).json()["verified"] is True


def test_a_wrong_token_is_the_error_that_pywa_knows(sandbox: Sandbox) -> None:
    stranger = WhatsApp(
        phone_id=sample.PHONE_NUMBER_ID, token="EAAGwrong", session=httpx.Client(transport=ToTheSandbox(sandbox))
    )
    with pytest.raises(errors.ExpiredAccessToken) as refused:
        stranger.send_message(to=PERSON, text="hello")
    assert refused.value.code == 190


@pytest.mark.parametrize(
    ("code", "known"),
    [
        (4, errors.ToManyAPICalls),
        (80007, errors.RateLimitIssues),
        (130429, errors.RateLimitHit),
        (131048, errors.SpamRateLimitHit),
        (131056, errors.TooManyMessages),
    ],
)
def test_a_limit_on_request_is_the_error_that_pywa_knows(
    receiver: Receiver, sandbox: Sandbox, code: int, known: type[errors.WhatsAppError]
) -> None:
    sandbox.control("PUT", "/faults", {"throttle": {"code": code, "count": 1}})
    with pytest.raises(known) as throttled:
        receiver.client.send_message(to=PERSON, text="hello")
    assert throttled.value.code == code
    assert receiver.client.send_message(to=PERSON, text="hello again").id


@pytest.mark.parametrize(
    ("code", "known"),
    [
        (131026, errors.MessageUndeliverable),
        (131031, errors.AccountLocked),
        (131042, errors.BusinessPaymentIssue),
        (131049, errors.MessageUndeliverableDueToHealthyEcosystemEngagement),
        (131050, errors.UserStoppedMarketingMessages),
        (131051, errors.UnsupportedMessageType),
        (130497, errors.AccountRestrictedFromCountry),
        (368, errors.TemporarilyBlocked),
    ],
)
def test_an_error_on_request_is_the_one_that_pywa_knows_and_so_is_a_failed_status(
    receiver: Receiver, sandbox: Sandbox, code: int, known: type[errors.WhatsAppError]
) -> None:
    sandbox.control("PUT", "/faults", {"error": {"http": 400, "code": code, "count": 1}})
    with pytest.raises(known) as refused:
        receiver.client.send_message(to=PERSON, text="hello")
    assert refused.value.code == code
    sandbox.control("PUT", "/faults", {"fail_async": {"code": code, "count": 1}})
    receiver.client.send_message(to=PERSON, text="hello")
    # As Meta leaves out `contacts` of failed statuses, pywa 4 cannot make an update of them: its raw one is read.
    told = eventually(receiver.failures, "the failure was told")
    assert isinstance(errors.WhatsAppError.from_dict(told[0]["errors"][0]), known), told


def test_the_window_is_the_error_that_pywa_knows(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control("PUT", "/rules", {"window": "sync"})
    with pytest.raises(errors.ReEngagementMessage) as closed:
        receiver.client.send_message(to=PERSON, text="hello")
    assert closed.value.code == 131047
    sandbox.inbound(text="hello?")
    assert receiver.client.send_message(to=PERSON, text="hello!").id
    sandbox.control("POST", "/clock", {"advance_ms": 25 * 3_600_000})
    with pytest.raises(errors.ReEngagementMessage):
        receiver.client.send_message(to=PERSON, text="still there?")
    assert receiver.client.send_template(to=PERSON, name="hello_world", language=ENGLISH, params=[]).id


def test_real_limits_are_the_errors_that_pywa_knows(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control("PUT", "/rules", {"pair_limit": True})
    with pytest.raises(errors.TooManyMessages):
        for number in range(60):
            receiver.client.send_message(to=PERSON, text=f"burst {number}")
    sandbox.control("PUT", "/rules", {"pair_limit": None, "throughput": 5})
    with pytest.raises(errors.RateLimitHit):
        for number in range(200):
            receiver.client.send_message(to=f"+1650555{2000 + number}", text="many")


def test_templates_that_do_not_fit_are_the_errors_that_pywa_knows(receiver: Receiver) -> None:
    def send(name: str, *values: str) -> None:
        receiver.client.send_template(
            to=PERSON, name=name, language=ENGLISH, params=[BodyText.params(*values)] if values else []
        )

    for known, code, arguments in [
        (errors.TemplateNotExists, 132001, ["no_such_template"]),
        (errors.TemplateParamCountMismatch, 132000, ["order_confirmation", "Ada"]),
        (errors.TemplatePaused, 132015, ["order_update_paused"]),
    ]:
        with pytest.raises(known) as refused:
            send(*arguments)
        assert refused.value.code == code, f"{arguments}: {refused.value}"
