"""Nothing that was acknowledged is lost, repeated or reordered while the hub is killed again and again."""

import random
import time

import pytest

from harness import disk, evidence, preload
from harness.hub import READY_WITHIN
from harness.power import PowerSupply
from harness.traffic import Traffic
from harness.world import World


@pytest.mark.timeout(1200)
def test_kill_9_at_random_moments_breaks_no_promise(world: World, request: pytest.FixtureRequest) -> None:
    kills = request.config.getoption("--kills")
    seed = seed_of(request)
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

    prove(world, traffic, at_least=kills)
    print(f"slowest start {slowest:.2f} s")


@pytest.mark.skipif(preload.COMPILER is None, reason="NOT RUN: to take back what was not synced needs a C compiler")
@pytest.mark.timeout(1200)
def test_a_power_failure_loses_nothing_that_was_acknowledged(world: World, request: pytest.FixtureRequest) -> None:
    """A killed process loses nothing that it wrote; here everything that it did not sync is lost too."""
    failures = max(1, request.config.getoption("--kills") // 2)
    seed = seed_of(request)
    print(f"{failures} power failures, --seed {seed}")
    chance = random.Random(seed)
    supply = PowerSupply(world.folder)
    world.configuration.write(world.hub.configuration_path)
    world.hub.launch(**supply.environment)
    world.hub.wait_ready()

    with Traffic(world, seed) as traffic:
        for _ in range(failures):
            time.sleep(chance.uniform(0.02, 1.2))
            supply.fail(world.hub)
            world.hub.launch(**supply.environment)
            world.hub.wait_ready()

    prove(world, traffic, at_least=failures)
    print(f"{supply.lost_writes} writes were lost")
    assert supply.lost_writes > 0, "no failure fell between a write and its sync"


def seed_of(request: pytest.FixtureRequest) -> int:
    return request.config.getoption("--seed") or random.SystemRandom().randrange(1_000_000)


def prove(world: World, traffic: Traffic, at_least: int) -> None:
    checker = evidence.settle(world, traffic)
    problems = checker.run()
    print(checker.summary())
    assert problems == []
    assert checker.counts["acknowledged messages"] > at_least, "the load was too thin to prove anything"
    assert checker.counts["sends accepted"] > at_least, "the load was too thin to prove anything"

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
    assert evidence.settle(world, traffic).run() == []


def test_a_second_sigterm_is_not_a_crash(world: World) -> None:
    world.start()
    world.hub.signal(15)
    world.hub.signal(15)
    assert world.hub.process.wait(timeout=30) in (0, 143, -15)
    assert disk.integrity_problems(world.hub.data) == []
