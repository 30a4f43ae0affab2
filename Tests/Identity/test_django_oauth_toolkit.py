"""Sign-in with django-oauth-toolkit: as itself for the adapter `oidc`, and in Google's name for `google`."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from providers.relying_party import RelyingParty
from providers.toolkit import Toolkit
from providers.toolkit_site import LEAN
from providers.visit import Visit
from signin.browser import TIMEOUT, Callback, Page, Start
from signin.hostile_provider import Person
from signin.people import accept_invitation, invite

TOKEN = "/o/token/"
KEYS = "/o/.well-known/jwks.json"
OWN = "own"
"""A client that no hub has: what it is refused, the provider refuses everybody."""
OWN_REDIRECT = "http://127.0.0.1:9/callback"
AWKWARD = "a+b%2F/c:d e&f=g~é"
"""A secret that is another one when it is not encoded before Basic (RFC 6749, 2.3.1)."""


@dataclass
class Acme:
    """The hub, the site `toolkit`, and the site `google`, which says that it is accounts.google.com."""

    hub: RelyingParty
    toolkit: Toolkit
    google: Toolkit

    def connect(self, name: str, site: Toolkit, client_secret: str | None = None, **settings: Any) -> None:
        """A client at the site and a connection at the hub, with the same secret unless another is given."""
        is_public = settings.get("client_authentication") == "none"
        fields = {field: settings.pop(field) for field in ("algorithm", "hash_client_secret") if field in settings}
        secret = "" if is_public else client_secret or secrets.token_urlsafe(24)
        site.add_client(name, self.hub.redirect(name), secret, **fields)
        self.hub.connect(name, site, secret, **{"client_id": name} | settings)

    def as_google(self, name: str, site: Toolkit, **settings: Any) -> None:
        """Google's addresses can be configured, its issuer cannot: that the site has to say by itself."""
        addresses = {
            "authorization_url": f"{site.issuer}/authorize/",
            "token_url": f"{site.issuer}{TOKEN.removeprefix('/o')}",
            "keys_url": f"{site.issuer}{KEYS.removeprefix('/o')}",
            "revocation_url": f"{site.issuer}/revoke_token/",
        }
        self.connect(name, site, adapter="google", join="agent", **addresses, **settings)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Acme]:
    folder: Path = tmp_path_factory.mktemp("toolkit")
    toolkit = Toolkit(folder / "toolkit")
    google = Toolkit(folder / "google", issuer="https://accounts.google.com", hd="acme.example")
    acme = Acme(RelyingParty(folder / "hub"), toolkit, google)
    toolkit.add_client(OWN, OWN_REDIRECT, OWN)
    acme.connect("staff", toolkit, AWKWARD, join="agent")
    acme.connect("closed", toolkit)
    acme.connect("form", toolkit, AWKWARD, join="agent", client_authentication="form")
    acme.connect("public", toolkit, join="agent", client_authentication="none")
    acme.connect(LEAN, toolkit, join="agent")
    acme.connect("symmetric", toolkit, join="agent", algorithm="HS256", hash_client_secret=False)
    acme.connect("mistaken", toolkit, join="agent")
    acme.hub.connect("mistaken", toolkit, "not the secret", client_id="mistaken", join="agent")
    acme.as_google("google", google)
    acme.as_google("workspace", google, allowed_domains=["acme.example"])
    acme.as_google("elsewhere", google, allowed_domains=["globex.example"])
    acme.as_google("impostor", toolkit)
    try:
        for site in (toolkit, google):
            site.launch()
        acme.hub.start()
        for site in (toolkit, google):
            site.wait_ready()
        yield acme
    finally:
        for part in (acme.hub, google, toolkit):
            part.close()


# Who comes in.


def test_a_whole_sign_in_with_an_invitation(acme: Acme) -> None:
    ada = acme.toolkit.somebody()
    browser = acme.hub.browser()
    page = accept_invitation(browser, invite(acme.hub, "owner"))  # type: ignore[arg-type]
    start = browser.submit_start(page.form_to("/closed/start"))
    arrival = acme.hub.lets_in("closed", ada, new=True, browser=browser, start=start)
    member = acme.hub.member(arrival)
    shown = member.page().text
    assert ada.name in shown and ada.email in shown
    assert member.page_of(ada), "an owner sees people"


