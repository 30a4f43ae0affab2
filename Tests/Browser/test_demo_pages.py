"""A newcomer's way through the demo in a real browser: the printed link, four providers, Drive, a shop, the phone."""

import base64
import json
import re
from collections.abc import Iterator

import pytest
import requests
import sample
from chromium import Chromium, Page
from person import ACCOUNT, HEADING, Person

from harness.waiting import eventually

HUB = "http://127.0.0.1:8080"
SANDBOX = "http://127.0.0.1:8090"
SERVICES = f"{ACCOUNT}/services"
SHOP = "acme-store.myshopify.com"
# A customer of that shop.
NUMBER = "16505551234"
OTHERS = ("facebook", "apple", "shopify")


class Newcomer(Person):
    def go(self, button: str, end: str, shop: str | None = None) -> None:
        """Presses a button that leads to a provider, agrees there as Ada, and comes back."""
        if shop:
            self.page.write("input[name='with.shop']", shop)
        self.page.click(button)
        self.wait_at(SANDBOX)
        self.allow()
        self.wait_at(f"{HUB}{end}")

    def press(self, button: str, notice: str) -> None:
        """Presses a button of a page, and waits for what its next page says at the top."""
        self.page.click(button)
        self.wait_for(f"location.search === '?notice={notice}'")

    def tab_to(self, selector: str) -> None:
        """Goes on with the Tab key until the focus is there, and sees it."""
        for _ in range(40):
            self.page.press("Tab")
            if self.page.evaluate(f"document.activeElement.matches({json.dumps(selector)})"):
                assert self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        raise AssertionError(f"the Tab key never leads to {selector}")

    def key(self, selector: str, end: str) -> None:
        """As by `press`, without a mouse."""
        self.tab_to(selector)
        self.page.press("Enter")
        self.wait_at(end)

    def service(self, name: str) -> str:
        """All that the page says of a service."""
        return self.page.evaluate(f"document.getElementById('service-{name}').innerText")

    def ways_in(self) -> list[str]:
        """The ways to sign in that the account page lists."""
        return self.page.evaluate("[...document.querySelectorAll('.rows li strong')].map((e) => e.innerText)")


