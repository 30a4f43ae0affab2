"""One hub for all rows of a worker: nothing that a refused sign-in does can disturb the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signin.scene import Scene


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    scene = Scene(tmp_path_factory.mktemp("sign-in"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(running: Scene) -> Scene:
    """The hub and its provider, as if nothing had been spoiled before."""
    running.reset()
    return running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Scene]:
    """A hub of the test's own, not started yet, for what would disturb the others."""
    scene = Scene(tmp_path)
    yield scene
    scene.close()
