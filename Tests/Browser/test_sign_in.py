"""Sign-in and the pages of a tenant's people, in a real browser, against the sandbox's providers on another site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import signin_hub
from chromium import Chromium
from person import ACCOUNT, HEADING, Person
from signin_hub import HUB, PROVIDERS, SANDBOX, SHOP


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with signin_hub.running(tmp_path_factory.mktemp("sign-in")):
        yield


@pytest.fixture
def person(hub: None, browser: Chromium) -> Iterator[Person]:
    """Whatever the console complains of, a refusal of the content policy above all, fails the test."""
    person = Person(browser)
    yield person
    assert not (errors := person.close()), errors


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_invited_person_signs_in_with_each_provider(person: Person, provider: str) -> None:
    person.accept(signin_hub.invite())
    assert "You are invited" in person.text
    person.sign_in(provider, "grace")
    assert person.page.evaluate(HEADING) == "Your account"
    assert "Owner" in person.text
    session = next(cookie for cookie in person.cookies() if cookie["name"] == "comfile-acme")
    assert session["httpOnly"] and session["sameSite"] == "Lax" and session["path"] == "/"
    assert "For trying out on this machine only: without https" in person.text
    # Out, and in again without an invitation.
    person.page.click("form[action$='/sign-out'] button")
    person.wait_for("location.pathname === '/auth/acme'")
    assert "You are signed out" in person.text
    person.open(ACCOUNT, end="/auth/acme")
    assert person.page.evaluate(HEADING) == "Sign in"
    person.sign_in(provider, "grace")
    assert person.page.evaluate(HEADING) == "Your account"


def test_somebody_who_was_not_invited_is_told_so(person: Person) -> None:
    person.open(f"{HUB}/auth/acme")
    person.choose("google")
    person.allow("charles")
    person.wait_at(f"{HUB}/auth/acme/google/callback")
    assert "You are not one of the people here" in person.text
    assert "Request id" in person.text
    assert not [cookie for cookie in person.cookies() if cookie["name"] == "comfile-acme"]
    # The console notes every page with an error's status.
    person.page._browser.events.clear()


def test_cancelling_leads_back_to_the_sign_in_page(person: Person) -> None:
    for provider in ("google", "apple", "facebook"):
        person.open(f"{HUB}/auth/acme")
        person.choose(provider)
        person.wait_for("document.getElementById('deny') !== null")
        person.page.click("#deny")
        person.wait_for("location.search === '?notice=cancelled'")
        assert "You cancelled at the provider" in person.text


def test_a_second_way_to_sign_in_is_linked_and_taken_off_again(person: Person) -> None:
    person.accept(signin_hub.invite("admin"))
    person.sign_in("google", "mary")
    assert "Remove" not in person.text, "the only way to sign in stays"
    # The provider posts its answer from its own site: the session cookie does not come with it, and is not loosened.
    person.choose("apple")
    person.allow("mary")
    person.wait_for("location.search === '?notice=linked'")
    assert person.page.evaluate("document.querySelectorAll('.rows li').length") == 2
    person.page.click(".rows li:last-child button")
    person.wait_for("location.search === '?notice=unlinked'")
    assert person.page.evaluate("document.querySelectorAll('.rows li').length") == 1


def test_keys_people_and_services_by_their_pages(person: Person) -> None:
    person.accept(signin_hub.invite())
    person.sign_in("facebook", "ada")
    person.page.click("nav a[href$='/keys']")
    person.wait_at(f"{ACCOUNT}/keys")
    person.page.write("#key-name", "CRM")
    person.page.click("label[for='scope-contacts.read']")
    person.page.click("form[action$='/keys'] button")
    person.wait_for("location.search === '?notice=key-issued'")
    key = person.page.evaluate("document.querySelector('.shown-once code').innerText")
    assert key.startswith("comfile_acme_")
    person.open(f"{ACCOUNT}/keys")
    assert key not in person.text
    person.page.click("td form button")
    person.wait_for("location.search === '?notice=key-revoked'")

    person.page.click("nav a[href$='/people']")
    person.wait_at(f"{ACCOUNT}/people")
    person.page.write("#invite-name", "Alan <b>Turing</b>")
    person.page.click("form[action$='/invitations'] button")
    person.wait_for("location.search === '?notice=invited'")
    assert "Alan <b>Turing</b>" in person.text
    link = person.page.evaluate("document.querySelector('.shown-once code').innerText")
    assert link.startswith(f"{HUB}/auth/acme/invitations?token=")

    person.page.click("nav a[href$='/services']")
    person.wait_at(f"{ACCOUNT}/services")
    person.page.click("form[action='/connect/acme/shop/start'] button")
    person.wait_at(SANDBOX)
    person.wait_for("document.getElementById('allow') !== null")
    person.page.click("#allow")
    person.wait_for("location.search === '?notice=connected'")
    assert SHOP in person.text
    person.page.click("form[action$='/shop/test'] button")
    person.wait_for("location.search.startsWith('?notice=test-')")
    assert "The service answered" in person.text
    person.page.click("form[action$='/shop/disconnect'] button")
    person.wait_for("location.search === '?notice=disconnected'")
    assert "not connected" in person.text

    person.page.click("nav a[href$='/audit']")
    person.wait_at(f"{ACCOUNT}/audit")
    assert "service.connected" in person.text and "key.issued" in person.text


def test_everything_works_without_a_script(hub: None, browser: Chromium) -> None:
    person = Person(browser, scripts=False)
    person.accept(signin_hub.invite("viewer"))
    for provider in ("apple", "google"):
        person.choose(provider)
        person.allow("alan")
        if provider == "apple":
            # The provider's page posts by its button.
            person.wait_for("document.getElementById('continue') !== null")
            person.page.click("#continue")
        person.wait_at(ACCOUNT)
        assert "Viewer" in person.text
        # The second is one more way to sign in.
    assert person.page.evaluate("document.querySelectorAll('.rows li').length") == 2
    person.page.click("form[action$='/sign-out-everywhere'] button")
    person.wait_for("location.pathname === '/auth/acme'")
    assert not person.close()


def test_by_keyboard_alone(person: Person) -> None:
    """From the top of the page: the link to the content, the buttons in their order, and Enter."""
    person.open(f"{HUB}/auth/acme")
    person.page.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "skip"
    for _ in range(20):
        person.page.press("Tab")
        if "provider-google" in person.page.evaluate("document.activeElement.className"):
            break
    outline = person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "where the focus is, is seen"
    person.page.press("Enter")
    person.wait_at(SANDBOX)


CONTRAST = """(() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const under = (e) => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c } return [255, 255, 255] };
  const low = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest('.hidden, .skip')) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(under(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    // WCAG 2.2, 1.4.3: large text may stand out less, as on a button in a provider's own colours.
    const style = getComputedStyle(e);
    const isLarge = parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700;
    if (ratio < (isLarge ? 3 : 4.5)) low.push(`${e.tagName} ${e.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return low;
})()"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_readable(hub: None, browser: Chromium, tmp_path: Path, width: int, dark: bool) -> None:
    """No page scrolls sideways, and all text stands out, in light and dark, on a phone and on a desk."""
    person = Person(browser, width=width, height=900, dark=dark)
    link = signin_hub.invite()
    person.open(link)
    pages = [("invitation", None)]
    person.accept(link)
    look(person, tmp_path / "sign-in.png")
    person.sign_in("google", "ada")
    for name in ("", "/people", "/keys", "/services", "/audit", "/nothing"):
        pages.append((name.strip("/") or "account", f"{ACCOUNT}{name}"))
    for name, url in pages:
        if url:
            person.open(url)
        look(person, tmp_path / f"{name}.png")
    person.page._browser.events.clear()
    assert not person.close()


def look(person: Person, picture: Path) -> None:
    wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{picture.name} scrolls sideways by {wide}"
    person.page.screenshot(picture)
    assert person.page.evaluate(CONTRAST) == [], picture.name
