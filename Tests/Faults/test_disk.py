"""The disk: full, freed, and not touched by what was never proven."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import disk, evidence, payloads
from harness.waiting import eventually
from harness.world import World

PHONE = "16505551234"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[disk.SmallDisk]:
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: the full disk needs root, to mount a small tmpfs")
    try:
        made = disk.SmallDisk(tmp_path / "disk", megabytes=64)
    except subprocess.CalledProcessError as error:
        pytest.skip(
            f"NOT RUN: the full disk needs `mount -t tmpfs`, which is refused here: {error.stderr.decode().strip()}"
        )
    yield made
    made.close()


@pytest.fixture
def world_on_small_disk(tmp_path: Path, small_disk: disk.SmallDisk) -> Iterator[World]:
    world = World(tmp_path, data=small_disk.path / "data")
    yield world
    world.close()


def test_a_full_disk_refuses_and_recovers_by_itself(world_on_small_disk: World, small_disk: disk.SmallDisk) -> None:
    world = world_on_small_disk
    world.start()
    number = 0

    def write() -> int | None:
        nonlocal number
        number += 1
        id = payloads.wamid(PHONE)
        note = {"tenant": "acme", "wamid": id, "phone": PHONE, "number": number}
        # Long, so that a few hundred messages fill what is left.
        change = payloads.text_message(world.acme, PHONE, f"{PHONE} {number} {'x' * 3000}", id=id)
        return world.provider.post(change, notes=[note])

    for _ in range(20):
        assert write() == 200

    small_disk.fill(leaving=1_000_000)
    answers = []
    while 503 not in answers and len(answers) < 5_000:
        answers.append(write())
    assert answers[-1] == 503, f"a full disk answered {answers[-1]} (after {len(answers)})"
    assert set(answers) == {200, 503}
    assert world.hub.process.poll() is None, "the hub ended on a full disk"

    small_disk.free()
    eventually(lambda: write() == 200, "webhooks are taken again", within=60)
    eventually(world.hub.is_ready, "the hub is ready again", within=10)

    evidence.settle_deliveries(world)
    assert evidence.collect(world).run() == []
    assert world.hub.terminate() == 0
    assert disk.integrity_problems(world.hub.data) == []


def test_a_wrong_signature_costs_no_disk(world: World) -> None:
    world.start()
    world.provider.deliver(payloads.text_message(world.acme, PHONE, "so that the store is open"))
    evidence.settle_deliveries(world)
    before = disk.size(world.hub.data)

    body = payloads.envelope(payloads.text_message(world.acme, PHONE, "x" * 100_000))
    good = payloads.signature(world.configuration.app_secret, body)
    wrong = ["sha256=" + "0" * 64, "sha256=", "", good.replace("sha256=", "sha1="), good[:-1], good + "0", good.upper()]
    for signature in wrong:
        for _ in range(20):
            response = world.provider.post_raw(body, {"X-Hub-Signature-256": signature})
            assert 400 <= response.status_code < 500, f"{signature!r} was answered {response.status_code}"
    assert 400 <= world.provider.post_raw(body, {}).status_code < 500

    assert disk.size(world.hub.data) - before < len(body), "a refused webhook left bytes on disk"
    assert len(world.api(world.acme).received()) == 1
    listed = world.hub.command("quarantine", "list")
    assert listed.returncode == 0 and "apps/meta-main" not in listed.stdout
