"""Rows 64 to 68: who somebody is. Only issuer and subject say so; an address finds nobody and joins nothing."""

import html
import re
import secrets
from typing import Any

import pytest
import requests

from signin.hostile_provider import Issuer, Person
from signin.people import Arrival, Member, arrive, owner
from signin.scene import Scene
from signin.workspace import Workspace, running_workspace, workspace  # noqa: F401 - fixtures

# What is another one in every answer: ids, tokens and dates.
CHANGING = re.compile(r"<time.*?</time>|[A-Za-z0-9_-]{20,}|\w{3}, \d\d \w{3} \d{4} [0-9:]{8} GMT")


def shape(response: requests.Response, *names: str) -> tuple[int, dict[str, str], str]:
    """An answer as somebody sees it who compares it with another, without what is new every time and these texts."""
    text, headers = response.text, {name.lower(): value for name, value in response.headers.items()}
    for name in names:
        text = text.replace(html.escape(name), "-")
    return (
        response.status_code,
        {name: CHANGING.sub("*", value) for name, value in headers.items() if name != "content-length"},
        CHANGING.sub("*", text),
    )


def identities(scene: Scene, number: int, tenant: str = "acme") -> list[tuple[Any, ...]]:
    """A person's ways to sign in, as the store has them."""
    columns = "id, connection, lookup, label, is_email_verified"
    query = f"SELECT {columns} FROM person_identities WHERE person_id = ? ORDER BY id"
    return scene.ledgers[tenant].rows(query, number)


def shown_address(member: Member) -> str:
    """What the account page calls somebody's e-mail."""
    page = member.browser.get(member.address()).text
    found = re.search(r"<dt>E-mail</dt><dd>(.*?)</dd>", page, re.DOTALL)
    assert found, page[:500]
    return html.unescape(found.group(1))


def come_back(scene: Scene, person: Person, connection: str) -> int:
    return arrive(scene, person, connection, new=False).number


def unverified(email: str) -> Person:
    return Person(email=email, claims={"email_verified": False})


# Rows 64 and 65.


@pytest.mark.parametrize("connection", ["other", "believed", "google"])
@pytest.mark.parametrize("claim", [False, True, "true"], ids=["unverified", "verified", "verified in a text"])
def test_row_064_the_address_of_somebody_else_joins_nobody(workspace: Workspace, connection: str, claim: Any) -> None:
    """They come in as somebody new, whatever the provider says of the address."""
    victim = arrive(workspace)
    before, page = identities(workspace, victim.number), victim.member.page().text
    attacker = arrive(workspace, Person(email=victim.member.person.email, claims={"email_verified": claim}), connection)
    assert attacker.number != victim.number
    assert identities(workspace, victim.number) == before and victim.member.page().text == page
    assert victim.member.person.name not in attacker.member.page().text
    assert come_back(workspace, victim.member.person, "staff") == victim.number
    assert come_back(workspace, attacker.member.person, connection) == attacker.number


@pytest.mark.parametrize("claim", [False, True], ids=["unverified", "verified"])
def test_row_064_a_refusal_does_not_tell_whether_an_address_is_known(workspace: Workspace, claim: bool) -> None:
    """Nobody joins by this connection: the two refusals are the same to the last byte."""
    known = arrive(workspace).member.person.email
    answers = []
    for email in (known, "nobody.0123456789ab@canary.example"):
        workspace.issuers["acme", "guarded"].person = Person(email=email, claims={"email_verified": claim})
        tried = workspace.refuses("not_invited", "guarded")
        answers.append(shape(tried.response))
    assert answers[0] == answers[1]
    assert answers[0][0] == 403


def test_row_064_an_arrival_does_not_tell_whether_an_address_is_known(workspace: Workspace) -> None:
    known = arrive(workspace).member.person.email
    answers, pages = [], []
    for email in (known, "nobody.0123456789ab@canary.example"):
        arrival = arrive(workspace, unverified(email), "believed")
        answers.append(shape(arrival.tried.response))
        person = arrival.member.person
        pages.append(shape(arrival.member.browser.get("/account/acme"), person.name, email))
    assert answers[0] == answers[1]
    assert pages[0] == pages[1]


def test_row_064_the_start_of_a_sign_in_knows_nobody(workspace: Workspace) -> None:
    """An address that is given along is nothing that the start looks at, or hands on."""
    known = arrive(workspace).member.person.email
    for name in ("email", "login_hint", "with.email"):
        start = workspace.browser().start("guarded", **{name: known})
        assert known not in str(start.parameters) and "login_hint" not in start.parameters


