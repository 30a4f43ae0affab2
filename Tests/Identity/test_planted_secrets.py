"""Every flow, with secrets and personal data that stand nowhere else; then a search for each, in every spelling."""

import base64
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from harness import hub
from harness.hub import Hub
from signin import canaries, people
from signin.browser import TIMEOUT
from signin.canaries import Canaries, Shown, Sight, canary, unexplained
from signin.flows import Evidence, Run
from signin.scene import Scene
from signin.town import Town

OWN_PAGES = r"page of (GET|POST) /account/acme\b.*"

TABLE = [
    Shown("state|nonce", r"(Location of POST .*/start|address of GET .*(auth|authorize|oauth))$", "to the provider"),
    Shown("transaction", r"Set-Cookie of POST .*/start", "binds the way back to this browser"),
    Shown("session", r"Set-Cookie of GET /auth/acme/\w+/callback", "the cookie of whoever just signed in"),
    Shown("csrf", r"(Set-Cookie|page) of ", "what a form of ours repeats"),
    Shown("invitation", r"(page of GET|Set-Cookie of POST) /auth/acme/invitations", "whoever opens the link has it"),
    Shown("invitation", r"page of GET /account/acme/people$", "the link, once, for who made it"),
    Shown("invitation", r"operator POST /tenants/acme/invitations", "the operator's link"),
    Shown("issued key", r"page of GET /account/acme/keys$", "once, for who issued it"),
    Shown("name|e-mail|invited", OWN_PAGES, "people see themselves; owners and admins see the others"),
    Shown("key name", r"page of (GET|POST) /account/acme/keys$", "the list of keys"),
    Shown("customer", r"(api GET /(contacts|conversations|messages|events)|webhook)", "the tenant's own"),
    Shown("message", r"(api GET /(conversations|messages|events)|webhook)", "the tenant's own conversations"),
    Shown("name", r"page of GET /auth/acme(/invitations)?$", "who is signed in, and who invites"),
    Shown("token proof", r"address of (GET|DELETE) /(facebook/graph|v25.0)/", "worth nothing without the token"),
    Shown("subject", r"address of DELETE /facebook/graph/", "whose permissions are taken back"),
    Shown("upload session", r"address of PUT /google/upload/", "the address of the upload, given by Drive for this"),
    Shown("deletion code", r"page of GET /auth/acme/deletions/", "who has the code has the page"),
]  # fmt: skip
"""All that may be seen outside of the requests of who gave it. What is not here is nowhere."""

EVERY_KIND = {
    "access token", "refresh token", "id token", "code", "verifier", "client secret", "callback hmac", "token proof",
    "subject", "not kept", "webhook secret", "apple key", "upload session", "misplaced secret", "session", "issued key",
    "invitation", "state", "nonce", "transaction", "csrf", "api key", "name", "e-mail", "customer", "message",
}  # fmt: skip
"""What the run must have had, so that nothing is proven by being absent."""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    folder = tmp_path_factory.mktemp("town")
    binary = folder / "comfile"
    # At its most talkative.
    binary.write_text(f'#!/bin/sh\n[ "$1" = serve ] && set -- "$@" --log-level trace\nexec {hub.binary()} "$@"\n')
    binary.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch, Town(folder).open() as town:
        patch.setenv("COMFILE_BIN", str(binary))
        yield Run(town).all()


def test_row_105_the_run_had_every_kind_of_secret(evidence: Evidence) -> None:
    assert EVERY_KIND - evidence.canaries.kinds == set()
    assert len(evidence.canaries) > 200, len(evidence.canaries)


@pytest.mark.parametrize("place", ["data", "log", "operator GET", "command"])
def test_row_105_nothing_is_in(place: str, evidence: Evidence) -> None:
    """Of the data folder: while the hub runs, after a kill, after a stop; the log is at its most talkative."""
    assert unexplained(evidence.sights(place), []) == []


@pytest.mark.parametrize("place", ["page of", "Location of", "Set-Cookie of", "api", "webhook", "address of"])
def test_row_105_nothing_is_shown_that_need_not_be(place: str, evidence: Evidence) -> None:
    assert unexplained(evidence.sights(place), TABLE) == []


def test_row_105_nothing_is_shown_anywhere_else(evidence: Evidence) -> None:
    """In no header either."""
    assert unexplained(evidence.sights(), TABLE) == []


