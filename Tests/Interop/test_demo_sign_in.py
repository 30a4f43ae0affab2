"""The way of a newcomer: the demo's link, each of the four providers, Drive and the shop connected, and a conversation filed."""

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin

import pytest
import requests
import sample
from signin.browser import REDIRECTS, Browser, Callback, Page, Start

from harness.waiting import eventually

HUB = "http://127.0.0.1:8080"
SANDBOX = "http://127.0.0.1:8090"
SHOP = "acme-store.myshopify.com"
PROVIDERS = ("google", "apple", "facebook", "shopify")


class Consent(HTMLParser):
    """What a consent page would send when nothing is changed and Allow is pressed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self.people: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.action = values.get("action", "")
        elif tag == "input":
            if values["name"] == "person":
                self.people.append(values["value"])
            elif values.get("type") == "hidden" or "checked" in values:
                self.fields.append((values["name"], values["value"]))


def at_provider(start: Start, person: str) -> Callback:
    """The person says who they are and agrees."""
    page = requests.get(start.url, timeout=10)
    assert page.status_code == 200, f"{page.status_code} {page.text[:300]}"
    consent = Consent(page.text)
    assert person in consent.people, consent.people
    answer = requests.post(
        urljoin(start.url, consent.action),
        data=[*consent.fields, ("person", person), ("decision", "allow")],
        allow_redirects=False,
        timeout=10,
    )
    if answer.status_code in REDIRECTS:
        bare, _, query = answer.headers["Location"].partition("?")
        return Callback(bare, parse_qsl(query.partition("#")[0], keep_blank_values=True))
    form = Page(start.url, answer.text).forms[0]
    return Callback(form.action, list(form.fields.items()), form.method)


def shown(browser: Browser, path: str = "") -> Page:
    answer = browser.get(f"/account/acme{path}")
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
    return Page(answer.url, answer.text)


def go(browser: Browser, page: Page, form: str, person: str) -> requests.Response:
    wanted = page.form_to(form)
    parameters = {name: SHOP for name in wanted.fields if name.endswith("shop")}
    return browser.call_back(at_provider(browser.submit_start(wanted, **parameters), person))


def write(text: str) -> None:
    """A customer writes on their phone."""
    inbound = {"phone_number_id": sample.PHONE_NUMBER_ID, "from": "+16505551234", "name": "Sheena Nelson", "text": text}
    answer = requests.post(f"{SANDBOX}/_sandbox/whatsapp/inbound", json=inbound, timeout=10)
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    """Whoever came by the link that the demo prints, with Google; and who that is."""
    with sample.demo(tmp_path_factory.mktemp("demo")) as log:
        link = re.search(r"http://\S+/invitations\?token=\S+", log.read_text())
        assert link, "the demo prints a link"
        browser = Browser(HUB, "acme")
        opened = browser.get(link.group())
        form = Page(opened.url, opened.text).form_to("/invitations")
        assert browser.post(form.action, form.fields).status_code in REDIRECTS
        person = people_of_acme()[0]
        answer = go(browser, browser.sign_in_page(), "/google/start", person)
        assert answer.status_code == 303 and browser.session_cookie, f"{answer.status_code} {answer.text[:400]}"
        yield browser, person


def people_of_acme() -> list[str]:
    people = requests.get(f"{SANDBOX}/_sandbox/people", timeout=10).json()
    listed = people["people"] if isinstance(people, dict) else people
    return [one["id"] for one in listed if "acme.example" in str(one)]


def test_each_provider_is_linked_and_lets_the_owner_in(owner: tuple[Browser, str]) -> None:
    browser, person = owner
    for provider in PROVIDERS[1:]:
        answer = go(browser, shown(browser), f"/{provider}/start", person)
        assert answer.status_code == 303, f"{provider}: {answer.status_code} {answer.text[:400]}"
    for provider in PROVIDERS:
        other = Browser(HUB, "acme")
        answer = go(other, other.sign_in_page(), f"/{provider}/start", person)
        assert answer.status_code == 303 and other.session_cookie, f"{provider}: {answer.status_code} {answer.text[:400]}"
        assert shown(other, "/people"), "as the owner, who sees people"


def test_a_conversation_is_filed_in_drive_once_it_is_connected(owner: tuple[Browser, str]) -> None:
    browser, person = owner
    answer = go(browser, shown(browser, "/services"), "/archive/start", person)
    assert answer.status_code == 303, f"{answer.status_code} {answer.text[:400]}"
    assert "Connected" in shown(browser, "/services").text
    write("Please file this away")

    def transcripts() -> list[str]:
        files = requests.get(f"{SANDBOX}/_sandbox/drive/files", timeout=10).json()
        listed = files["files"] if isinstance(files, dict) else files
        texts = [base64.b64decode(one.get("content") or "").decode(errors="replace") for one in listed]
        return [text for text in texts if "Please file this away" in text]

    found = eventually(transcripts, "the transcript is in the drive")
    assert len(found) == 1, "filed once"


def test_the_shop_says_who_wrote_and_what_they_ordered(owner: tuple[Browser, str]) -> None:
    browser, person = owner
    answer = go(browser, shown(browser, "/services"), "/shop/start", person)
    assert answer.status_code == 303, f"{answer.status_code} {answer.text[:400]}"
    tested = shown(browser, "/services").form_to("/shop/test")
    assert browser.post(tested.action, tested.fields).headers["Location"].endswith("notice=test-passed")
    write("What became of my order?")
    api = requests.Session()
    api.headers["Authorization"] = "Bearer demo-key-of-acme-for-the-sandbox-only"

    def records() -> list[dict[str, Any]]:
        contacts = api.get(f"{HUB}/api/v1/contacts", timeout=10).json()["data"]
        writer = next(one for one in contacts if "6505551234" in str(one["identities"]))
        return api.get(f"{HUB}/api/v1/contacts/{writer['id']}", timeout=10).json()["records"]

    found = eventually(records, "the shop's customer is tied to the contact")
    assert {"customer", "order"} <= {one["type"] for one in found}, found
    assert all(one["system"] == "shop" for one in found)