def test_nobody_comes_in_without_an_invitation(acme: Acme) -> None:
    acme.hub.turns_away("not_invited", "closed", acme.toolkit.somebody())


def test_the_second_sign_in_is_of_the_same_person_and_another_user_is_another(acme: Acme) -> None:
    ada, bob = acme.toolkit.somebody(), acme.toolkit.somebody()
    first = acme.hub.lets_in("staff", ada, new=True)
    again = acme.hub.lets_in("staff", ada, new=False)
    other = acme.hub.lets_in("staff", bob, new=True)
    assert first.person_id == again.person_id != other.person_id
    assert first.browser.session_cookie != again.browser.session_cookie


def test_who_says_no_comes_back_to_the_sign_in_page(acme: Acme) -> None:
    ada = acme.toolkit.somebody()
    asked = len(acme.toolkit.requests(TOKEN))
    arrival = acme.hub.turns_away("cancelled", "staff", ada, allow=False)
    assert arrival.callback.values["error"] == "access_denied" and "code" not in arrival.callback.values
    assert arrival.response.status_code == 303 and "notice=" in arrival.response.headers["Location"]
    assert len(acme.toolkit.requests(TOKEN)) == asked
    # The same browser may think better of it.
    acme.hub.lets_in("staff", ada, new=True, browser=arrival.browser)


@pytest.mark.parametrize("connection", ["staff", "form", "public"])
def test_each_way_to_say_who_the_client_is(acme: Acme, connection: str) -> None:
    """By Basic and by a form, with a secret that has to be encoded for both, and without any."""
    acme.hub.lets_in(connection, acme.toolkit.somebody(), new=True)


def test_a_wrong_client_secret_lets_nobody_in(acme: Acme) -> None:
    asked = len(acme.toolkit.requests(TOKEN))
    acme.hub.turns_away("exchange_refused", "mistaken", acme.toolkit.somebody())
    assert acme.toolkit.requests(TOKEN)[asked:] == [("POST", 401)]


def test_the_user_info_completes_a_lean_id_token(acme: Acme) -> None:
    ada = acme.toolkit.somebody()
    asked = len(acme.toolkit.requests("/o/userinfo/"))
    arrival = acme.hub.lets_in(LEAN, ada, new=True)
    assert acme.toolkit.requests("/o/userinfo/")[asked:] == [("GET", 200)]
    shown = acme.hub.member(arrival).page().text
    assert ada.name in shown and ada.email in shown


def test_row_003_a_token_signed_with_the_client_secret(acme: Acme) -> None:
    """The provider offers HS256, which its metadata says; nobody asked for it here."""
    assert "HS256" in acme.toolkit.metadata()["id_token_signing_alg_values_supported"]
    acme.hub.turns_away("algorithm_refused", "symmetric", acme.toolkit.somebody())


def test_no_token_of_the_provider_is_kept(acme: Acme) -> None:
    """It gives out refresh tokens unasked. `oidc` has no use for them, and nothing is left of them, sealed or not."""
    before = acme.hub.ledger.standing()
    issued = acme.toolkit.issued()
    arrival = acme.hub.lets_in("staff", acme.toolkit.somebody(), new=True)
    tokens = [token for token in acme.toolkit.issued() if token not in issued]
    assert len(tokens) == 2, "an access token and a refresh token"
    assert acme.hub.ledger.standing().of("grants") == before.of("grants")
    for path in acme.hub.folder.rglob("*"):
        kept = path.read_bytes() if path.is_file() else b""
        found = [token for token in [*tokens, arrival.callback.values["code"]] if token.encode() in kept]
        assert found == [], f"in {path.name}"


# PKCE.


def own_start(acme: Acme, **parameters: str) -> str:
    usual = {"client_id": OWN, "redirect_uri": OWN_REDIRECT, "response_type": "code", "scope": "openid", "state": "s"}
    return f"{acme.toolkit.issuer}/authorize/?{urlencode(usual | parameters)}"


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def exchange(acme: Acme, code: str, **fields: str) -> tuple[int, str | None]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": OWN_REDIRECT} | fields
    url = f"{acme.toolkit.url}{TOKEN}"
    answer = requests.post(url, form | {"client_id": OWN, "client_secret": OWN}, timeout=TIMEOUT)
    return answer.status_code, answer.json().get("error")