@pytest.fixture(scope="module")
def owner(browser: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    """Ada, who came in by the link that the demo prints, with Google; a complaint of the console is a failure."""
    with sample.demo(tmp_path_factory.mktemp("demo")) as log:
        link = re.search(r"http://\S+/invitations\?token=\S+", log.read_text())
        assert link, "the demo prints a link"
        owner = Newcomer(browser)
        owner.accept(link.group())
        owner.go("button.provider-google", "/account/acme")
        yield owner
        assert not (errors := owner.close()), errors


@pytest.fixture
def phone(browser: Chromium, owner: Newcomer) -> Iterator[Page]:
    """The page on which a customer writes to Acme."""
    address = f"{SANDBOX}/phone?phone_number_id={sample.PHONE_NUMBER_ID}&from=%2B{NUMBER}&name=Sheena%20Nelson"
    page = browser.page(address)
    page.wait("!document.getElementById('presence').textContent.includes('connecting')")
    yield page
    errors = page.errors
    page.close()
    assert not errors


def write(phone: Page, text: str) -> None:
    phone.write("#text", text)
    phone.press("Enter")


def transcripts(text: str) -> list[str]:
    """The files of the sandbox's Drive that a text stands in."""
    files = requests.get(f"{SANDBOX}/_sandbox/drive/files", timeout=30).json()["files"]
    contents = [base64.b64decode(file["content"]).decode(errors="replace") for file in files]
    return [content for content in contents if text in content]


def test_the_owner_links_the_other_three_and_each_of_the_four_lets_them_in(owner: Newcomer) -> None:
    owner.open(ACCOUNT)
    assert "Owner" in owner.text
    for provider in OTHERS:
        shop = SHOP if provider == "shopify" else None
        owner.go(f"button.provider-{provider}", "/account/acme?notice=linked", shop)
        assert "One more way to sign in was added." in owner.text
    ways = owner.ways_in()
    assert len(ways) == 4, ways
    for provider in ("google", *OTHERS):
        owner.press("form[action$='/sign-out'] button", "signed-out")
        shop = SHOP if provider == "shopify" else None
        owner.go(f"button.provider-{provider}", "/account/acme", shop)
        assert owner.page.evaluate(HEADING) == "Your account"
        assert "Owner" in owner.text and owner.ways_in() == ways, "as the same person"


def test_drive_is_connected_by_keyboard_alone_and_gets_what_the_phone_writes(owner: Newcomer, phone: Page) -> None:
    owner.open(SERVICES)
    assert "not connected" in owner.service("archive")
    owner.key("form[action='/connect/acme/archive/start'] button", SANDBOX)
    owner.wait_for("document.getElementById('allow') !== null")
    owner.key("#allow", f"{SERVICES}?notice=connected")
    owner.key("form[action$='/archive/test'] button", f"{SERVICES}?notice=test-passed")
    assert 'ada@acme.example answers, and the folder "Comfile conversations" is there.' in owner.service("archive")

    write(phone, "Please keep this for the tax office")
    found = eventually(
        lambda: transcripts("Please keep this for the tax office"), "the transcript is in the drive", within=60
    )
    assert len(found) == 1 and "Sheena Nelson" in found[0]

    owner.key("form[action$='/archive/disconnect'] button", f"{SERVICES}?notice=disconnected")
    assert "not connected" in owner.service("archive") and "ada@acme.example" not in owner.service("archive")


def test_the_shop_says_who_writes_until_it_is_disconnected(owner: Newcomer, phone: Page) -> None:
    owner.open(SERVICES)
    owner.go("form[action='/connect/acme/shop/start'] button", "/account/acme/services?notice=connected")
    owner.press("form[action$='/shop/test'] button", "test-passed")
    assert SHOP in owner.service("shop")

    write(phone, "What became of my order?")
    api = requests.Session()
    api.headers["Authorization"] = "Bearer demo-key-of-acme-for-the-sandbox-only"

    def records() -> set[tuple[str, str]]:
        contacts = api.get(f"{HUB}/api/v1/contacts", timeout=30).json()["data"]
        writer = next((one for one in contacts if NUMBER in str(one["identities"])), None)
        assert writer, "the contact is there"
        found = api.get(f"{HUB}/api/v1/contacts/{writer['id']}", timeout=30).json()["records"]
        return {(record["system"], record["type"]) for record in found}

    found = eventually(records, "the shop's customer is tied to the contact", within=60)
    assert {("shop", "customer"), ("shop", "order")} <= found

    owner.press("form[action$='/shop/disconnect'] button", "disconnected")
    assert "not connected" in owner.service("shop")


def test_whoever_cancels_a_connection_is_back_at_the_services(owner: Newcomer) -> None:
    owner.open(SERVICES)
    owner.page.click("form[action='/connect/acme/archive/start'] button")
    owner.wait_at(SANDBOX)
    owner.page.click("#deny")
    owner.wait_for("location.search === '?notice=cancelled'")
    assert "You cancelled at the provider. Nothing was changed." in owner.text
    assert owner.page.evaluate(HEADING) == "Connected services"
    assert "not connected" in owner.service("archive")


def test_a_shop_that_removed_the_app_looks_broken_and_one_click_mends_it(owner: Newcomer) -> None:
    connect = ("form[action='/connect/acme/shop/start'] button", "/account/acme/services?notice=connected")
    owner.open(SERVICES)
    owner.go(*connect)
    assert requests.post(f"{SANDBOX}/_sandbox/shopify/uninstall", json={}, timeout=30).ok
    owner.press("form[action$='/shop/test'] button", "test-failed")
    assert "broken" in owner.service("shop")
    notices = owner.page.evaluate("[...document.querySelectorAll('.notice')].map((e) => [e.className, e.innerText])")
    assert notices and not [notice for notice in notices if "problem" not in notice[0]], "nothing looks like a success"
    owner.go(*connect)
    owner.press("form[action$='/shop/test'] button", "test-passed")
    owner.press("form[action$='/shop/disconnect'] button", "disconnected")
