"""What is for one tenant reaches that tenant, and what is for nobody is kept."""

import requests

from harness import payloads
from harness.waiting import eventually
from harness.world import World

UNKNOWN_NUMBER = "106540352242999"
ENDPOINT = "apps/meta-main"


def test_two_tenants_in_one_post_each_get_exactly_their_own(world: World) -> None:
    world.start()
    changes = []
    for number in range(5):
        changes.append(payloads.text_message(world.acme, "16505550001", f"for acme {number}"))
        changes.append(payloads.text_message(world.globex, "16505550001", f"for globex {number}"))
    world.provider.deliver(*changes)

    for tenant in world.tenants:
        expected = [f"for {tenant.id} {number}" for number in range(5)]
        api = world.api(tenant)
        assert [message["text"]["body"] for message in api.received()] == expected
        assert {event["tenant"] for event in api.events()} == {tenant.id}
        eventually(lambda: world.business[tenant.id].texts() == expected, f"{tenant.id}'s system has its own")


def test_a_foreign_id_is_answered_like_one_that_does_not_exist(world: World) -> None:
    world.start()
    world.provider.deliver(payloads.text_message(world.acme, "16505550001", "private"))
    message = world.api(world.acme).received()[0]
    stranger = world.api(world.globex)
    for path, id in (("/messages/{}", message["id"]), ("/conversations/{}/messages", message["conversation_id"])):
        foreign = stranger.get(path.format(id))
        unknown = stranger.get(path.format(id[:4] + "0" * 26))
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        assert without_request_id(foreign) == without_request_id(unknown)


def without_request_id(response: requests.Response) -> dict:
    assert response.headers["Content-Type"].startswith("application/problem+json")
    return {key: value for key, value in response.json().items() if key not in ("request_id", "instance")}


def test_a_message_for_an_unknown_number_waits_in_the_quarantine_and_outlives_a_kill(world: World) -> None:
    world.start()
    change = payloads.text_message(world.globex, "16505550001", "is anybody there?", phone_number_id=UNKNOWN_NUMBER)
    assert world.provider.post(change) == 200
    listed = world.hub.command("quarantine", "list")
    assert listed.returncode == 0, listed.stderr
    assert ENDPOINT in listed.stdout
    assert "16505550001" not in listed.stdout and "anybody" not in listed.stdout
    assert world.api(world.globex).received() == []

    world.hub.kill()
    world.hub.launch()
    world.hub.wait_ready()
    assert ENDPOINT in world.hub.command("quarantine", "list").stdout, "the quarantine outlives a kill"


def test_the_quarantine_is_replayed_after_the_number_was_added(world: World) -> None:
    world.start()
    change = payloads.text_message(world.globex, "16505550001", "is anybody there?", phone_number_id=UNKNOWN_NUMBER)
    assert world.provider.post(change) == 200

    world.globex.more_channels["sales"] = UNKNOWN_NUMBER
    world.configuration.write(world.hub.configuration_path)
    world.hub.reload()

    def replayed() -> bool:
        done = world.hub.command("quarantine", "replay")
        assert done.returncode == 0, done.stderr
        return len(world.api(world.globex).received()) == 1

    eventually(replayed, "the message was replayed to its tenant", every=0.5)
    world.hub.command("quarantine", "replay")
    messages = world.api(world.globex).received()
    assert [(message["channel"], message["text"]["body"]) for message in messages] == [("sales", "is anybody there?")]
    assert ENDPOINT not in world.hub.command("quarantine", "list").stdout
    assert world.api(world.acme).received() == []


def test_a_signed_body_that_cannot_be_read_is_kept(world: World) -> None:
    world.start()
    for body in (b"", b"{", b"[]", b'{"object":"whatsapp_business_account"}', b'{"entry":' + b"[" * 5000, b"\xff\xfe"):
        response = world.provider.post_raw(
            body, {"X-Hub-Signature-256": payloads.signature(world.configuration.app_secret, body)}
        )
        assert response.status_code < 500, f"{body[:20]!r} was answered {response.status_code}"
    assert world.hub.is_ready()
    listed = world.hub.command("quarantine", "list")
    assert listed.returncode == 0 and listed.stdout.strip(), "nothing was kept"