@pytest.mark.parametrize("method", [None, "plain"])
def test_the_provider_takes_no_start_without_a_hashed_challenge(acme: Acme, method: str | None) -> None:
    challenge = {"code_challenge": "v" * 43, "code_challenge_method": method} if method else {}
    visit = Visit(acme.toolkit.url)
    back = acme.toolkit.log_in(visit, own_start(acme, **challenge), acme.toolkit.somebody())
    if isinstance(back, Page):
        # A plain one is noticed only after the consent.
        back = visit.submit(back.forms[0])
    assert isinstance(back, Callback) and back.values["error"] == "invalid_request"


def test_the_provider_takes_no_code_without_its_verifier_and_none_twice(acme: Acme) -> None:
    """So whoever the hub lets in shows that it sent the right one."""
    ada, verifier = acme.toolkit.somebody(), secrets.token_urlsafe(32)
    start = own_start(acme, code_challenge=challenge_of(verifier), code_challenge_method="S256")
    code = acme.toolkit.consent(start, ada).values["code"]
    assert exchange(acme, code) == (400, "invalid_request")
    for wrong in (verifier[::-1], challenge_of(verifier)):
        code = acme.toolkit.consent(start, ada).values["code"]
        assert exchange(acme, code, code_verifier=wrong) == (400, "invalid_grant")
    code = acme.toolkit.consent(start, ada).values["code"]
    assert exchange(acme, code, code_verifier=verifier) == (200, None)
    assert exchange(acme, code, code_verifier=verifier) == (400, "invalid_grant")


def test_row_057_the_hub_hashes_a_verifier_of_its_own_for_every_start(acme: Acme) -> None:
    starts = [acme.hub.browser().start("staff").parameters for _ in range(2)]
    assert {start["code_challenge_method"] for start in starts} == {"S256"}
    assert {len(start["code_challenge"]) for start in starts} == {43}
    assert starts[0]["code_challenge"] != starts[1]["code_challenge"]


def test_row_057_a_challenge_that_is_not_of_the_hub(acme: Acme) -> None:
    """The same way there and back, with another challenge: the provider refuses the verifier that the hub sends."""
    browser = acme.hub.browser()
    start = browser.start("staff")
    start = Start(start.response, start.url.replace(start.parameters["code_challenge"], challenge_of("v" * 43)))
    assert start.parameters["code_challenge"] == challenge_of("v" * 43)
    acme.hub.turns_away("exchange_refused", "staff", acme.toolkit.somebody(), browser=browser, start=start)


# Codes.


def test_row_048_a_callback_that_comes_twice_is_not_taken_to_the_provider(acme: Acme) -> None:
    arrival = acme.hub.lets_in("staff", acme.toolkit.somebody(), new=True)
    asked, before = len(acme.toolkit.requests(TOKEN)), acme.hub.ledger.standing()
    assert 400 <= arrival.browser.call_back(arrival.callback).status_code < 500
    assert [entry.reason for entry in acme.hub.ledger.audit(before)] == ["state_replayed"]
    assert acme.hub.ledger.standing().counts == before.counts
    assert len(acme.toolkit.requests(TOKEN)) == asked


def test_row_048_a_used_code_in_a_transaction_of_its_own(acme: Acme) -> None:
    ada = acme.toolkit.somebody()
    code = acme.hub.lets_in("staff", ada, new=True).callback.values["code"]
    acme.hub.turns_away("exchange_refused", "staff", ada, tamper=lambda sent: sent.with_pairs(code=code))


def test_row_048_a_good_code_of_somebody_elses_transaction(acme: Acme) -> None:
    """It is of the same client and was never used: only the verifier tells."""
    mallory, ada = acme.toolkit.somebody(), acme.toolkit.somebody()
    stolen = acme.toolkit.consent(acme.hub.browser().start("staff").url, ada).values["code"]
    acme.hub.turns_away("exchange_refused", "staff", mallory, tamper=lambda sent: sent.with_pairs(code=stolen))


