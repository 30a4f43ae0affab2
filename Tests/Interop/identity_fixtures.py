"""The fixtures of the proofs of the sandbox's Google, Apple and Drive: one sandbox for a module, fresh for each test."""

from collections.abc import Iterator

import identity_kit
import pytest
from pywa_kit import Sandbox


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with identity_kit.running(tmp_path_factory.mktemp("identity")) as made:
        yield made


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    return identity_kit.fresh(running)
