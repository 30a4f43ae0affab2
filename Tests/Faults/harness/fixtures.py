"""The pytest fixtures of both suites."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import hub
from harness.world import World


@pytest.fixture(scope="session", autouse=True)
def comfile() -> Path:
    """The binary under test; without it no test of these suites means anything."""
    path = hub.binary()
    if not os.access(path, os.X_OK):
        pytest.exit(f"no comfile at {path}: run `swift build` first, or set COMFILE_BIN", returncode=3)
    return path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A hub that is not started yet, with a WhatsApp and two business systems around it."""
    made = World(tmp_path)
    yield made
    made.close()