@pytest.mark.parametrize("told", [None, "http://127.0.0.1:9/o"])
def test_row_046_the_provider_says_who_calls_back(acme: Acme, told: str | None) -> None:
    asked = len(acme.toolkit.requests(TOKEN))
    acme.hub.turns_away(
        "callback_issuer_wrong", "staff", acme.toolkit.somebody(), tamper=lambda sent: sent.with_pairs(iss=told)
    )
    assert len(acme.toolkit.requests(TOKEN)) == asked


# Keys.


def test_row_026_the_provider_changes_its_key_while_somebody_is_there(acme: Acme) -> None:
    """The hub knows the old key, which is still published; the token comes with the new one: one fetch more."""
    ada, bob = acme.toolkit.somebody(), acme.toolkit.somebody()
    acme.hub.lets_in("staff", ada, new=True)
    known = len(acme.toolkit.requests(KEYS))
    acme.hub.lets_in("staff", bob, new=True, before_return=acme.toolkit.change_key)
    assert len(acme.toolkit.requests(KEYS)) == known + 1
    acme.hub.lets_in("staff", ada, new=False)
    assert len(acme.toolkit.requests(KEYS)) == known + 1


# Linking.


def link(acme: Acme) -> tuple[requests.Response, Person, int]:
    """Somebody new, who came in by `google`, links an account of the site `toolkit`."""
    arrival = acme.hub.lets_in("google", acme.google.somebody(), new=True)
    account = acme.toolkit.somebody()
    start = acme.hub.member(arrival).start_link("staff")
    answer = arrival.browser.call_back(acme.toolkit.consent(start.url, account))
    return answer, account, arrival.person_id


def test_somebody_of_another_provider_links_an_account(acme: Acme) -> None:
    answer, account, person = link(acme)
    assert answer.status_code == 303
    assert acme.hub.lets_in("staff", account, new=False).person_id == person


def test_row_070_an_account_that_is_somebody_elses_cannot_be_linked(acme: Acme) -> None:
    _, taken, first = link(acme)
    other = acme.hub.lets_in("google", acme.google.somebody(), new=True)
    before = acme.hub.ledger.standing()
    start = acme.hub.member(other).start_link("staff")
    assert other.browser.call_back(acme.toolkit.consent(start.url, taken)).status_code == 409
    assert [entry.reason for entry in acme.hub.ledger.audit(before)] == ["identity_taken"]
    assert acme.hub.ledger.standing().counts == before.counts
    assert acme.hub.lets_in("staff", taken, new=False).person_id == first != other.person_id


# In Google's name.


@pytest.mark.parametrize("connection", ["google", "workspace"])
def test_a_whole_sign_in_as_with_google(acme: Acme, connection: str) -> None:
    ada = acme.google.somebody()
    first = acme.hub.lets_in(connection, ada, new=True)
    assert first.start.parameters["prompt"] == "select_account"
    assert first.start.parameters["code_challenge_method"] == "S256"
    assert first.callback.values["iss"] == "https://accounts.google.com"
    assert ada.email in acme.hub.member(first).page().text
    assert acme.hub.lets_in(connection, ada, new=False).person_id == first.person_id


def test_row_069_a_domain_that_is_not_allowed(acme: Acme) -> None:
    acme.hub.turns_away("hosted_domain_wrong", "elsewhere", acme.google.somebody())


def test_row_009_google_is_nobody_but_google(acme: Acme) -> None:
    """Google's adapter at a provider that goes by its own name; what the callback says of it is taken away."""
    acme.hub.turns_away(
        "issuer_wrong", "impostor", acme.toolkit.somebody(), tamper=lambda sent: sent.with_pairs(iss=None)
    )


def test_row_067_the_same_number_at_two_providers_is_two_people(acme: Acme) -> None:
    here = acme.toolkit.somebody()
    there = acme.google.somebody()
    while here.sub != there.sub:
        behind = acme.google if int(there.sub) < int(here.sub) else acme.toolkit
        here, there = (here, behind.somebody()) if behind is acme.google else (behind.somebody(), there)
    first = acme.hub.lets_in("staff", here, new=True)
    assert acme.hub.lets_in("google", there, new=True).person_id != first.person_id
