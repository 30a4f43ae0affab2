"""Nothing that was acknowledged is lost, repeated or reordered while the hub is killed again and again."""

import random
import time

import pytest

from harness import disk, evidence
from harness.hub import READY_WITHIN
from harness.traffic import Traffic
from harness.world import World


@pytest.mark.timeout(1200)
def test_kill_9_at_random_moments_breaks_no_promise(world: World, request: pytest.FixtureRequest) -> None:
    kills = request.config.getoption("--kills")
    seed = request.config.getoption("--seed") or random.SystemRandom().randrange(1_000_000)
    print(f"{kills} kills, --seed {seed}")
    chance = random.Random(seed)
    world.start()

    slowest = 0.0
    with Traffic(world, seed) as traffic:
        for number in range(kills):
            # The moment of the fault, not a wait for anything.
            time.sleep(chance.uniform(0.02, 1.2))
            world.hub.kill()
            if number % 10 == 0:
                assert disk.integrity_problems_of_copy(world.hub.data, world.folder / "copy") == []
            began = time.monotonic()
            world.hub.launch()
            world.hub.wait_ready(within=READY_WITHIN)
            slowest = max(slowest, time.monotonic() - began)
    assert traffic.problems == []

    evidence.settle_sends(world, traffic.accepted)
    traffic.report_the_rest()
    evidence.settle_deliveries(world)
    checker = evidence.collect(world, traffic.accepted)
    problems = checker.run()
    print(f"{checker.summary()}; slowest start {slowest:.2f} s")
    assert problems == []
    assert checker.counts["acknowledged messages"] > kills, "the load was too thin to prove anything"
    assert checker.counts["sends accepted"] > kills, "the load was too thin to prove anything"

    assert world.hub.terminate() == 0
    assert disk.integrity_problems(world.hub.data) == []


def test_sigterm_under_load_drains_in_time_and_loses_nothing(world: World) -> None:
    world.start()
    with Traffic(world, seed=1) as traffic:
        for _ in range(3):
            time.sleep(1.0)
            assert world.hub.terminate(within=30) == 0
            world.hub.launch()
            world.hub.wait_ready()
    assert traffic.problems == []

    evidence.settle_sends(world, traffic.accepted)
    traffic.report_the_rest()
    evidence.settle_deliveries(world)
    assert evidence.collect(world, traffic.accepted).run() == []


def test_a_second_sigterm_is_not_a_crash(world: World) -> None:
    world.start()
    world.hub.signal(15)
    world.hub.signal(15)
    assert world.hub.process.wait(timeout=30) in (0, 143, -15)
    assert disk.integrity_problems(world.hub.data) == []