def test_row_065_a_verified_address_does_not_join_who_only_claimed_it(workspace: Workspace) -> None:
    """A squatter was here first with the victim's address, and waits that the victim signs in to what is theirs."""
    address = Person().email
    squatter = arrive(workspace, unverified(address), "staff")
    before = identities(workspace, squatter.number)
    victim = arrive(workspace, Person(email=address), "believed")
    assert workspace.is_verified(victim.tried)
    assert victim.number != squatter.number
    assert identities(workspace, squatter.number) == before and len(before) == 1
    assert len(identities(workspace, victim.number)) == 1
    assert squatter.member.person.name not in victim.member.page().text
    assert victim.member.person.name not in squatter.member.page().text
    assert come_back(workspace, squatter.member.person, "staff") == squatter.number


def test_row_065_a_verified_address_opens_no_door_that_is_closed(workspace: Workspace) -> None:
    """Neither that of somebody who is here, nor that of somebody who is invited: the link is what invites."""
    here = arrive(workspace, unverified(Person().email)).member.person.email
    invited = Person().email
    admin = owner(workspace)
    made = admin.submit(admin.page("/people").form_to("/invitations"), name="", email=invited, role="owner")
    assert made.headers["Location"].endswith("notice=invited")
    for email in (here, invited):
        workspace.issuers["acme", "guarded"].person = Person(email=email)
        workspace.refuses("not_invited", "guarded")


# Row 66.

LOOK_ALIKES: dict[str, Any] = {
    "capitals": lambda at: at.upper(),
    "full-width at": lambda at: at.replace("@", "\uff20"),
    "small at": lambda at: at.replace("@", "\ufe6b"),
    "a Cyrillic letter": lambda at: at.replace("canary", "c\u0430nary"),
    "full-width letters": lambda at: at.replace("quill", "\uff51\uff55\uff49\uff4c\uff4c"),
    "a ligature": lambda at: at.replace("quill", "qui\ufb02l"),
    "a Kelvin sign": lambda at: at.replace("k", "\u212a"),
    "a dotless i": lambda at: at.replace("i", "\u0131"),
    "punycode": lambda at: at.replace("canary.example", "xn--cnary-3ve.example"),
    "plus": lambda at: at.replace("@", "+x@"),
    "no dots": lambda at: at.replace("quill.", "quill"),
    "a dot at the end": lambda at: at + ".",
    "a space at the end": lambda at: at + " ",
    "a line end": lambda at: at + "\n",
    "NUL": lambda at: at + "\0",
    "NUL and more": lambda at: at + "\0@evil.example",
    "a zero-width joiner": lambda at: at.replace("@", "\u200d@"),
    "a soft hyphen": lambda at: at.replace("canary", "can\u00adary"),
    "right to left": lambda at: "\u202e" + at[::-1],
    "another at behind it": lambda at: at + "@evil.example",
    "quoted": lambda at: '"' + at + '"@evil.example',
    "in brackets": lambda at: f"Quill <{at}>",
    "a comment": lambda at: at + "(quill)",
    "two addresses": lambda at: at + "," + at,
    "a list": lambda at: [at],
    "an object": lambda at: {"email": at},
    "percent": lambda at: at.replace("@", "%40"),
    "markup": lambda at: "<b>" + at + "</b>",
}


@pytest.mark.parametrize("what", LOOK_ALIKES)
def test_row_066_an_address_that_looks_like_anothers(workspace: Workspace, what: str) -> None:
    """Its owner is somebody else, and no page shows it as the address that it is not."""
    address = f"quill.k{secrets.token_hex(6)}@canary.example"
    spelled = LOOK_ALIKES[what](address)
    assert spelled != address
    victim = arrive(workspace, Person(email=address), "believed")
    before = identities(workspace, victim.number)
    attacker = arrive(workspace, Person(claims={"email": spelled}), "believed")
    assert attacker.number != victim.number
    assert identities(workspace, victim.number) == before
    assert shown_address(victim.member) == address
    assert shown_address(attacker.member) in (spelled, "not known"), "neither mended nor cut"
    assert come_back(workspace, victim.member.person, "believed") == victim.number


@pytest.mark.parametrize("what", ["full-width at", "small at", "another at behind it", "NUL", "a list"])
def test_row_066_what_is_no_address_is_not_taken_for_one(workspace: Workspace, what: str) -> None:
    address = Person().email
    arrival = arrive(workspace, Person(claims={"email": LOOK_ALIKES[what](address)}), "believed")
    assert shown_address(arrival.member) == "not known"
    assert not workspace.is_verified(arrival.tried)


# Row 67.


def test_row_067_one_subject_at_two_issuers_is_two_people(scene: Scene) -> None:
    subject = secrets.token_hex(10)
    first, second = arrive(scene, Person(sub=subject)), arrive(scene, Person(sub=subject), "other")
    assert first.number != second.number
    assert come_back(scene, first.member.person, "staff") == first.number
    assert come_back(scene, second.member.person, "other") == second.number


