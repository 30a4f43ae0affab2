"""Each fault of the sandbox's Google, and what social-auth-core makes of it: the library notices, or it shows."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from identity_fixtures import running, sandbox  # noqa: F401 - fixtures
from identity_kit import GOOGLE_ID, GOOGLE_ISSUER, GoogleLogin, PostedForm, calls, refusal, switch
from pywa_kit import Sandbox
from social_core.backends.google_openidconnect import GoogleOpenIdConnect
from social_kit import callback

# What the library makes of a switch: its code, and what of the answer it names where it names anything.
SIGNATURES = (
    *("signature_flipped", "signature_missing", "signed_by_other_key", "signed_by_small_key", "hs256_public_key"),
    *("hs256_public_jwk", "hs256_client_secret", "es256_zero", "es256_der", "alg_none", "alg_swapped", "alg_rs384"),
    *("alg_rs512", "alg_ps256", "kid_unknown", "header_jwk", "header_jku", "header_x5u", "header_x5c"),
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


# What the library takes all the same, and where it shows: callback, token, its header and claims, the keys of before.
HARMLESS: dict[str, Callable[[Any], bool]] = {
    "iss_missing": lambda seen: "iss" not in seen.back,
    "kid_missing": lambda seen: "kid" not in seen.header,
    "padded": lambda seen: seen.token.endswith("="),
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
        token = user.response["id_token"]
        header = jwt.get_unverified_header(token)
        return SimpleNamespace(back=back, token=token, header=header, claims=backend.id_token, keys=keys)

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
