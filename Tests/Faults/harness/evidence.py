"""Brings a run to rest and writes down what the hub says it has, for the checker."""

from harness.checker import DELIVERED_TYPES, Checker, write_lines
from harness.traffic import Traffic
from harness.waiting import eventually
from harness.world import World


def settle_sends(world: World, accepted: dict, within: float = 60) -> None:
    """Waits until no accepted send is on its way any more. One that is gone is for the checker to tell."""
    open_ids = dict(accepted)

    def settled() -> bool:
        for id, tenant in list(open_ids.items()):
            answer = world.api(tenant).get(f"/messages/{id}")
            if answer.status_code != 404 and answer.json()["status"] in ("queued", "sending"):
                return False
            del open_ids[id]
        return True

    eventually(settled, "no send is queued or sending", within=within)


def settle_deliveries(world: World, within: float = 120) -> None:
    """Waits until each business system has every event that its routes ask for, or the dead-letter list has it."""
    for tenant in world.tenants:
        api = world.api(tenant)

        def arrived() -> bool:
            due = {event["id"] for event in api.events() if event["type"] in DELIVERED_TYPES}
            missing = due - world.business[tenant.id].ids()
            dead = {letter["event"]["id"] for letter in api.dead_letters()} if missing else set()
            assert not missing - dead, f"{len(missing - dead)} of {len(due)} events are still missing"
            return True

        eventually(arrived, f"{tenant.id}'s business system has every event", within=within, every=0.5)


def settle(world: World, traffic: Traffic) -> Checker:
    """Everything that traffic began comes to its end, and the checker gets the records."""
    assert traffic.problems == []
    settle_sends(world, traffic.accepted)
    traffic.report_the_rest()
    settle_deliveries(world)
    return collect(world, traffic.accepted)


def collect(world: World, accepted: dict | None = None) -> Checker:
    """Writes the hub's own view beside the records of the stand-ins and gives it all to the checker."""
    messages = []
    for tenant in world.tenants:
        api = world.api(tenant)
        write_lines(world.records / f"events-{tenant.id}.jsonl", api.events())
        write_lines(world.records / f"dead-letters-{tenant.id}.jsonl", api.dead_letters())
        answers = [api.get(f"/messages/{id}") for id, owner in (accepted or {}).items() if owner is tenant]
        messages += [answer.json() for answer in answers if answer.status_code == 200]
    write_lines(world.records / "messages.jsonl", messages)
    return Checker(world.records)
