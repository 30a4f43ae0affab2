"""People of a tenant, as they use its pages."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import requests

from signin.browser import REDIRECTS, TIMEOUT, Browser, Form, Page
from signin.hostile_provider import Person
from signin.scene import Attempt, Scene


def invite(scene: Scene, role: str, tenant: str = "acme") -> str:
    """The operator's link for somebody."""
    answer = requests.post(
        f"{scene.hub.operator_url}/tenants/{tenant}/invitations",
        json={"role": role},
        headers={"Comfile-Operator": "1"},
        timeout=TIMEOUT,
    )
    assert answer.status_code in (200, 201), f"{answer.status_code} {answer.text[:300]}"
    return answer.json()["link"]


def accept_invitation(browser: Browser, link: str) -> Page:
    """Opens the link and takes the invitation up; what comes is the page to choose a provider on."""
    shown = browser.get(link)
    assert shown.status_code == 200, f"{shown.status_code} {shown.text[:300]}"
    form = Page(shown.url, shown.text).form_to("/invitations")
    answer = browser.post(form.action, form.fields)
    assert answer.status_code in REDIRECTS, f"{answer.status_code} {answer.text[:300]}"
    return browser.sign_in_page()


@dataclass
class Member:
    """Somebody who is signed in."""

    scene: Scene
    browser: Browser
    person: Person
    tenant: str = "acme"

    def page(self, path: str = "") -> Page:
        response = self.browser.get(self.address(path))
        assert response.status_code == 200, f"GET {path}: {response.status_code} {response.text[:300]}"
        return Page(response.url, response.text)

    def address(self, path: str = "") -> str:
        return f"/account/{self.tenant}{path}"

    def is_signed_in(self) -> bool:
        return self.browser.get(self.address()).status_code == 200

    def submit(self, form: Form, **fields: str) -> requests.Response:
        return self.browser.post(form.action, form.fields | fields)

    def audit(self) -> list[dict[str, Any]]:
        """The first page of the audit, newest first, as it is shown."""
        rows = [cells for _, cells in self.page("/audit").rows if len(cells) == 5]
        lines = []
        for when, what, where, who, _ in rows[1:]:
            kind, _, reason = what.partition(" ")
            lines.append({"when": when, "kind": kind, "reason": reason or None, "connection": where, "who": who})
        return lines

    def people(self) -> dict[str, str]:
        """The addresses of everybody's page, by the e-mail that is shown."""
        page = self.page("/people")
        links = [link for link in page.links if "/people/" in link]
        found = {}
        for link in links:
            response = self.browser.get(link)
            found[Page(link, response.text).text] = link
        return found

    def page_of(self, person: Person) -> str:
        """The address of somebody's page."""
        next_page: str | None = self.address("/people")
        while next_page:
            response = self.browser.get(next_page)
            page = Page(response.url, response.text)
            for _, cells in page.rows:
                if cells and (person.email in cells[0] or person.name in cells[0]):
                    at = response.text.index(person.name if person.name in response.text else person.email)
                    return response.text[:at].rpartition('href="')[2].partition('"')[0]
            more = [link for link in page.links if "after=" in link]
            next_page = more[0] if more else None
        raise AssertionError("this person is not among the people")

    def act_on(self, person: Person, action: str, **fields: str) -> requests.Response:
        """Presses a button on somebody's page, such as `/suspend`."""
        address = urljoin(self.browser.base, self.page_of(person))
        response = self.browser.get(address)
        form = Page(address, response.text).form_to(action)
        return self.submit(form, **fields)

    def start_link(self, connection: str) -> Any:
        """Presses "Add another" on the account page."""
        return self.browser.submit_start(self.page().form_to(f"/{connection}/start"))


def join(scene: Scene, tenant: str = "acme", connection: str = "staff") -> Member:
    """Somebody new, let in by the connection."""
    tried = scene.accepts(connection, tenant)
    return Member(scene, tried.browser, tried.issuer.person, tenant)


def owner(scene: Scene, tenant: str = "acme", connection: str = "staff") -> Member:
    """Somebody new with the operator's invitation as owner."""
    issuer = scene.issuers[tenant, connection]
    issuer.person = Person()
    browser = scene.browser(tenant)
    page = accept_invitation(browser, invite(scene, "owner", tenant))
    start = browser.submit_start(page.form_to(f"/{connection}/start"))
    answer = browser.call_back(browser.authorize(start))
    assert answer.status_code in REDIRECTS and browser.session_cookie, f"{answer.status_code} {answer.text[:300]}"
    member = Member(scene, browser, issuer.person, tenant)
    issuer.person = Person()
    return member


@dataclass
class Arrival:
    """Somebody who just came in, and as whom: the number of their person in the store."""

    number: int
    member: Member
    tried: Attempt


def arrive(
    scene: Scene, person: Person | None = None, connection: str = "staff", tenant: str = "acme", new: bool = True
) -> Arrival:
    """Signs somebody in by a connection; `new` says whether they have to be somebody whom the tenant did not know."""
    if person:
        scene.issuers[tenant, connection].person = person
    tried = scene.accepts(connection, tenant, new=new)
    number = tried.entries[-1].person
    assert number is not None, "the audit says who it was"
    return Arrival(number, Member(scene, tried.browser, tried.issuer.person, tenant), tried)


def link(member: Member, connection: str, person: Person) -> Attempt:
    """Goes through the provider as somebody, to add that account as one more way to sign in."""
    issuer = member.scene.issuers[member.tenant, connection]
    issuer.person = person
    tried = Attempt(member.browser, connection, issuer)
    tried.start = member.start_link(connection)
    tried.callback = member.browser.authorize(tried.start)
    before = member.scene.ledgers[member.tenant].standing()
    tried.response = member.browser.call_back(tried.callback)
    tried.entries = member.scene.ledgers[member.tenant].audit(before)
    return tried


def start_by(scene: Scene, link: str, connection: str = "staff", tenant: str = "acme") -> Attempt:
    """Somebody new takes an invitation up and goes to the provider; they are not back yet."""
    issuer = scene.issuers[tenant, connection]
    issuer.person = Person()
    tried = Attempt(scene.browser(tenant), connection, issuer)
    page = accept_invitation(tried.browser, link)
    tried.start = tried.browser.submit_start(page.form_to(f"/{connection}/start"))
    tried.callback = tried.browser.authorize(tried.start)
    return tried


def member_as(scene: Scene, role: str, tenant: str = "acme") -> Member:
    """Somebody new with this role."""
    tried = start_by(scene, invite(scene, role, tenant), tenant=tenant)
    answer = tried.browser.call_back(tried.callback)
    assert answer.status_code in REDIRECTS and tried.browser.session_cookie, f"{answer.status_code} {answer.text[:300]}"
    return Member(scene, tried.browser, tried.issuer.person, tenant)
