"""social-auth-core's Google backends, and google-auth, take the sandbox for Google: only the hosts are others."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import identity_kit
import jwt
import pytest
import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.oauth2 import id_token as google_id_token
from identity_kit import DRIVE_FILE, GOOGLE_ID, GOOGLE_ISSUER, GoogleLogin, PostedForm
from identity_kit import calls, google_tokens, refusal, switch
from pywa_kit import Sandbox
from social_core.backends.google import GoogleOAuth2
from social_core.backends.google_openidconnect import GoogleOpenIdConnect
from social_core.exceptions import AuthCanceled
from social_kit import Page, callback, control

OFFLINE = {"access_type": "offline", "prompt": "consent"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with identity_kit.running(tmp_path_factory.mktemp("google")) as made:
        yield made


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    return identity_kit.fresh(running)


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


# What the library makes of a switch: its code, and what of the answer it names where it names anything.
SIGNATURES = (
    *("signature_flipped", "signature_missing", "signed_by_other_key", "signed_by_small_key", "hs256_public_key"),
    *("hs256_public_jwk", "hs256_client_secret", "es256_zero", "es256_der", "alg_none", "alg_swapped", "alg_rs384"),
    *("alg_rs512", "alg_ps256", "kid_unknown", "header_jwk", "header_jku", "header_x5u", "header_x5c", "padded"),
    *("keys_no_kid", "keys_empty", "keys_without_current"),
)
SHAPES = (
    *("whitespace", "two_segments", "four_segments", "five_segments", "non_canonical", "not_json", "exp_huge"),
    *("header_crit", "header_b64"),
)
NOTICED: list[tuple[str, Any, str, str | None]] = [
    *((fault, True, "invalid_signature", None) for fault in SIGNATURES),
    *((fault, True, "invalid_claim", None) for fault in SHAPES),
    *((fault, True, "nonce_mismatch", None) for fault in ("nonce_missing", "nonce_wrong", "access_token_as_id_token")),
    *((f"issuer_{kind}", True, "invalid_claim", "iss") for kind in ("trailing_slash", "http", "prefix")),
    *(("wrong_issuer", True, "invalid_claim", "iss"), ("issuer_missing", True, "missing_claim", "iss")),
    *(("audience_missing", True, "missing_claim", "aud"), ("audience_empty", True, "missing_claim", "aud")),
    *(("wrong_audience", True, "invalid_claim", "aud"), ("audience_two", True, "invalid_claim", "azp")),
    *(("azp_wrong", True, "invalid_claim", "azp"), ("audience_two", GOOGLE_ID + "x", "invalid_claim", "azp")),
    *(("at_hash_wrong", True, "invalid_claim", "at_hash"), ("logout_token", True, "nonce_mismatch", None)),
    *(("iat_missing", True, "missing_claim", "iat"), ("iat_week_old", True, "response_expired", "iat")),
    *(("iat_future", 3600, "response_not_yet_valid", None), ("nbf_future", True, "response_not_yet_valid", None)),
    *(("expired", True, "response_expired", None), ("exp_offset", -60, "response_expired", None)),
    *(("exp_missing", True, "missing_claim", "exp"), ("exp_negative", True, "response_expired", None)),
    *(("event_token", True, "missing_claim", "exp"), ("deep", 100_000, "invalid_claim", None)),
    *(("subject_missing", True, "missing_claim", "sub"), ("subject_number", True, "invalid_claim", "sub")),
    # Userinfo tells of somebody else.
    *((f"subject_{kind}", True, "invalid_claim", None) for kind in ("empty", "long", "nul")),
    *(("userinfo_subject", True, "invalid_claim", None), ("keys_html", True, "malformed_response", None)),
    ("keys_500", True, "unavailable", None),
    *(("token_error", True, "authorization_code_rejected", None), ("token_error", "server_error", "unavailable", None)),
    *((fault, value, "connection_failed", None) for fault, value in (("token_drop_before", True), ("keys_drop", True))),
    ("token_reply", {"drop": True}, "connection_failed", None),
    *(("token_reply", {"remove": [name]}, "missing_claim", name) for name in ("id_token", "access_token")),
    ("token_reply", {"body": "<p>"}, "malformed_response", None),
    ("token_reply", {"status": 503}, "unavailable", None),
    ("token_reply", {"set": {"error": "invalid_grant"}}, "authorization_code_rejected", None),
    *(("userinfo_reply", {"set": {"email_verified": no}}, "invalid_claim", "email_verified") for no in ("true", False)),
    *(("state_wrong", True, "session_context_missing", None), ("state_missing", True, "missing_parameter", None)),
    *(("code_missing", True, "invalid_setting", None), ("code_wrong", True, "authorization_code_rejected", None)),
    *(("error", True, "authorization_declined", None), ("error_and_code", True, "authorization_declined", None)),
    *(("error_html", True, "unavailable", None), ("error", "temporarily_unavailable", "unavailable", None)),
]


@pytest.mark.parametrize(("fault", "value", "code", "claim"), NOTICED)
def test_a_switch_is_noticed(sandbox: Sandbox, fault: str, value: Any, code: str, claim: str | None) -> None:
    login = GoogleLogin(sandbox)
    switch(sandbox, "google", **{fault: value})
    noticed = refusal(login.sign_in)
    assert (noticed.code, getattr(noticed, "claim", None)) == (code, claim)
    assert "attacker" not in calls(sandbox)
    switch(sandbox, "google")
    assert login.sign_in().uid, "nothing but the switch was wrong"


# What the library takes all the same, and where it shows: callback, header and claims of the token, the keys of before.
HARMLESS: dict[str, Callable[[Any], bool]] = {
    "iss_missing": lambda seen: "iss" not in seen.back,
    "kid_missing": lambda seen: "kid" not in seen.header,
    "rotate_before_signing": lambda seen: seen.header.get("kid") not in [key["kid"] for key in seen.keys],
    "audience_array": lambda seen: seen.claims["aud"] == [GOOGLE_ID],
    "at_hash_missing": lambda seen: "at_hash" not in seen.claims,
    "name_missing": lambda seen: "name" not in seen.claims,
    "keys_oct": lambda seen: seen.keys[0]["kty"] == "oct",
    "keys_duplicate_kid": lambda seen: seen.keys[0]["kid"] == seen.keys[1]["kid"],
    "keys_no_alg": lambda seen: all("alg" not in key for key in seen.keys),
    "keys_enc": lambda seen: all(key["use"] == "enc" for key in seen.keys),
    "keys_single": lambda seen: len(seen.keys) == 1,
    "keys_small": lambda seen: len(seen.keys[-1]["n"]) == 171,
}


@pytest.mark.parametrize("fault", HARMLESS)
def test_what_is_unusual_only_is_taken(sandbox: Sandbox, fault: str) -> None:
    def seen() -> Any:
        keys = requests.get(f"{sandbox.url}/google/oauth2/v3/certs", timeout=30).json()["keys"]
        login = GoogleLogin(sandbox)
        back = login.back()
        backend, user = login.complete(back)
        header = jwt.get_unverified_header(user.response["id_token"])
        return SimpleNamespace(back=back, header=header, claims=backend.id_token, keys=keys)

    assert not HARMLESS[fault](seen())
    switch(sandbox, "google", **{fault: True})
    assert HARMLESS[fault](seen())


def test_a_small_key_signs_what_who_counts_no_bits_believes(sandbox: Sandbox) -> None:
    switch(sandbox, "google", keys_small=True, signed_by_small_key=True)
    small = requests.get(f"{sandbox.url}/google/oauth2/v3/certs", timeout=30).json()["keys"][-1]["kid"]
    assert jwt.get_unverified_header(GoogleLogin(sandbox).sign_in().response["id_token"])["kid"] == small


def test_the_library_as_it_comes_wants_the_issuer_of_old(sandbox: Sandbox) -> None:
    login = GoogleLogin(sandbox, ID_TOKEN_ISSUER=GoogleOpenIdConnect.ID_TOKEN_ISSUER)
    assert refusal(login.sign_in).claim == "iss"
    switch(sandbox, "google", issuer_without_scheme=True)
    assert login.sign_in().uid


def test_a_discovered_issuer_that_the_tokens_do_not_name_is_noticed(sandbox: Sandbox) -> None:
    kind = type("Discovering", (GoogleOpenIdConnect,), {"ID_TOKEN_ISSUER": ""})
    assert GoogleLogin(sandbox, kind, ID_TOKEN_ISSUER="").sign_in().uid
    switch(sandbox, "google", discovery_issuer=True)
    assert refusal(GoogleLogin(sandbox, kind, ID_TOKEN_ISSUER="").sign_in).claim == "iss"
    switch(sandbox, "google", discovery_reply={"remove": ["authorization_endpoint"]})
    assert refusal(GoogleLogin(sandbox).sign_in).claim == "authorization_endpoint"


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


@pytest.mark.parametrize(
    ("fault", "part", "name", "value"),
    [
        *(("header_zip", 0, "zip", "DEF"), ("typ", 0, "typ", "at+jwt"), ("exp_text", 1, "exp", str)),
        *(("hd_missing", 1, "hd", None), ("hd_other", 1, "hd", "evil.example"), ("email_missing", 1, "email", None)),
        *(("email_verified_text_false", 1, "email_verified", "false"), ("email_verified_zero", 1, "email_verified", 0)),
        *(("email_verified_false", 1, "email_verified", False), ("email_verified_null", 1, "email_verified", None)),
        *(("email_verified_upper_false", 1, "email_verified", "FALSE"), ("c_hash_wrong", 1, "c_hash", str)),
        *(("email_verified_text_true", 1, "email_verified", "true"), ("email", 1, "email", "ada\uff20acme.example")),
        ("name_html", 1, "given_name", "<script>alert(1)</script>"),
    ],
)
def test_what_the_library_does_not_look_at_is_as_it_is_named(
    sandbox: Sandbox, fault: str, part: int, name: str, value: Any
) -> None:
    login = GoogleLogin(sandbox)
    switch(sandbox, "google", **{fault: True})
    token = login.sign_in().response["id_token"]
    told = (jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False}))[part].get(name)
    assert isinstance(told, value) if isinstance(value, type) else (told, type(told)) == (value, type(value))


@pytest.mark.parametrize(
    ("fault", "part", "twice"), [("claim_doubled", 1, '"sub":'), ("header_member_doubled", 0, '"alg":')]
)
def test_a_member_stands_twice(sandbox: Sandbox, fault: str, part: int, twice: str) -> None:
    login = GoogleLogin(sandbox)
    switch(sandbox, "google", **{fault: True})
    token = login.sign_in().response["id_token"]
    assert jwt.utils.base64url_decode(token.split(".")[part]).decode().count(twice) == 2


def test_the_way_back_is_spoiled_as_it_is_named(sandbox: Sandbox) -> None:
    def back(**faults: Any) -> requests.Response:
        switch(sandbox, "google", **faults)
        return GoogleLogin(sandbox).open().answer()

    for name in ("state", "code", "iss"):
        query = parse_qs(urlsplit(back(**{f"{name}_doubled": True}).headers["location"]).query)
        assert {key for key, values in query.items() if len(values) > 1} == {name}
    assert callback(back(iss_wrong=True))["iss"] != GOOGLE_ISSUER == callback(back())["iss"]
    assert {"access_token", "id_token"} <= set(callback(back(token_in_callback=True)))
    assert "code" in PostedForm(back(callback_method="form_post")).fields
    assert "code" in parse_qs(urlsplit(back(callback_method="fragment").headers["location"]).fragment)