def test_row_067_one_subject_at_two_tenants_is_two_people(scene: Scene) -> None:
    """The very same account: what one tenant knows of it the other does not, and no session opens both."""
    person = Person()
    here = arrive(scene, person)
    acme = scene.ledgers["acme"].standing()
    there = arrive(scene, person, tenant="globex")
    assert scene.ledgers["acme"].standing() == acme
    for member, tenant in ((here.member, "globex"), (there.member, "acme")):
        stranger = scene.browser(tenant)
        stranger.session.cookies.set(f"comfile-{tenant}", member.browser.session_cookie, domain="127.0.0.1", path="/")
        assert stranger.get(f"/account/{tenant}").status_code == 303
    assert here.member.is_signed_in() and there.member.is_signed_in()


def test_row_067_known_at_one_tenant_is_a_stranger_at_another(workspace: Workspace) -> None:
    """Nobody joins acme by this connection, whoever they are at globex."""
    person = arrive(workspace, connection="believed", tenant="globex").member.person
    workspace.issuers["acme", "guarded"].person = person
    workspace.refuses("not_invited", "guarded")


@pytest.mark.parametrize(
    "change", [str.upper, lambda sub: sub + "1", lambda sub: sub[:-1], lambda sub: "\u212a" + sub[1:]],
    ids=["capitals", "longer", "shorter", "Kelvin sign"],
)  # fmt: skip
def test_row_067_subjects_that_differ_by_a_letter_are_two_people(scene: Scene, change: Any) -> None:
    own = f"Ka{secrets.token_hex(8)}"
    first = arrive(scene, Person(sub=own))
    second = arrive(scene, Person(sub=change(own)))
    assert first.number != second.number
    assert come_back(scene, first.member.person, "staff") == first.number


def test_row_067_issuer_and_subject_do_not_run_into_one_another(own: Scene) -> None:
    """One issuer's name begins with the other's: where one ends belongs to who somebody is."""
    pair: list[Issuer] = [own.provider.issuer(name) for name in ("pair", "pair-twice")]
    for name, issuer in zip(("short", "long"), pair, strict=True):
        own.connect("acme", name, issuer, join="viewer")
    own.start()
    first = arrive(own, Person(sub="-twice0123456789"), "short")
    second = arrive(own, Person(sub="0123456789"), "long")
    assert first.number != second.number


def test_row_067_two_clients_of_one_issuer_know_the_same_person(scene: Scene) -> None:
    """The other side of it: the issuer says who it is, and not the connection."""
    first = arrive(scene)
    assert come_back(scene, first.member.person, "closed") == first.number


# Row 68.


def test_row_068_an_address_that_changed_is_the_same_person(workspace: Workspace) -> None:
    """Their subject is what they are known by; who has the address already is not touched."""
    bob = arrive(workspace, connection="believed")
    ada = arrive(workspace, Person(), "believed")
    before = identities(workspace, bob.number)
    renamed = Person(sub=ada.member.person.sub, name=ada.member.person.name, email=bob.member.person.email)
    again: Arrival = arrive(workspace, renamed, "believed", new=False)
    assert again.number == ada.number
    assert shown_address(again.member) == renamed.email, "what the provider says now"
    assert identities(workspace, bob.number) == before and shown_address(bob.member) == bob.member.person.email
    assert come_back(workspace, bob.member.person, "believed") == bob.number


def test_row_068_two_who_change_their_addresses_stay_who_they_are(workspace: Workspace) -> None:
    ada, bob = arrive(workspace, Person(), "believed"), arrive(workspace, Person(), "believed")
    ada.member.person.email, bob.member.person.email = bob.member.person.email, ada.member.person.email
    assert come_back(workspace, ada.member.person, "believed") == ada.number
    assert come_back(workspace, bob.member.person, "believed") == bob.number


def test_row_068_who_takes_over_an_address_takes_over_nobody(workspace: Workspace) -> None:
    """An address that a provider gives to somebody new when its first owner has left."""
    first = arrive(workspace, connection="believed")
    heir = arrive(workspace, Person(email=first.member.person.email), "believed")
    assert heir.number != first.number and len(identities(workspace, first.number)) == 1


def test_row_068_an_address_that_is_gone_leaves_the_person(workspace: Workspace) -> None:
    ada = arrive(workspace, connection="believed")
    ada.member.person.claims = {"email": None, "email_verified": None}
    again = arrive(workspace, ada.member.person, "believed", new=False)
    assert again.number == ada.number and not workspace.is_verified(again.tried)