def test_row_105_every_line_of_the_table_is_needed(evidence: Evidence) -> None:
    """So each of these was found: the search finds."""
    sights = evidence.sights()
    assert [rule for rule in TABLE if not any(rule.covers(sight) for sight in sights)] == []


def test_row_105_the_places_are_really_read(evidence: Evidence) -> None:
    """What may stand there does: the words of the audit and the names of routes."""
    log = b"".join(evidence.seen["log"])
    for level in ("trace", "debug", "info", "warning"):
        assert f'"level":"{level}"'.encode() in log
    for moment in ("connected", "at the end", "killed", "stopped"):
        stored = [b"".join(contents) for where, contents in evidence.seen.items() if f"data {moment}" in where]
        assert any(b"sign_in.refused" in content for content in stored), moment
    assert b"comfile" in b"".join(evidence.seen["operator GET /metrics"])


def test_row_106_no_token_can_be_read_in_a_dump(evidence: Evidence) -> None:
    """Of all tables, while there are grants, sessions, keys, invitations, and an upload on its way."""
    for table in ("grants", "sessions", "api_keys", "invitations", "credentials", "sign_in_transactions"):
        assert evidence.seen[f"data dump connected: store.sqlite {table}"], table
    assert evidence.sights("data dump") == []


def test_row_105_what_is_shown_once_is_shown_once(evidence: Evidence) -> None:
    pages = evidence.seen["page of GET /account/acme/keys"]
    (key,) = evidence.canaries.of("issued key")
    assert sum(key.encode() in page for page in pages) == 1 < len(pages)


# The search itself.


@pytest.mark.parametrize("secret", ["ya29.a0-_Tq/9+x=Zoë\"'&<secret>", "canary7f3a9c1b2d", "+4915550188123"])
def test_each_spelling_is_found(secret: str, tmp_path: Path) -> None:
    planted = Canaries()
    planted.add("planted", secret)
    spelled = canaries.forms(secret)
    assert len(spelled) >= 8
    for name, form in spelled.items():
        path = tmp_path / "file"
        path.write_bytes(b"\x00before " + form + b" after\n")
        assert list(planted.search("there", path.read_bytes())), name


@pytest.mark.parametrize("before", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    "encode", [base64.b64encode, base64.urlsafe_b64encode, base64.b16encode], ids=lambda encode: encode.__name__
)
def test_what_is_encoded_with_its_surroundings_is_found(before: int, encode: Callable[[bytes], bytes]) -> None:
    planted = Canaries()
    planted.add("planted", "f?>o~secret-öäü-value")
    text = b"{" * before + "f?>o~secret-öäü-value".encode() + b"} and more"
    assert [sight.where for sight in planted.search("there", encode(text))] == ["there"]


def test_what_is_not_there_is_not_found() -> None:
    planted = Canaries()
    planted.add("planted", canary("plain"))
    assert list(planted.search("there", canary("plain").encode() * 100)) == []


def test_a_sight_needs_a_line_of_its_own_kind_and_place() -> None:
    table = [Shown("csrf", "page of ", "a form's")]
    places = [("csrf", "page of GET /"), ("csrf", "log"), ("state", "page of GET /")]
    sights = [Sight(kind, "plain", where) for kind, where in places]
    assert unexplained(sights, table) == sights[1:]


# Sealed values that somebody moves in the database.


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(tmp_path).open() as made:
        made.hub.start()
        made.consent("ada")
        yield made


def change(hub: Hub, path: Path, *statements: str, other: Path | None = None) -> None:
    """Changes a store while the hub is stopped, and starts it again."""
    assert hub.terminate() == 0
    store = sqlite3.connect(path)
    if other:
        store.execute("ATTACH ? AS other", (str(other),))
    for statement in statements:
        assert store.execute(statement).rowcount > 0, f"nothing to change: {statement}"
    store.commit()
    store.close()
    hub.launch()
    hub.wait_ready(within=30)


