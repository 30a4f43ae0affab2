"""The sandbox and its pywa application, or the sandbox and a hub: one of each per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sample
from linked import Linked
from pywa_kit import Receiver, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox()
    with sample.running(tmp_path / "sandbox.log", *made.arguments):
        made.wait_ready()
        yield made


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    made = Receiver(sandbox)
    yield made
    made.close()


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Linked]:
    made = Linked(tmp_path)
    try:
        with sample.running(tmp_path / "sandbox.log", *made.sandbox.arguments):
            made.start()
            yield made
    finally:
        made.world.close()
