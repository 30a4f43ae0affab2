"""Rows 35 to 37: what a provider says after the ID token, and what it says of an address."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from signin import jose
from signin.hostile_provider import Mischief, Person, Reply
from signin.jose import ABSENT, Draft
from signin.people import Member, owner
from signin.scene import Scene
from signin.workspace import (  # noqa: F401 - fixtures
    DRIVE_FILES,
    Workspace,
    connect_archive,
    running_workspace,
    workspace,
)


# Row 35.


@pytest.mark.parametrize(
    "subject",
    [
        lambda own: "somebody-else",
        lambda own: own.upper(),
        lambda own: own + " ",
        lambda own: own + "\0",
        lambda own: own[:-1],
        lambda own: [own],
        lambda own: {"sub": own},
        lambda own: None,
        lambda own: "",
        lambda own: 1,
        lambda own: ABSENT,
    ],
    ids=["other", "case", "space", "NUL", "shorter", "list", "object", "null", "empty", "number", "none"],
)
def test_row_035_user_info_of_somebody_else(scene: Scene, subject: Callable[[str], Any]) -> None:
    told = lambda good: jose.changed(good, {"sub": subject(good["sub"])})  # noqa: E731
    tried = scene.refuses("subject_wrong", userinfo=told)
    assert tried.issuer.counts["userinfo"] == 1


@pytest.mark.parametrize(
    "own, told",
    [("K1234567", "\u212a1234567"), ("\u00c51234567", "\u212b1234567"), ("caf\u00e91234567", "cafe\u03011234567")],
    ids=["K and the Kelvin sign", "two spellings of A with a ring", "composed and decomposed"],
)
def test_row_035_subjects_are_compared_letter_by_letter(scene: Scene, own: str, told: str) -> None:
    """OpenID Connect Core 1.0, 14: no normalisation, so what only looks the same is somebody else."""
    scene.main.person = Person(sub=own)
    scene.refuses("subject_wrong", userinfo=lambda good: good | {"sub": told})


@pytest.mark.parametrize(
    "answer",
    [
        lambda good: Reply(401, {"error": "invalid_token"}),
        lambda good: Reply(500),
        lambda good: Reply(302, headers={"Location": "/elsewhere/userinfo"}),
        lambda good: Reply(drop=True),
        lambda good: Reply(200, b""),
        lambda good: Reply(200, b"<html>", "text/html"),
        lambda good: Reply(200, b"e30.e30.", "application/jwt"),
        lambda good: Reply(200, jose.compact_json(good | {"filler": "x" * 3_000_000})),
        lambda good: Reply(200, jose.compact_json(good)[:-1] + b',"sub":"somebody-else"}'),
    ],
    ids=["401", "500", "redirect", "connection lost", "empty", "HTML", "JWT", "3 MB", "two subjects"],
)
def test_row_035_user_info_that_cannot_be_had(scene: Scene, answer: Callable[[dict[str, Any]], Reply]) -> None:
    """The address is in the metadata, so it is asked, and without a good answer nobody gets in."""
    scene.refuses("provider_unavailable", userinfo=answer)
    assert scene.provider.strays == []


def test_row_035_user_info_fills_what_the_id_token_leaves_out(scene: Scene) -> None:
    person = scene.main.person
    bare = lambda draft: draft.with_claims(name=ABSENT, email=ABSENT, email_verified=ABSENT).signed()  # noqa: E731
    tried = scene.accepts(id_token=bare)
    text = Member(scene, tried.browser, person).page().text
    assert person.name in text and person.email in text


def test_row_035_what_the_id_token_says_counts_more(scene: Scene) -> None:
    person = scene.main.person
    told = {"name": "Mallory Elsewhere", "email": "mallory@elsewhere.example"}
    tried = scene.accepts(userinfo=lambda good: good | told)
    text = Member(scene, tried.browser, person).page().text
    assert person.name in text and person.email in text
    assert "Mallory" not in text and "elsewhere.example" not in text


# Row 36.


def short_lived(good: dict[str, Any]) -> dict[str, Any]:
    """So that it has to be renewed when it is wanted."""
    return good | {"expires_in": 1}


@pytest.fixture(scope="module")
def admin(running_workspace: Workspace) -> Member:
    running_workspace.reset()
    return owner(running_workspace)


@pytest.fixture
def connected(workspace: Workspace, admin: Member) -> Workspace:
    """The archive is connected, with a token that is about to lapse."""
    issuer = workspace.issuers["acme", "archive"]
    issuer.person = Person(sub=f"K{secrets.token_hex(8)}")
    issuer.mischief = Mischief(token=short_lived)
    tried = connect_archive(admin)
    assert tried.status == 303 and tried.entries[-1].kind == "service.connected", tried.entries
    assert DRIVE_FILES in tried.start.parameters["scope"]
    assert issuer.problems == [] and workspace.drive.tokens == []
    return workspace


def press_test(admin: Member) -> str:
    """Presses the button, and returns what the page then says."""
    answer = admin.submit(admin.page("/services").form_to("/archive/test"))
    assert answer.status_code == 303, f"{answer.status_code} {answer.text[:300]}"
    return admin.page("/services").text


def kelvin(text: str) -> str:
    """What looks the same, and is the same to whoever normalises it."""
    return text.replace("K", "\u212a")


def grant(workspace: Workspace) -> tuple[Any, ...]:
    query = "SELECT state, reason, access_token, generation FROM grants WHERE system = 'archive'"
    rows = workspace.ledgers["acme"].rows(query)
    assert len(rows) == 1
    return rows[0]


REFRESHED: dict[str, tuple[str, Callable[[Draft], str]]] = {
    "another subject": ("subject_wrong", lambda draft: draft.with_claims(sub="somebody-else").signed()),
    "the subject in capitals": ("subject_wrong", lambda d: d.with_claims(sub=d.claims["sub"].upper()).signed()),
    "the subject with a Kelvin sign": ("subject_wrong", lambda d: d.with_claims(sub=kelvin(d.claims["sub"])).signed()),
    "no subject": ("subject_wrong", lambda draft: draft.with_claims(sub=ABSENT).signed()),
    "another issuer": ("issuer_wrong", lambda draft: draft.with_claims(iss="https://evil.example").signed()),
    "no issuer": ("issuer_wrong", lambda draft: draft.with_claims(iss=ABSENT).signed()),
    "another audience": ("audience_wrong", lambda draft: draft.with_claims(aud="somebody-else").signed()),
    "another party": ("authorized_party_wrong", lambda draft: draft.with_claims(azp="somebody-else").signed()),
    "the key of a stranger": ("signature_wrong", lambda draft: draft.signed(jose.stranger())),
    "no signature": ("algorithm_refused", lambda draft: draft.unsigned("none")),
    "lapsed": ("expired", lambda draft: draft.with_claims(exp=draft.claims["iat"] - 3600).signed()),
    "of another access token": ("token_hash_wrong", lambda d: d.with_claims(at_hash=jose.half_hash("x")).signed()),
    "an event": ("token_of_other_kind", lambda draft: draft.with_claims(events={}).signed()),
    "no token at all": ("id_token_malformed", lambda draft: "x"),
}


@pytest.mark.parametrize("what", REFRESHED)
def test_row_036_a_refreshed_token_of_somebody_else_puts_the_grant_aside(
    connected: Workspace, admin: Member, what: str
) -> None:
    """What came with it is not used, nothing is asked again, and one click of a person heals it."""
    reason, spoil = REFRESHED[what]
    issuer = connected.issuers["acme", "archive"]
    issuer.mischief = Mischief(refreshed_id_token=spoil)
    _, _, kept_token, generation = grant(connected)
    exchanges = issuer.counts["token"]
    assert reason in press_test(admin)
    assert grant(connected) == ("broken", reason, kept_token, generation), "the new tokens are not kept"
    text = press_test(admin)
    assert "broken" in text and reason in text
    assert issuer.counts["token"] == exchanges + 1, "a grant that is put aside is not renewed again"
    assert connected.drive.tokens == [], "Drive was called with a token of who knows whom"
    issuer.mischief = Mischief()
    assert connect_archive(admin).status == 303
    assert grant(connected)[0] == "active"
    assert "is there" in press_test(admin) and connected.drive.tokens


def test_row_036_the_audit_says_why_a_grant_was_put_aside(connected: Workspace, admin: Member) -> None:
    issuer = connected.issuers["acme", "archive"]
    issuer.mischief = Mischief(refreshed_id_token=REFRESHED["another subject"][1])
    before = connected.ledgers["acme"].standing()
    press_test(admin)
    told = [(entry.reason, entry.connection) for entry in connected.ledgers["acme"].audit(before)]
    assert told == [("subject_wrong", "archive")]


GOOD: dict[str, Callable[[Draft], str] | None] = {
    "as at first": None,
    "the issuer as Google spells it too": lambda draft: draft.with_claims(iss="accounts.google.com").signed(),
    "no nonce": lambda draft: draft.with_claims(nonce=ABSENT).signed(),
    "a list of our client": lambda draft: draft.with_claims(aud=[draft.client_id], azp=draft.client_id).signed(),
}


@pytest.mark.parametrize("what", GOOD)
def test_row_036_a_good_refreshed_token_is_accepted(connected: Workspace, admin: Member, what: str) -> None:
    connected.issuers["acme", "archive"].mischief = Mischief(refreshed_id_token=GOOD[what])
    assert "is there" in press_test(admin)
    assert grant(connected)[0] == "active" and len(set(connected.drive.tokens)) == 1


def test_row_036_a_refresh_need_not_bring_an_id_token(connected: Workspace, admin: Member) -> None:
    """OpenID Connect Core 1.0, 12.2."""
    bare = lambda good: jose.changed(good, {"id_token": ABSENT})  # noqa: E731
    connected.issuers["acme", "archive"].mischief = Mischief(token=bare)
    assert "is there" in press_test(admin)
    assert grant(connected)[0] == "active"


# Row 37. Pages do not show it, and nothing may be built on it unawares: the store has it.

UNVERIFIED = ["false", "FALSE", "False", "TRUE", "True", "1", "yes", "", 0, 1, 0.0, None, [], [True], {}, False, ABSENT]


@pytest.mark.parametrize("connection", ["believed", "google"])
@pytest.mark.parametrize("value", UNVERIFIED, ids=repr)
def test_row_037_an_address_that_is_not_verified(workspace: Workspace, connection: str, value: Any) -> None:
    told = lambda draft: draft.with_claims(email_verified=value, hd="a.example").signed()  # noqa: E731
    tried = workspace.accepts(connection, id_token=told)
    assert not workspace.is_verified(tried)


@pytest.mark.parametrize("connection", ["believed", "google"])
def test_row_037_an_address_that_is(workspace: Workspace, connection: str) -> None:
    tried = workspace.accepts(connection, id_token=lambda draft: draft.with_claims(hd="a.example").signed())
    assert workspace.is_verified(tried)


def test_row_037_whose_word_counts_is_the_operators_choice(workspace: Workspace) -> None:
    """Without `trust_email` it never does, and Google's counts only where Google is the authority."""
    assert not workspace.is_verified(workspace.accepts("staff"))
    assert not workspace.is_verified(workspace.accepts("google")), "of neither gmail.com nor a Workspace"
    workspace.issuers["acme", "google"].person = Person(email="quill.canary.0193@gmail.com")
    assert workspace.is_verified(workspace.accepts("google"))


def test_row_037_two_halves_make_no_whole(workspace: Workspace) -> None:
    """An address of the ID token is not verified by what the user info says of its own."""
    unsaid = lambda draft: draft.with_claims(email_verified=ABSENT).signed()  # noqa: E731
    assert not workspace.is_verified(workspace.accepts("believed", id_token=unsaid))
    workspace.issuers["acme", "believed"].person = Person()
    nowhere = lambda draft: draft.with_claims(email=ABSENT).signed()  # noqa: E731
    told = lambda good: jose.changed(good, {"email_verified": ABSENT})  # noqa: E731
    assert not workspace.is_verified(workspace.accepts("believed", id_token=nowhere, userinfo=told))


def test_row_037_verified_once_is_not_verified_for_ever(workspace: Workspace) -> None:
    assert workspace.is_verified(workspace.accepts("believed"))
    doubted = lambda draft: draft.with_claims(email_verified="false").signed()  # noqa: E731
    assert not workspace.is_verified(workspace.accepts("believed", new=False, id_token=doubted))
