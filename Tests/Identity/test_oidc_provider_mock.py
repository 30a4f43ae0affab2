"""Sign-in with oidc-provider-mock, whose ID tokens name no key and which can be told how long tokens live."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from joserfc import jws

from harness.waiting import eventually
from providers.mock import Mock
from providers.relying_party import RelyingParty
from providers.visit import Visit
from signin.browser import TIMEOUT, Callback
from signin.hostile_provider import Person
from signin.people import accept_invitation, invite

TOKEN, KEYS, USER_INFO = "/oauth2/token", "/jwks", "/userinfo"
OWN_REDIRECT = "http://127.0.0.1:9/callback"
SHORT = 8
"""Seconds."""


@dataclass
class Acme:
    """The hub, and the provider as often as it has to be told something else.

    `strict` knows its clients and wants a nonce; `short` gives tokens for a moment, `dead` such as are over;
    `forgetful` takes every client, so that it can be started anew, with a new key.
    """

    hub: RelyingParty
    strict: Mock
    short: Mock
    dead: Mock
    forgetful: Mock
    own: tuple[str, str] = ("", "")
    """The id and the secret of a client that no hub has."""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acme]:
    folder: Path = tmp_path_factory.mktemp("mock")
    hub = RelyingParty(folder / "hub")
    acme = Acme(
        hub,
        strict=Mock(folder / "strict", "--require-registration", "--require-nonce"),
        short=Mock(folder / "short", "--token-max-age", str(SHORT)),
        dead=Mock(folder / "dead", "--token-max-age", "-120"),
        forgetful=Mock(folder / "forgetful"),
    )
    mocks = (acme.strict, acme.short, acme.dead, acme.forgetful)
    try:
        for mock in mocks:
            mock.launch()
        for mock in mocks:
            mock.wait_ready()
        for name in ("staff", "closed", "mistaken"):
            client = acme.strict.register(hub.redirect(name))
            secret = "not the secret" if name == "mistaken" else client.secret
            joins = {} if name == "closed" else {"join": "agent"}
            hub.connect(name, acme.strict, secret, client_id=client.id, **joins)
        for name in ("short", "dead", "forgetful"):
            hub.connect(name, getattr(acme, name), "any", client_id="comfile", join="agent")
        own = acme.strict.register(OWN_REDIRECT)
        acme.own = (own.id, own.secret)
        hub.start()
        yield acme
    finally:
        for part in (hub, *mocks):
            part.close()


def somebody(mock: Mock, **claims: str) -> Person:
    return mock.keep(Person(claims=dict(claims)))


def own_start(mock: Mock, client: str, **parameters: str) -> str:
    usual = {"client_id": client, "redirect_uri": OWN_REDIRECT, "response_type": "code", "scope": "openid"}
    return f"{mock.url}/oauth2/authorize?{urlencode(usual | parameters)}"


def own_tokens(mock: Mock, client: tuple[str, str], person: Person) -> dict[str, str]:
    """What the provider gives to somebody who is not the hub."""
    code = mock.consent(own_start(mock, client[0], nonce=person.sub), person).values["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": OWN_REDIRECT}
    answer = requests.post(f"{mock.url}{TOKEN}", form, auth=client, timeout=TIMEOUT)
    assert answer.status_code == 200, answer.text
    return answer.json()


# Who comes in.


def test_row_023_a_whole_sign_in_with_tokens_that_name_no_key(acme: Acme) -> None:
    ada = somebody(acme.strict)
    token = own_tokens(acme.strict, acme.own, ada)["id_token"]
    assert "kid" not in jws.extract_compact(token.encode()).headers(), "else this proves nothing"
    assert len(requests.get(f"{acme.strict.url}{KEYS}", timeout=TIMEOUT).json()["keys"]) == 1
    browser = acme.hub.browser()
    page = accept_invitation(browser, invite(acme.hub, "admin"))  # type: ignore[arg-type]
    start = browser.submit_start(page.form_to("/closed/start"))
    first = acme.hub.lets_in("closed", ada, new=True, browser=browser, start=start)
    assert acme.hub.member(first).page_of(ada), "an admin sees people"
    assert acme.hub.lets_in("closed", ada, new=False).person_id == first.person_id
    assert acme.hub.ledger.standing().of("grants") == 0, "it gives out refresh tokens, and none is kept"


def test_another_user_is_another_person(acme: Acme) -> None:
    first = acme.hub.lets_in("staff", somebody(acme.strict), new=True)
    assert acme.hub.lets_in("staff", somebody(acme.strict), new=True).person_id != first.person_id


def test_the_user_info_is_asked_for_and_is_of_the_same_subject(acme: Acme) -> None:
    ada, asked = somebody(acme.strict), len(acme.strict.requests(USER_INFO))
    arrival = acme.hub.lets_in("staff", ada, new=True)
    assert acme.strict.requests(USER_INFO)[asked:] == [("GET", 200)]
    shown = acme.hub.member(arrival).page().text
    assert ada.name in shown and ada.email in shown


def test_a_nonce_is_demanded_and_sent(acme: Acme) -> None:
    back = Visit(acme.strict.url).open(own_start(acme.strict, acme.own[0]))
    assert isinstance(back, Callback) and back.values["error"] == "invalid_request"
    acme.hub.lets_in("staff", somebody(acme.strict), new=True)


def test_a_wrong_client_secret_lets_nobody_in(acme: Acme) -> None:
    asked = len(acme.strict.requests(TOKEN))
    acme.hub.turns_away("exchange_refused", "mistaken", somebody(acme.strict))
    assert [status for _, status in acme.strict.requests(TOKEN)[asked:]] == [401]


def test_row_038_a_refusal_that_comes_back_without_its_state(acme: Acme) -> None:
    """This provider forgets the state when somebody says no: anybody could have sent that."""
    ada = somebody(acme.strict)
    asked = len(acme.strict.requests(TOKEN))
    arrival = acme.hub.turns_away("state_missing", "staff", ada, allow=False)
    assert arrival.callback.values["error"] == "access_denied" and "state" not in arrival.callback.values
    assert len(acme.strict.requests(TOKEN)) == asked
    # What was begun is not ended by it.
    acme.hub.lets_in("staff", ada, new=True, browser=arrival.browser, start=arrival.start)


# Times.


def test_a_session_outlives_the_tokens_of_its_sign_in(acme: Acme) -> None:
    ada = somebody(acme.short)
    arrival = acme.hub.lets_in("short", ada, new=True)
    tokens = own_tokens(acme.short, ("own", "any"), ada)
    assert tokens["expires_in"] == SHORT

    def is_over() -> bool:
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        return requests.get(f"{acme.short.url}{USER_INFO}", headers=bearer, timeout=TIMEOUT).status_code == 401

    eventually(is_over, "tokens of that moment are over", within=SHORT + 30, every=0.5)
    assert acme.hub.member(arrival).is_signed_in()


def test_row_058_tokens_that_are_over_when_they_come(acme: Acme) -> None:
    ada = somebody(acme.dead)
    assert own_tokens(acme.dead, ("own", "any"), ada)["expires_in"] == -120
    asked = len(acme.dead.requests(USER_INFO))
    acme.hub.turns_away("token_reply_malformed", "dead", ada)
    assert len(acme.dead.requests(USER_INFO)) == asked


# Keys.


def test_row_026_a_key_without_a_name_is_changed(acme: Acme) -> None:
    """Nothing in a token tells that it was signed with a key which the hub has not seen yet, but the signature."""
    ada = somebody(acme.forgetful)
    first = acme.hub.lets_in("forgetful", ada, new=True)
    acme.forgetful.restart()
    acme.forgetful.keep(ada)
    known = len(acme.forgetful.requests(KEYS))
    assert acme.hub.lets_in("forgetful", ada, new=False).person_id == first.person_id
    assert len(acme.forgetful.requests(KEYS)) == known + 1


# Addresses.


def test_row_068_an_address_that_changes_is_of_the_same_person(acme: Acme) -> None:
    ada = somebody(acme.strict)
    first = acme.hub.lets_in("staff", ada, new=True)
    ada.email = Person().email
    acme.strict.keep(ada)
    assert acme.hub.lets_in("staff", ada, new=False).person_id == first.person_id


def test_row_064_the_address_of_somebody_else_joins_nothing(acme: Acme) -> None:
    ada = somebody(acme.strict)
    first = acme.hub.lets_in("staff", ada, new=True)
    mallory = somebody(acme.strict, email=ada.email)
    assert acme.hub.lets_in("staff", mallory, new=True).person_id != first.person_id
