"""The fixtures of all that is about shops: a scene for a module, and the same as if nothing had been spoiled before."""

from collections.abc import Iterator

import pytest

from signin.shops import ShopScene


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopScene]:
    scene = ShopScene(tmp_path_factory.mktemp("shops"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(shops: ShopScene) -> ShopScene:
    shops.reset()
    return shops
