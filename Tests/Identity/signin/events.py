"""What the proofs of provider events share: a scene for a module, people to be told of, and what an event did."""

import time
from collections.abc import Iterator

import pytest

from harness.waiting import eventually
from signin.hostile_provider import Person
from signin.people import Member
from signin.social_scene import SocialScene, Told

TAKEN, REFUSED = "provider_event.taken", "provider_event.refused"


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocialScene]:
    scene = SocialScene(tmp_path_factory.mktemp("events"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(social: SocialScene) -> SocialScene:
    social.reset()
    return social


def join(scene: SocialScene, connection: str, tenant: str = "acme", person: Person | None = None) -> Member:
    """Somebody who is signed in, and new unless they are named."""
    issuer = scene.issuers[tenant, connection]
    issuer.person = person or issuer.person
    tried = scene.accepts(connection, tenant)
    return Member(scene, tried.browser, issuer.person, tenant)


def ended(member: Member) -> float:
    """How long after now the session is no longer good, in seconds."""
    start = time.monotonic()
    eventually(lambda: not member.is_signed_in(), "the session is ended", within=5, every=0.02)
    return time.monotonic() - start


def untouched(told: Told) -> bool:
    return told.before.counts == told.after.counts
