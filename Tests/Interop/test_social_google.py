"""social-auth-core's Google backends, and google-auth, take the sandbox for Google: only the hosts are others."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token as google_id_token
from identity_fixtures import running, sandbox  # noqa: F401 - fixtures
from identity_kit import DRIVE_FILE, GOOGLE_ID, GOOGLE_ISSUER, GoogleLogin, calls, google_tokens, refusal, switch
from pywa_kit import Sandbox
from social_core.backends.google import GoogleOAuth2
from social_core.backends.google_openidconnect import GoogleOpenIdConnect
from social_core.exceptions import AuthCanceled
from social_kit import Page, callback, control

OFFLINE = {"access_type": "offline", "prompt": "consent"}


@pytest.mark.parametrize("base", [GoogleOpenIdConnect, GoogleOAuth2])
def test_a_person_signs_in(sandbox: Sandbox, base: type[Any]) -> None:
    login = GoogleLogin(sandbox, base)
    user = login.sign_in()
    assert user.details["fullname"] == "Ada Lovelace"
    assert user.details["first_name"] == "Ada"
    assert user.details["email"] == "ada@acme.example"
    assert user.uid.isdigit() and len(user.uid) == 21
    assert login.sign_in("grace").uid != user.uid
    assert GoogleLogin(sandbox, base).sign_in().uid == user.uid


def test_the_id_token_says_who_it_is_as_userinfo_does(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox)
    backend, user = login.complete(login.back())
    claims = backend.id_token
    assert (claims["iss"], claims["aud"], claims["azp"]) == (GOOGLE_ISSUER, GOOGLE_ID, GOOGLE_ID)
    assert claims["exp"] - claims["iat"] == 3600
    assert (claims["sub"], claims["hd"], claims["email_verified"]) == (user.uid, "acme.example", True)
    assert "hd" not in login.complete(login.back("grace"))[0].id_token
    assert refusal(login.sign_in, "charles").claim == "email_verified"


def test_a_person_cancels(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox)
    back = login.back(decision="deny")
    assert back["error"] == "access_denied" and "code" not in back
    with pytest.raises(AuthCanceled):
        login.complete(back)
    assert "token" not in calls(sandbox)


def test_the_code_is_bound_to_the_verifier(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox)
    page = login.open()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    back = callback(page.answer())
    transaction = next(value for name, value in login.strategy.session.items() if name.endswith(back["state"]))
    transaction["code_verifier"] = "v" * 43
    assert refusal(login.complete, back).provider_code == "invalid_grant"
    assert refusal(login.complete, login.back() | {"code": back["code"]}).provider_code == "invalid_grant", "one guess"


@pytest.mark.parametrize("method", ["s256", "plain"])
def test_pkce_by_either_method(sandbox: Sandbox, method: str) -> None:
    assert GoogleLogin(sandbox, PKCE_CODE_CHALLENGE_METHOD={"s256": "S256"}.get(method, method)).sign_in().uid


def test_a_verifier_where_none_was_announced_is_a_downgrade(sandbox: Sandbox) -> None:
    announced, plain = GoogleLogin(sandbox), GoogleLogin(sandbox, USE_PKCE=False)
    stolen = {"code": announced.back()["code"]}
    assert refusal(plain.complete, plain.back() | stolen).detail == "Missing code verifier."
    stolen = {"code": plain.back()["code"]}
    assert refusal(announced.complete, announced.back() | stolen).provider_code == "invalid_grant"
    assert plain.sign_in().uid == announced.sign_in().uid


def test_a_code_counts_once_and_takes_its_tokens_along(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox)
    back = login.back()
    backend, user = login.complete(back)
    used = refusal(login.complete, login.back() | {"code": back["code"]})
    assert (used.code, used.stage) == ("authorization_code_rejected", "token_exchange")
    assert refusal(backend.user_data, user.response["access_token"]).status_code == 401


def test_the_secret_has_to_be_right(sandbox: Sandbox) -> None:
    for base in (GoogleOpenIdConnect, GoogleOAuth2):
        # The first tells it in the header, the second in the body.
        assert refusal(GoogleLogin(sandbox, base, SECRET="another").sign_in).provider_code == "invalid_client"


def test_a_redirect_address_that_is_not_registered_is_told_on_the_page(sandbox: Sandbox) -> None:
    page = Page(GoogleLogin(sandbox).open().url.replace("/google/callback", "/google/callback/"))
    assert page.response.status_code == 400
    assert "redirect_uri_mismatch" in page.response.text


def test_a_refresh_token_comes_when_it_is_asked_for(sandbox: Sandbox) -> None:
    assert "refresh_token" not in GoogleLogin(sandbox).sign_in().response
    once = GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS={"access_type": "offline"})
    assert "refresh_token" not in once.sign_in().response, "allowed before, for a time"
    assert once.sign_in("grace").response["refresh_token"].startswith("1//")
    assert "refresh_token" not in once.sign_in("grace").response
    assert GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS=OFFLINE).sign_in("grace").response["refresh_token"]


def test_tokens_are_refreshed_and_taken_back(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS=OFFLINE)
    backend, user = login.complete(login.back())
    token = user.response["refresh_token"]
    again = login.backend()
    reply = again.refresh_token(token)
    assert "refresh_token" not in reply and reply["access_token"] != user.response["access_token"]
    assert reply["expires_in"] == 3599
    assert "nonce" not in again.id_token
    again.validate_refresh_id_token_claims(backend.id_token, again.id_token)
    assert again.user_data(reply["access_token"])["sub"] == user.uid
    assert again.revoke_token(token, user.uid)
    assert refusal(login.backend().refresh_token, token).code == "reauthentication_required"
    assert refusal(again.user_data, reply["access_token"]).status_code == 401
    assert refusal(again.revoke_token, token, user.uid).provider_code == "invalid_token"


def test_taking_the_access_token_back_ends_the_refresh_token(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, GoogleOAuth2, AUTH_EXTRA_ARGUMENTS=OFFLINE)
    user = login.sign_in()
    assert login.backend().revoke_token(user.response["access_token"], user.uid)
    assert refusal(login.backend().refresh_token, user.response["refresh_token"]).provider_code == "invalid_grant"
    assert GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS={"access_type": "offline"}).sign_in().response["refresh_token"]


def test_a_rotated_refresh_token_ends_the_one_before(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS=OFFLINE)
    token = login.sign_in().response["refresh_token"]
    switch(sandbox, "google", refresh_rotates={"next": 1})
    replaced = login.backend().refresh_token(token)["refresh_token"]
    assert refusal(login.backend().refresh_token, token).provider_code == "invalid_grant"
    assert login.backend().refresh_token(replaced)["access_token"]


@pytest.mark.parametrize("drop_old", [False, True])
def test_a_sign_in_after_the_keys_were_rotated(sandbox: Sandbox, drop_old: bool) -> None:
    login = GoogleLogin(sandbox)
    before = jwt.get_unverified_header(login.sign_in().response["id_token"])["kid"]
    keys = control(sandbox, "POST", "google/keys/rotate", {"drop_old": drop_old})
    assert (before in [key["kid"] for key in keys["keys"]]) is not drop_old
    asked = calls(sandbox)["keys"]
    after = jwt.get_unverified_header(login.sign_in().response["id_token"])["kid"]
    assert after != before
    assert calls(sandbox)["keys"] == asked + 1, "the library asked anew"


def test_a_token_of_a_key_that_is_gone_is_refused(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox)
    control(sandbox, "POST", "google/keys/rotate", {"drop_old": True})
    switch(sandbox, "google", signed_by_retired_key=True)
    assert refusal(login.sign_in).code == "invalid_signature"


def test_hd_dresses_the_page_and_the_claim_decides(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS={"hd": "globex.example"})
    page = login.open()
    assert "globex.example" in page.response.text
    back = callback(page.answer("grace"))
    assert "hd" not in back, "whoever is there may sign in all the same"
    assert "hd" not in login.complete(back)[0].id_token
    back = login.back("alan")
    assert back["hd"] == login.complete(back)[0].id_token["hd"] == "globex.example"


def test_fewer_scopes_may_be_granted_than_asked_for(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, GoogleOAuth2, SCOPE=[DRIVE_FILE])
    assert DRIVE_FILE not in login.sign_in().response["scope"].split()
    user = login.complete(login.back(scopes=(DRIVE_FILE,)))[1]
    assert DRIVE_FILE in user.response["scope"].split()
    switch(sandbox, "google", scope_narrower=True)
    assert refusal(login.sign_in).claim == "email_verified", "what is not granted is not told"


def test_google_auth_takes_the_id_token(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(google_id_token, "_GOOGLE_OAUTH2_CERTS_URL", f"{sandbox.url}/google/oauth2/v3/certs")

    def verified(**faults: Any) -> Any:
        switch(sandbox, "google", **faults)
        return google_id_token.verify_oauth2_token(
            google_tokens(sandbox, "openid", "email")["id_token"], Request(), GOOGLE_ID
        )

    assert verified()["email"] == "ada@acme.example"
    assert verified(issuer_without_scheme=True)["iss"] == "accounts.google.com"
    for fault in ("issuer_prefix", "issuer_http", "issuer_trailing_slash", "wrong_issuer"):
        with pytest.raises(GoogleAuthError):
            verified(**{fault: True})
    for fault in ("wrong_audience", "signature_flipped", "expired"):
        with pytest.raises((GoogleAuthError, jwt.PyJWTError)):
            verified(**{fault: True})


@pytest.mark.parametrize(
    ("fault", "claim"), [("refresh_subject", "sub"), ("refresh_issuer", "iss"), ("refresh_audience", "aud")]
)
def test_a_refreshed_token_of_somebody_else_is_noticed(sandbox: Sandbox, fault: str, claim: str) -> None:
    login = GoogleLogin(sandbox, AUTH_EXTRA_ARGUMENTS=OFFLINE)
    switch(sandbox, "google", **{fault: True})
    backend, user = login.complete(login.back())

    def refresh() -> None:
        again = login.backend()
        again.refresh_token(user.response["refresh_token"])
        again.validate_refresh_id_token_claims(backend.id_token, again.id_token)

    noticed = refusal(refresh)
    assert (noticed.stage, noticed.claim) == ("refresh", claim)
    switch(sandbox, "google")
    refresh()
