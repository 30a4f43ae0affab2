"""The page of the demo's business system in a real browser, with the hub and a customer's phone beside it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import sample
from chromium import Chromium, Page

from harness.waiting import eventually

PAGE = "http://127.0.0.1:8091/"
SANDBOX = "http://127.0.0.1:8090"
SAMPLES = Path(__file__).resolve().parents[2] / "Sources/HubSandbox/WhatsApp/Samples"
NUMBER = "16505553100"


@pytest.fixture(scope="module")
def demo(browser: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with sample.demo(tmp_path_factory.mktemp("demo")):
        yield


@pytest.fixture
def business(demo: None, browser: Chromium, tmp_path: Path) -> Iterator[Page]:
    """The page, with Ada having written; whatever the console complains of fails the test."""
    write({"text": "Is anybody there?"})
    page = browser.page(PAGE, width=1280, height=900)
    page.wait("document.querySelectorAll('#person option').length > 1")
    page.wait("document.querySelector('#list .summary') !== null")
    yield page
    page.screenshot(tmp_path / "end.png")
    # A refusal of the hub is not one of the page's own mistakes.
    errors = [error for error in page.errors if "status of 422" not in error]
    page.close()
    assert not errors


@pytest.fixture
def phone(demo: None, browser: Chromium) -> Iterator[Page]:
    address = f"{SANDBOX}/phone?phone_number_id={sample.PHONE_NUMBER_ID}&from=%2B{NUMBER}&name=Ada%20Lovelace"
    page = browser.page(address)
    page.wait("!document.getElementById('presence').textContent.includes('connecting')")
    yield page
    page.close()


def write(content: dict) -> str:
    """Ada writes to Acme."""
    body = {"phone_number_id": sample.PHONE_NUMBER_ID, "from": f"+{NUMBER}", "name": "Ada Lovelace", **content}
    answer = requests.post(f"{SANDBOX}/_sandbox/whatsapp/inbound", json=body, timeout=30)
    assert answer.ok, answer.text
    return answer.json()["id"]


def choose(page: Page, selector: str, value: str) -> None:
    """Chooses an option, as its list would."""
    found = f"document.querySelector({json.dumps(selector)})"
    page.wait(f"[...{found}.options].some((o) => o.value === {json.dumps(value)})")
    page.evaluate(
        f"(() => {{ const s = {found}; s.value = {json.dumps(value)};"
        " s.dispatchEvent(new Event('change', { bubbles: true })) })()"
    )


def outcome(page: Page) -> str:
    page.wait("!document.getElementById('outcome').hidden")
    page.wait("!document.getElementById('form').hasAttribute('aria-busy')")
    return page.evaluate("document.getElementById('outcome').innerText")


def accepted(kind: str) -> list[dict]:
    """What came to Ada's phone, of a type."""
    params = {"to": NUMBER}
    found = requests.get(f"{SANDBOX}/_sandbox/whatsapp/messages", params=params, timeout=10).json()["messages"]
    return [message["body"] for message in found if message["type"] == kind]


def test_a_text_is_sent_and_read(business: Page, phone: Page) -> None:
    assert "Free answers until" in business.evaluate("document.getElementById('window').textContent")
    choose(business, "#kind", "text")
    business.write("#field", "Yes, <b>we</b> are.")
    business.click("#send")
    phone.wait("document.getElementById('thread').innerText.includes('Yes, <b>we</b> are.')")
    business.wait("document.querySelector('#outcome .status')?.textContent === 'read'")
    assert outcome(business).startswith("Accepted: Text")
    business.wait("document.getElementById('list').innerText.includes('read by Ada Lovelace')")


def test_a_drawn_picture_and_a_file_of_ones_own_are_sent(business: Page, phone: Page) -> None:
    choose(business, "#kind", "picture")
    business.write("#field", "Hills")
    business.click("#send")
    phone.wait("document.querySelector('#thread > :last-child img')?.naturalWidth === 960")
    assert accepted("image")[-1]["image"]["caption"] == "Hills"

    choose(business, "#kind", "document")
    business.choose_files("#file", SAMPLES / "document.pdf")
    business.click("#send")
    found = eventually(lambda: accepted("document"), "the document is sent")
    assert found[-1]["document"]["filename"] == "document.pdf"


