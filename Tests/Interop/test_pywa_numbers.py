"""pywa manages a number: registration, profile, username, blocked people, callbacks."""

import pytest
import sample
from pywa import errors
from pywa.types import Command, Industry
from pywa_kit import APP_ID, PERSON, Receiver, Sandbox

from harness.waiting import eventually


def test_a_number_is_verified_registered_and_given_up(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    known = client.get_business_phone_number()
    assert known.id == sample.PHONE_NUMBER_ID
    assert known.verified_name == "Acme Support"
    assert known.quality_rating == "GREEN"
    with pytest.raises(errors.WhatsAppError) as verified:
        client.request_verification_code(code_method="SMS", language_code="en_US")
    assert verified.value.code == 136024
    assert client.deregister_phone_number().success
    with pytest.raises(errors.WhatsAppError) as gone:
        client.send_message(to=PERSON, text="hello")
    assert gone.value.code == 133010
    assert client.register_phone_number(pin=123456).success
    assert client.send_message(to=PERSON, text="hello again").id
    assert client.deregister_phone_number().success
    with pytest.raises(errors.WhatsAppError) as wrong:
        client.register_phone_number(pin="654321")
    assert wrong.value.code == 133005


def test_the_profile_is_what_was_written(receiver: Receiver) -> None:
    client = receiver.client
    assert client.update_business_profile(
        about="We sell chairs",
        address="1 Harbor Rd",
        description="Chairs for gardens",
        email="care@acme.example",
        industry=Industry.RETAIL,
        websites=["https://acme.example", "https://shop.acme.example"],
    ).success
    profile = client.get_business_profile()
    assert profile.about == "We sell chairs"
    assert profile.address == "1 Harbor Rd"
    assert profile.description == "Chairs for gardens"
    assert profile.email == "care@acme.example"
    assert profile.industry == Industry.RETAIL
    assert [site.rstrip("/") for site in profile.websites] == ["https://acme.example", "https://shop.acme.example"]
    with pytest.raises(errors.WhatsAppError) as long:
        client.update_business_profile(about="x" * 200)
    assert long.value.code == 100


def test_a_username_is_had_and_given_back(receiver: Receiver) -> None:
    client = receiver.client
    assert client.set_username("acme_garden").username == "acme_garden"
    assert client.get_current_username().username == "acme_garden"
    assert isinstance(client.get_reserved_usernames(), tuple)
    assert client.delete_username().success


def test_somebody_who_wrote_can_be_blocked_and_let_in_again(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    with pytest.raises(errors.BulkBlockingFailed):
        client.block_users([PERSON])
    sandbox.inbound(text="Buy my coins!")
    assert [user.wa_id for user in client.block_users([PERSON]).added_users] == [PERSON.removeprefix("+")]
    # Meta lists a blocked person with the id alone; pywa 4's own type asks for more.
    assert [user["wa_id"] for user in client.api.get_blocked_users(sample.PHONE_NUMBER_ID)["data"]] == [
        PERSON.removeprefix("+")
    ]
    client.unblock_users([PERSON])
    assert client.api.get_blocked_users(sample.PHONE_NUMBER_ID)["data"] == []


def test_commands_and_ice_breakers_are_kept(receiver: Receiver) -> None:
    client = receiver.client
    assert client.update_conversational_automation(
        ice_breakers=["Where is my order?"], commands=[Command(name="status", description="Where it is")]
    ).success
    fields = ("conversational_automation",)
    kept = client.api.get_business_phone_number(sample.PHONE_NUMBER_ID, fields)["conversational_automation"]
    assert kept["prompts"] == ["Where is my order?"]
    # pywa sends the commands as a text that is JSON, as Meta takes it.
    assert kept["commands"] == [{"command_name": "status", "command_description": "Where it is"}]


def test_callbacks_are_moved_after_a_handshake_and_moved_back(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    own = f"http://127.0.0.1:{sandbox.webhook_port}{sample.WEBHOOK_PATH}"
    assert client.override_phone_callback_url(own, sample.VERIFY_TOKEN).success
    assert client.delete_phone_callback_url().success
    assert client.override_waba_callback_url(own, sample.VERIFY_TOKEN).success
    assert client.delete_waba_callback_url().success
    with pytest.raises(errors.WhatsAppError):
        client.override_phone_callback_url(own, "not the token")
    sandbox.inbound(text="still here")
    eventually(lambda: receiver.messages, "webhooks go on")


def test_the_app_has_a_token(receiver: Receiver) -> None:
    assert "|" in receiver.client.get_app_access_token(int(APP_ID), sample.APP_SECRET)
