"""Whatever the webhooks, wherever the hub is killed: the provider's retries give the same store as one clean pass.

`REPLAY_SEEDS=200 REPLAY_POSTS=120 .venv/bin/pytest Tests/Faults/test_replay_property.py` is the long run; `--seed N`
repeats one.
"""

import os
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness.generator import Generator
from harness.payloads import Change
from harness.world import World

SEEDS = int(os.environ.get("REPLAY_SEEDS", "3"))
POSTS = int(os.environ.get("REPLAY_POSTS", "40"))
# Ids and moments of the hub's own differ between two runs, as they should.
OWN_ID = re.compile(r"^(msg|cnv|ctc|med|evt|tpl)_[0-9a-z]{26}$")
OWN_TIMES = {"created_at", "updated_at", "raised_at", "since", "probed_at", "last_message_at", "synced_at"}
# A file is fetched in its own time, and the stand-in has none.
IN_THEIR_OWN_TIME = {"media.updated"}


def plain(value: Any) -> Any:
    """Without what is the hub's own: a name in its place, so that it still counts whether something is there."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if name not in OWN_TIMES}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value[:3] if isinstance(value, str) and OWN_ID.match(value) else value


def sorted_plain(values: list[Any]) -> list[Any]:
    return sorted((plain(value) for value in values), key=repr)


def store(world: World) -> dict[str, Any]:
    """All that the API shows of both tenants, with everything tied to what it belongs to."""
    shown: dict[str, Any] = {}
    for tenant in world.tenants:
        api = world.api(tenant)
        contacts = {contact["id"]: contact for contact in api.pages("/contacts")}
        conversations = list(api.pages("/conversations"))
        threads = []
        for conversation in conversations:
            messages = list(api.pages(f"/conversations/{conversation['id']}/messages"))
            person = plain(contacts[conversation["contact_id"]])
            threads.append({"of": person, "is": plain(conversation), "messages": sorted_plain(messages)})
        events = [event for event in api.events() if event["type"] not in IN_THEIR_OWN_TIME]
        shown[tenant.id] = {
            "contacts": sorted_plain(list(contacts.values())),
            "threads": sorted(threads, key=repr),
            "channel": plain(api.get(f"/channels/{tenant.channel}").json()),
            "templates": sorted_plain(list(api.pages(f"/channels/{tenant.channel}/templates"))),
            "events": Counter(event["type"] for event in events),
            "received": Counter(
                event["data"]["message"]["provider_id"] for event in events if event["type"] == "message.received"
            ),
        }
    return shown


def clean_pass(world: World, posts: list[list[Change]]) -> dict[str, Any]:
    world.start()
    for body in posts:
        world.provider.deliver(*body)
    return store(world)


def rough_pass(world: World, posts: list[list[Change]], seed: int) -> tuple[dict[str, Any], int]:
    """The hub is killed at random moments. What was not acknowledged comes again before anything else, and some of what
    was comes again later."""
    chance = random.Random(f"{seed}-kills")
    world.start()
    kills = 0
    for number, body in enumerate(posts):
        if chance.random() < 0.25:
            killer = threading.Timer(chance.uniform(0.0, 0.02), world.hub.kill)
            killer.start()
            # Until the hub is gone, as one post may be through before it.
            status = world.provider.post(*body)
            killer.join()
            kills += 1
            world.hub.launch()
            world.hub.wait_ready()
            if status == 200 and chance.random() < 0.5:
                continue
        world.provider.deliver(*body)
        if chance.random() < 0.3:
            world.provider.deliver(*posts[chance.randrange(number + 1)])
    for body in chance.sample(posts, len(posts) // 3):
        world.provider.deliver(*body)
    return store(world), kills


def differences(left: Any, right: Any, path: str = "") -> list[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        names = sorted(left.keys() | right.keys(), key=str)
        return [d for name in names for d in differences(left.get(name), right.get(name), f"{path}/{name}")]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [d for n, pair in enumerate(zip(left, right)) for d in differences(*pair, f"{path}/{n}")]
    return [] if left == right else [f"{path}: {left!r} in one pass, {right!r} with retries"]


@pytest.mark.timeout(3600)
def test_retries_after_kills_give_the_same_store_as_one_clean_pass(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    first = request.config.getoption("--seed")
    seeds = [first] if first is not None else [random.SystemRandom().randrange(1_000_000) for _ in range(SEEDS)]
    began, all_kills = time.monotonic(), 0
    for seed in seeds:
        shown = []
        for name in ("clean", "rough"):
            folder = tmp_path / f"{seed}-{name}"
            folder.mkdir()
            world = World(folder)
            try:
                posts = Generator(seed, world.tenants).posts(POSTS)
                if name == "clean":
                    shown.append(clean_pass(world, posts))
                else:
                    made, kills = rough_pass(world, posts, seed)
                    shown.append(made)
                    all_kills += kills
            finally:
                world.close()
        received = sum(tenant["received"].total() for tenant in shown[0].values())
        assert received > POSTS // 2, "too thin to prove anything"
        found = differences(*shown)
        assert found == [], f"--seed {seed}: {len(found)} differences: " + "\n".join(found[:20])
    assert all_kills > 0
    print(f"{len(seeds)} seeds of {POSTS} posts, {all_kills} kills, {time.monotonic() - began:.0f} s")