def test_what_the_phone_sends_is_seen(business: Page, phone: Page) -> None:
    phone.choose_files("#file", SAMPLES / "photo.jpg")
    phone.wait("document.querySelector('.preview')?.naturalWidth > 0")
    phone.write("[name=caption]", "Our garden")
    phone.press("Enter")
    business.wait("document.querySelector('#list img.image')?.naturalWidth > 0")
    summaries = business.evaluate("[...document.querySelectorAll('#list .summary')].map((s) => s.textContent)")
    assert "Ada Lovelace: (picture) Our garden" in summaries
    for kind, element in (("voice", "audio"), ("video", "video")):
        write({"type": kind})
        business.wait(f"document.querySelector('#list {element}')?.readyState > 0")
    write({"type": "document"})
    business.wait("document.querySelector('#list a[download=\"Invoice 860198.pdf\"]') !== null")
    write({"type": "sticker", "reply_to": "wamid.UNKNOWN"})
    business.wait("document.querySelector('#list img.sticker')?.naturalWidth > 0")
    notes = business.evaluate("document.querySelector('#list .notes').innerText")
    assert notes == "answers a message that is not known"


def test_a_refusal_names_every_place(business: Page) -> None:
    choose(business, "#kind", "buttons")
    business.evaluate("document.querySelector('details.request').open = true")
    request = json.loads(business.evaluate("document.getElementById('request').value"))
    request["interactive"]["action"]["buttons"] = [
        {"type": "reply", "reply": {"id": "yes", "title": "A title of more than twenty characters"}},
        {"type": "reply", "reply": {"id": "yes", "title": "No"}},
    ]
    business.write("#request", json.dumps(request))
    business.click("#send")
    business.wait("document.querySelectorAll('#outcome li').length === 2")
    text = outcome(business)
    assert text.startswith("Refused: 422 invalid_request")
    assert "/interactive/action/buttons/0/reply/title" in text and "/interactive/action/buttons/1/reply/id" in text


def test_somebody_who_never_wrote_gets_templates_only(business: Page, tmp_path: Path) -> None:
    choose(business, "#person", "other")
    business.write("#number", "+16505553199")
    assert "only a template" in business.evaluate("document.getElementById('window').textContent").lower()
    choose(business, "#kind", "text")
    business.click("#send")
    business.wait("document.getElementById('outcome').innerText.includes('window_closed')")
    assert "hello_world (en_US)" in outcome(business)
    choose(business, "#kind", "template")
    business.click("#send")
    business.wait("document.getElementById('outcome').innerText.startsWith('Accepted')")


def test_answering_marking_and_blocking(business: Page, phone: Page) -> None:
    business.click("#list .answer")
    business.wait("['field', 'kind'].includes(document.activeElement.id)")
    business.click("#read")
    phone.wait("document.querySelector('.typing') !== null")
    assert outcome(business).startswith("Marked as read")
    business.click("#block")
    business.wait("document.getElementById('outcome').innerText.startsWith('Blocked')")
    business.click("#unblock")
    business.wait("document.getElementById('outcome').innerText.startsWith('Not blocked')")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1280, False), (1280, True)])
def test_it_fits_and_every_control_has_a_name(
    business: Page, browser: Chromium, tmp_path: Path, width: int, dark: bool
) -> None:
    page = browser.page(PAGE, width=width, height=900, dark=dark)
    page.wait("document.querySelector('#list .summary') !== null")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    page.wait("document.documentElement.scrollWidth <= innerWidth")
    for node in page.call("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if role in ("button", "textbox", "combobox", "link", "image") and not node.get("ignored"):
            assert node.get("name", {}).get("value"), node
    page.screenshot(tmp_path / "page.png")
    page.close()
