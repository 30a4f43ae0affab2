"""A business system that uses the standardwebhooks library can trust what the hub delivers."""

import json

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from harness import payloads
from harness.configuration import webhook_secret
from harness.waiting import eventually
from harness.world import World


def first_delivery(world: World, text: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body that bring one text to acme's business system."""
    world.provider.deliver(payloads.text_message(world.acme, "16505551234", text))
    business = world.business["acme"]
    eventually(lambda: text in business.texts(), "the message is delivered")
    return next((h, b) for h, b in business.raw if text.encode() in b or json.dumps(text).encode() in b)


def test_a_delivery_verifies_and_a_changed_one_does_not(world: World) -> None:
    world.start()
    headers, body = first_delivery(world, "is my parcel there?")
    verifier = Webhook(world.acme.system_secrets[0])
    event = verifier.verify(body, headers)
    assert event["id"] == headers["webhook-id"]
    assert event["type"] == "message.received"
    assert headers["content-type"].startswith("application/json")
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body.replace(b"parcel", b"barrel"), headers)
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body, headers | {"webhook-id": "evt_other"})
    with pytest.raises(WebhookVerificationError):
        Webhook(webhook_secret()).verify(body, headers)


def test_non_ascii_text_arrives_as_it_was_written(world: World) -> None:
    world.start()
    text = 'Grüße 👋🏽 مرحبا \u2028 "quoted" \\ /'
    world.provider.deliver(payloads.text_message(world.acme, "16505551234", text))
    eventually(lambda: world.business["acme"].texts() == [text], "the text arrives unchanged")
    assert world.business["acme"].deliveries[0]["verified"]


def test_both_secrets_verify_while_one_is_rotated_and_only_the_new_one_after(world: World) -> None:
    old, new = world.acme.system_secrets[0], webhook_secret()
    world.acme.system_secrets = [new, old]
    world.start()
    headers, body = first_delivery(world, "during the rotation")
    for secret in (old, new):
        Webhook(secret).verify(body, headers)

    world.acme.system_secrets = [new]
    # The environment of a running process is fixed: the new secret already stands in the first variable.
    world.configuration.write(world.hub.configuration_path)
    world.hub.reload()

    def only_new() -> bool:
        headers, body = first_delivery(world, f"after the rotation {len(world.business['acme'].deliveries)}")
        Webhook(new).verify(body, headers)
        return len(headers["webhook-signature"].split()) == 1

    eventually(only_new, "only the new secret signs")