@pytest.mark.parametrize("column", ["access_token", "refresh_token", "label", "subject"])
def test_row_106_a_grant_of_moved_values_has_to_be_connected_again(town: Town, column: str) -> None:
    """It opens in no other row; the page says so, and one click mends it."""
    owner = town.owner()
    for system in ("archive", "shop"):
        town.connect(owner, system)
    moved = f"(SELECT {column} FROM grants WHERE system = 'archive')"
    change(town.hub, town.ledger.path, f"UPDATE grants SET {column} = {moved} WHERE system = 'shop'")
    before = len(town.wire.calls("/shopify/"))
    assert town.state_of(owner, "archive") == "connected"
    assert town.state_of(owner, "shop") == "broken"
    town.press(owner, "/services", "/shop/test")
    assert len(town.wire.calls("/shopify/")) == before, "the shop was asked with somebody else's token"
    town.connect(owner, "shop")
    answer = town.press(owner, "/services", "/shop/test")
    assert answer.headers["Location"].endswith("notice=test-passed")


def test_row_106_a_moved_transaction_lets_nobody_in(town: Town) -> None:
    town.owner()
    first, second = town.browser(), town.browser()
    ways = [one.authorize(town.start(one, one.sign_in_page(), "/google/start")) for one in (first, second)]
    newest = "(SELECT payload FROM sign_in_transactions ORDER BY id DESC LIMIT 1)"
    earlier = "(SELECT id FROM sign_in_transactions ORDER BY id DESC LIMIT 1 OFFSET 1)"
    change(town.hub, town.ledger.path, f"UPDATE sign_in_transactions SET payload = {newest} WHERE id = {earlier}")
    asked = len(town.wire.calls("/google/token"))
    for _ in range(2):
        assert 400 <= first.call_back(ways[0]).status_code < 500
    assert first.session_cookie is None and len(town.wire.calls("/google/token")) == asked
    assert second.call_back(ways[1]).status_code == 303 and second.session_cookie, "the other one is as good as before"


@pytest.mark.parametrize("column", ["subject", "label"])
def test_row_106_an_identity_of_moved_values_lets_nobody_in(town: Town, column: str) -> None:
    """And nobody else is kept out by it."""
    owner = town.owner()
    assert town.go(owner, town.shown(owner), "/facebook/start").status_code == 303
    moved = f"(SELECT {column} FROM person_identities WHERE connection = 'facebook')"
    change(town.hub, town.ledger.path, f"UPDATE person_identities SET {column} = {moved} WHERE connection = 'google'")
    again = town.browser()
    assert town.go(again, again.sign_in_page(), "/google/start").status_code >= 400
    assert again.session_cookie is None and town.hub.is_ready()
    newcomer = town.browser()
    assert town.go(newcomer, newcomer.sign_in_page(), "/staff/start").status_code == 303 and newcomer.session_cookie


def test_row_106_what_is_another_tenants_is_nothing_here(own: Scene) -> None:
    """Sessions, keys, invitations, people: rows of globex in the store of acme open nothing at acme."""
    own.start()
    stranger = people.owner(own, "globex")
    issued = stranger.submit(stranger.page("/keys").form_to("/keys"), name="spare", scope="contacts.read")
    assert issued.status_code == 303
    key = next(word for word in stranger.page("/keys").text.split() if word.startswith("comfile_globex"))
    link = people.invite(own, "owner", "globex")
    tables = ("people", "person_identities", "sessions", "api_keys", "invitations")
    copies = [f"INSERT INTO main.{table} SELECT * FROM other.{table}" for table in tables]
    change(own.hub, own.ledgers["acme"].path, *copies, other=own.ledgers["globex"].path)
    intruder = own.browser("acme")
    intruder.session.cookies.set("comfile-acme", stranger.browser.session_cookie, domain="127.0.0.1", path="/")
    assert intruder.get("/account/acme").status_code == 303, "a session of globex at acme"
    assert intruder.get(link.replace("/auth/globex/", "/auth/acme/")).status_code == 404
    for spelled in (key, key.replace("comfile_globex", "comfile_acme")):
        bearer = {"Authorization": f"Bearer {spelled}"}
        answer = requests.get(f"{own.hub.url}/api/v1/contacts", headers=bearer, timeout=TIMEOUT)
        assert answer.status_code == (200 if spelled == key else 401)
    # Whoever is of both is known at acme by nothing that came from globex.
    own.main.person = stranger.person
    own.accepts("staff", new=True)
    assert stranger.is_signed_in() and own.hub.is_ready()
