"""No personal datum stands readable on disk, in the log or in a metric."""

import base64
import signal
from pathlib import Path

import pytest
import requests

from harness import disk, payloads
from harness.waiting import eventually
from harness.world import World

PHONE = "4915550199371"
NAME = "Zanzibar Quillfeather"
TEXT = "the heliotrope umbrella is in locker nineteen"
ANSWER = "your heliotrope umbrella travels by pigeon"
STRANGER = "4915550199482"


def planted(world: World) -> list[str]:
    """Puts personal data through every door; returns what must not be found."""
    inbound = payloads.wamid(PHONE)
    world.provider.deliver(payloads.text_message(world.acme, PHONE, TEXT, id=inbound, name=NAME))
    # For an account that nobody has: goes to the quarantine, whole.
    stray = payloads.wamid(STRANGER)
    world.provider.deliver(
        payloads.text_message(world.acme, STRANGER, TEXT, id=stray, name=NAME, phone_number_id="106540352242999")
    )
    # A body that is signed well and cannot be understood.
    odd = b'{"object":"whatsapp_business_account","entry":"' + f"{NAME} {TEXT}".encode() + b'"}'
    world.provider.post_raw(odd, {"X-Hub-Signature-256": payloads.signature(world.configuration.app_secret, odd)})

    api = world.api(world.acme)
    sent = api.send_text(world.acme.channel, "+" + PHONE, ANSWER)
    assert sent.status_code == 202, sent.text
    id = sent.json()["id"]
    eventually(lambda: api.status(id) == "accepted", "the answer is accepted")
    taken = world.graph.taken_as(id)[0]
    world.provider.deliver(payloads.status(world.acme, taken.wamid, "delivered", PHONE, opaque=id))
    eventually(lambda: api.status(id) == "delivered", "the answer is delivered")
    eventually(lambda: TEXT in world.business["acme"].texts(), "the message is delivered")

    ids = [id.removeprefix("wamid.") for id in (inbound, stray, taken.wamid)]
    return [NAME, "Quillfeather", TEXT, "heliotrope", ANSWER, PHONE, STRANGER, *ids]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_no_personal_datum_is_readable_on_disk(world: World, end: signal.Signals) -> None:
    world.start()
    secrets = planted(world)
    hidden = secrets + [world.acme.access_token, world.acme.api_key, world.configuration.app_secret]

    def found() -> list[str]:
        return disk.plaintext(world.hub.data, hidden) + disk.plaintext(world.hub.temporary, hidden)

    assert disk.files(world.hub.data), "there is nothing to search"
    assert found() == [], "while running"
    world.hub.signal(end)
    world.hub.process.wait(timeout=30)
    assert found() == [], "afterwards"
    # What was searched for is really there, sealed: the next hub reads it.
    world.hub.launch()
    world.hub.wait_ready()
    assert world.api(world.acme).received()[0]["text"]["body"] == TEXT


def test_no_personal_datum_is_in_the_log_or_a_metric(world: World) -> None:
    world.start()
    secrets = planted(world)
    metrics = requests.get(f"{world.hub.operator_url}/metrics", timeout=10)
    assert metrics.status_code == 200 and metrics.text.strip(), "there are no metrics to search"
    assert world.hub.terminate() == 0
    hidden = secrets + [world.acme.access_token, world.acme.api_key, world.configuration.app_secret]
    for where, text in {"log": world.hub.output(), "metrics": metrics.text}.items():
        assert [secret for secret in hidden if secret in text] == [], where


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\0\0" + TEXT.encode() + b"\0")
    (tmp_path / "b").write_bytes(b"?" + base64.b64encode(b"{}" + TEXT.encode() + b"{}"))
    (tmp_path / "c").write_bytes(TEXT.encode("utf-16-le"))
    found = disk.plaintext(tmp_path, [TEXT])
    assert [line.split(":")[0] for line in found] == ["a", "b", "c"]
