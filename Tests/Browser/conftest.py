"""A sandbox with a business beside it, and a browser to hold the customer's phone."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from business import ACME, Business
from chromium import Chromium, Page

numbers = itertools.count(16505550100)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    if chromium.executable() is None:
        pytest.skip("no Chromium on this machine: scripts/prepare.sh test installs one")
    with Chromium(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture(scope="session")
def business(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Business]:
    with Business(tmp_path_factory.mktemp("sandbox")) as business:
        yield business


@pytest.fixture
def customer() -> str:
    """The digits of somebody who has never written."""
    return str(next(numbers))


@pytest.fixture
def phone(browser: Chromium, business: Business, customer: str, tmp_path: Path) -> Iterator[Page]:
    """The page of that customer; whatever the console complains of fails the test."""
    page = browser.page(f"{business.url}/phone?phone_number_id={ACME}&from=%2B{customer}&name=Ada%20Lovelace")
    page.wait("document.getElementById('business-name').textContent === 'Acme Support'")
    page.wait("!document.getElementById('presence').textContent.includes('connecting')")
    yield page
    page.screenshot(tmp_path / "end.png")
    errors = page.errors
    page.close()
    assert not errors
