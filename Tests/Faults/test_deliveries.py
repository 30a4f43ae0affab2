"""A business system that hangs, fails or goes away hurts nobody but itself, and loses nothing."""

from pathlib import Path

import pytest

from harness import evidence, payloads, preload
from harness.waiting import always, eventually
from harness.world import World

MESSAGES = 60


def write(world: World, numbers: range) -> None:
    """Ten people write to each tenant, turn by turn."""
    for number in numbers:
        changes, notes = [], []
        for index, tenant in enumerate(world.tenants):
            phone = f"1650555{index}{number % 10:03}"
            id = payloads.wamid(phone)
            changes.append(payloads.text_message(tenant, phone, f"{phone} {number}", id=id))
            notes.append({"tenant": tenant.id, "wamid": id, "phone": phone, "number": number})
        world.provider.deliver(*changes, notes=notes)


def test_a_hanging_business_system_does_not_hold_up_another(world: World) -> None:
    # Longer than the hang: the attempts that hang are the first ones, and the second come five seconds later.
    world.acme.timeout_seconds = 30
    world.business["acme"].mode = "hang"
    world.start()

    write(world, range(1, MESSAGES + 1))
    eventually(lambda: world.business["acme"].waiting > 0, "the hanging system was called")
    eventually(
        lambda: len(world.business["globex"].bodies("message.received")) == MESSAGES,
        "globex has all of its messages",
        within=20,
    )
    assert world.business["acme"].bodies() == []
    always(world.hub.is_ready, "the hub is ready while a business system hangs", during=3)

    write(world, range(MESSAGES + 1, MESSAGES + 6))
    eventually(
        lambda: len(world.business["globex"].bodies("message.received")) == MESSAGES + 5,
        "globex has the later ones too",
        within=20,
    )

    world.business["acme"].release()
    evidence.settle_deliveries(world, within=90)
    assert evidence.collect(world).run() == []


def test_what_failed_comes_again_under_the_same_id_and_in_order(world: World) -> None:
    world.business["acme"].mode = "stumble"
    world.start()
    write(world, range(1, 21))
    eventually(lambda: len(world.business["globex"].bodies("message.received")) == 20, "globex has all of its messages")

    evidence.settle_deliveries(world, within=240)
    assert len(world.business["acme"].refused) == 20
    assert set(world.business["acme"].refused) == world.business["acme"].ids()
    assert evidence.collect(world).run() == []


def test_a_system_that_is_gone_gets_nothing_more_until_its_settings_change(world: World) -> None:
    world.business["acme"].mode = 410
    world.start()
    write(world, range(1, 4))
    eventually(lambda: world.business["acme"].refused, "the system answered 410 Gone")
    eventually(lambda: len(world.business["globex"].texts()) == 3, "globex has all of its messages")
    world.business["acme"].release()
    write(world, range(4, 6))
    eventually(lambda: len(world.business["globex"].texts()) == 5, "globex has the later ones")
    always(lambda: world.business["acme"].bodies() == [], "the system is left alone", during=2)
    world.hub.kill()
    world.hub.launch()
    world.hub.wait_ready()
    always(lambda: world.business["acme"].bodies() == [], "a restart changes nothing", during=2)

    world.acme.timeout_seconds += 1
    world.configuration.write(world.hub.configuration_path)
    world.hub.reload()
    evidence.settle_deliveries(world, within=60)
    assert evidence.collect(world).run() == []


@pytest.mark.skipif(
    preload.COMPILER is None,
    reason="NOT RUN: dead letters come after 27 hours, and to shift a clock needs a C compiler",
)
def test_what_never_arrives_becomes_a_dead_letter_that_can_be_replayed(world: World, tmp_path: Path) -> None:
    """Each restart comes later by the pause of the schedule: the hub's day passes in seconds."""
    business = world.business["acme"]
    business.mode = 500
    shifted = preload.ShiftedClock(tmp_path)
    world.start()
    write(world, range(1, 2))
    offset = 0
    for attempt, pause in enumerate([10, 400, 2400, 9000, 22_000, 44_000, 44_000], start=1):
        eventually(lambda: len(business.refused) >= attempt, f"attempt {attempt}")
        offset += pause
        assert world.hub.terminate() == 0
        world.hub.launch(**shifted.environment(offset))
        world.hub.wait_ready()
    api = world.api(world.acme)
    letter = eventually(lambda: (letters := api.dead_letters()) and letters[0], "the event is a dead letter")
    assert len(business.refused) == 8 and set(business.refused) == {letter["event"]["id"]}
    assert letter["attempts"] == 8 and letter["error"]["code"]
    assert evidence.collect(world).run() == []

    assert world.hub.terminate() == 0
    world.hub.launch()
    world.hub.wait_ready()
    business.release()
    replayed = api.post(f"/dead-letters/{letter['id']}/replay")
    assert replayed.status_code in (200, 202, 204), replayed.text
    eventually(lambda: business.ids() == {letter["event"]["id"]}, "the replayed event arrived")
    eventually(lambda: api.dead_letters() == [], "the list is empty again")
    assert business.deliveries[0]["verified"]
