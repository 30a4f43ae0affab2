"""social-auth-core's Apple backend takes the sandbox for Apple: only the hosts are others."""

import base64
import json
import time
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from identity_fixtures import running, sandbox  # noqa: F401 - fixtures
from identity_kit import PostedForm, calls, refusal, switch
from pywa_kit import Sandbox
from social_core.backends.apple import AppleIdAuth
from social_core.exceptions import AuthProviderError
from social_kit import Page, Strategy, control

CLIENT = "com.example.comfile.signin"
TEAM, KEY_ID = "PROOFTEAM1", "PROOFKEY01"
ISSUER = "https://appleid.apple.com"
REDIRECT = "http://127.0.0.1:8080/auth/acme/apple/callback"


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class Login:
    """A person's browser at an application that signs in with Apple, with a key that it has told Apple of."""

    def __init__(self, sandbox: Sandbox, **settings: Any) -> None:
        self.sandbox = sandbox
        self.key = ec.generate_private_key(ec.SECP256R1())
        client = {"id": CLIENT, "team_id": TEAM, "key_id": KEY_ID, "public_key": public_pem(self.key)}
        control(sandbox, "POST", "apple/clients", client)
        given = {"CLIENT": CLIENT, "TEAM": TEAM, "KEY": KEY_ID, "SECRET": pem(self.key), "REQUESTS_TIMEOUT": 60}
        given |= {"SCOPE": ["name", "email"]} | settings
        self.strategy = Strategy({f"SOCIAL_AUTH_APPLE_ID_{name}": value for name, value in given.items()})
        hosts = {
            "JWK_URL": f"{sandbox.url}/apple/auth/keys",
            "AUTHORIZATION_URL": f"{sandbox.url}/apple/auth/authorize",
            "ACCESS_TOKEN_URL": f"{sandbox.url}/apple/auth/token",
        }
        self.kind = type("AtTheSandbox", (AppleIdAuth,), hosts)

    def backend(self, data: dict[str, str] | None = None) -> AppleIdAuth:
        self.strategy.data = data or {}
        return self.kind(self.strategy, redirect_uri=REDIRECT)

    def open(self) -> Page:
        return Page(self.backend().start())

    def back(self, person: str = "ada", decision: str = "allow") -> dict[str, str]:
        """What the browser posts to the application."""
        form = PostedForm(self.open().answer(person, decision))
        assert form.action == REDIRECT
        return form.fields

    def complete(self, data: dict[str, str]) -> Any:
        return self.backend(data).complete()

    def sign_in(self, person: str = "ada") -> Any:
        return self.complete(self.back(person))


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def tokens(login: Login, person: str = "ada") -> tuple[AppleIdAuth, dict[str, Any]]:
    """What the token endpoint answers, as the library asks it."""
    back = login.back(person)
    backend = login.backend(back)
    asked = backend.auth_complete_params(back["state"])
    return backend, backend.request_access_token(backend.access_token_url(), method="POST", data=asked)


def test_a_person_signs_in_and_is_named_once(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    first = login.sign_in()
    assert (first.details["first_name"], first.details["last_name"]) == ("Ada", "Lovelace")
    assert first.details["email"] == "ada@acme.example"
    assert first.uid.count(".") == 2
    back = login.back()
    assert set(back) == {"state", "code"}
    again = login.complete(back)
    assert again.uid == first.uid and again.details["email"] == "ada@acme.example"
    assert again.details["first_name"] is None, "the name never comes a second time"
    assert login.sign_in("grace").uid != first.uid
    control(sandbox, "POST", "apple/forget", {"person": "ada"})
    assert login.sign_in().details["first_name"] == "Ada"


def test_the_id_token_says_what_apple_says(sandbox: Sandbox) -> None:
    login = Login(sandbox, AUTH_EXTRA_ARGUMENTS={"nonce": "n-0S6_WzA2Mj"})
    backend, reply = tokens(login)
    claims = backend.decode_id_token(reply["id_token"])
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (ISSUER, CLIENT, "n-0S6_WzA2Mj")
    assert claims["exp"] - claims["iat"] == 600 and abs(claims["auth_time"] - time.time()) < 300
    assert claims["nonce_supported"] is claims["email_verified"] is True
    assert "is_private_email" not in claims
    assert (reply["token_type"], reply["expires_in"]) == ("Bearer", 3600)
    assert reply["refresh_token"]
    header = jwt.get_unverified_header(reply["id_token"])
    assert (header["alg"], set(header)) == ("RS256", {"alg", "kid"}), "Apple's tokens have no typ"


def test_scopes_are_answered_by_a_post(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    url = login.open().url
    assert "response_mode=form_post" in url
    refused = Page(url.replace("&response_mode=form_post", "")).response
    assert refused.status_code == 400 and "form_post" in refused.text
    bare = Page(Login(sandbox, SCOPE=[]).backend().start()).answer()
    assert bare.status_code == 302 and "user=" not in bare.headers["location"]


def test_a_private_address_stands_for_the_person(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    user = login.sign_in("mary")
    assert user.details["email"].endswith("@privaterelay.appleid.com")
    assert user.response["is_private_email"] is True and user.response["email_verified"] is True
    assert login.sign_in("mary").details["email"] == user.details["email"]
    control(sandbox, "PUT", "apple/consent", {"person": "ada", "fields": {"email": "hide"}})
    form = PostedForm(requests.get(login.backend().start(), timeout=30))
    hidden = login.complete(form.fields).details["email"]
    assert hidden.endswith("@privaterelay.appleid.com") and hidden != user.details["email"]
    assert json.loads(form.fields["user"])["email"] == hidden


def test_a_person_is_the_same_to_one_team(sandbox: Sandbox) -> None:
    uid = Login(sandbox).sign_in().uid
    subjects = []
    for team in (TEAM, "OTHERTEAM1"):
        login = Login(sandbox, CLIENT="com.example.other", TEAM=team)
        client = {"id": "com.example.other", "team_id": team, "key_id": KEY_ID, "redirect_uris": [REDIRECT]}
        control(sandbox, "POST", "apple/clients", client | {"public_key": public_pem(login.key)})
        subjects.append(login.sign_in().uid)
    assert subjects[0] == uid != subjects[1]


def test_a_person_cancels(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    back = login.back(decision="deny")
    assert back == {"state": back["state"], "error": "user_cancelled_authorize"}
    cancelled = refusal(login.complete, back)
    assert isinstance(cancelled, AuthProviderError) and cancelled.provider_code == "user_cancelled_authorize"
    assert "token" not in calls(sandbox, "apple")


def test_a_code_counts_once_and_takes_its_tokens_along(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    backend, reply = tokens(login)
    spent = backend.data["code"]
    used = refusal(login.complete, login.back() | {"code": spent})
    assert (used.code, used.stage) == ("authorization_code_rejected", "token_exchange")
    assert refusal(backend.refresh_token, reply["refresh_token"]).provider_code == "invalid_grant"


def revoke(login: Login, token: str, **changes: str) -> requests.Response:
    """The library does not know this call; the client secret is its own."""
    client, secret = login.backend().get_key_and_secret()
    form = {"client_id": client, "client_secret": secret, "token": token, "token_type_hint": "refresh_token"}
    return requests.post(f"{login.sandbox.url}/apple/auth/revoke", data=form | changes, timeout=30)


def test_tokens_are_refreshed_and_taken_back(sandbox: Sandbox) -> None:
    login = Login(sandbox, AUTH_EXTRA_ARGUMENTS={"nonce": "n1"})
    backend, first = tokens(login)
    again = backend.refresh_token(first["refresh_token"])
    assert "refresh_token" not in again and again["access_token"] != first["access_token"]
    claims = backend.decode_id_token(again["id_token"])
    assert claims["sub"] == claims_of(first["id_token"])["sub"] and "nonce" not in claims
    refused = revoke(login, first["refresh_token"], client_secret="wrong")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_client")
    assert backend.refresh_token(first["refresh_token"])["access_token"]
    assert revoke(login, "never-given").status_code == 200
    for _ in range(2):
        answer = revoke(login, first["refresh_token"])
        assert (answer.status_code, answer.content) == (200, b"")
    assert refusal(backend.refresh_token, first["refresh_token"]).code == "reauthentication_required"
    assert "user" in login.back(), "after that it is a first time again"


def der(secret: str) -> str:
    """The same secret with its signature in ASN.1."""
    head, _, last = secret.rpartition(".")
    raw = base64.urlsafe_b64decode(last + "==")
    encoded = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    return f"{head}.{base64.urlsafe_b64encode(encoded).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    "change",
    [
        *({"SECRET": pem(ec.generate_private_key(ec.SECP256R1()))}, {"TEAM": "OTHERTEAM1"}, {"KEY": "OTHERKEY01"}),
        *({"TOKEN_AUDIENCE": "https://account.apple.com"}, {"TOKEN_TTL_SEC": -1}, {"TOKEN_TTL_SEC": 15_777_600}),
        {"generate_client_secret": lambda backend: ""},
        {"generate_client_secret": lambda backend: der(AppleIdAuth.generate_client_secret(backend))},
        {"generate_client_secret": lambda backend: AppleIdAuth.generate_client_secret(backend)[:-4] + "AAAA"},
        {"generate_client_secret": lambda backend: jwt.encode({"iss": TEAM}, "k" * 32, "HS256", {"kid": KEY_ID})},
    ],
)
def test_a_wrong_client_secret_is_refused(sandbox: Sandbox, change: dict[str, Any]) -> None:
    login = Login(sandbox)
    kind, settings = login.kind, login.strategy.settings
    # What it is to the library, a setting or a member of the class, makes no difference here.
    login.kind = type("Changed", (kind,), change)
    login.strategy.settings = settings | {f"SOCIAL_AUTH_APPLE_ID_{name}": value for name, value in change.items()}
    noticed = refusal(login.sign_in)
    assert (noticed.provider_code, noticed.status_code, noticed.stage) == ("invalid_client", 400, "token_exchange")
    login.kind, login.strategy.settings = kind, settings
    assert login.sign_in().uid, "nothing but the secret was wrong"


def test_a_client_secret_counts_in_the_body_only(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    login.kind.USE_BASIC_AUTH = True
    assert refusal(login.sign_in).provider_code == "invalid_client"
    login.kind.USE_BASIC_AUTH = False
    assert login.sign_in().uid


# What the library makes of a switch: its code, and what of the answer it names where it names anything.
SIGNATURES = (
    *("signature_flipped", "signature_missing", "signed_by_other_key", "hs256_public_key", "hs256_public_jwk"),
    *("hs256_client_secret", "es256_zero", "es256_der", "alg_rs384", "alg_rs512", "alg_ps256", "alg_none"),
    *("alg_swapped", "header_jwk", "header_x5u", "header_x5c", "keys_duplicate_kid"),
)
KEYS = (
    *("signed_by_small_key", "kid_unknown", "header_jku", "keys_no_kid", "keys_empty", "keys_without_current"),
    "keys_html",
)
SHAPES = (
    *("header_crit", "header_b64", "exp_huge", "non_canonical", "whitespace", "two_segments", "four_segments"),
    *("five_segments", "not_json", "keys_oct"),
)
NOTICED: list[tuple[str, Any, str, str | None]] = [
    *((fault, True, "invalid_signature", None) for fault in SIGNATURES),
    *((fault, True, "malformed_response", None) for fault in KEYS),
    *((fault, True, "invalid_claim", None) for fault in SHAPES),
    *((f"issuer_{kind}", True, "invalid_claim", "iss") for kind in ("trailing_slash", "prefix", "without_scheme")),
    *(("wrong_issuer", True, "invalid_claim", "iss"), ("issuer_missing", True, "missing_claim", "iss")),
    *(("wrong_audience", True, "invalid_claim", "aud"), ("audience_missing", True, "missing_claim", "aud")),
    *(("audience_empty", True, "missing_claim", "aud"), ("subject_missing", True, "missing_claim", "sub")),
    *(("subject_empty", True, "missing_claim", "sub"), ("subject_number", True, "invalid_claim", "sub")),
    *(("iat_future", 3600, "response_not_yet_valid", None), ("nbf_future", True, "response_not_yet_valid", None)),
    *(("expired", True, "response_expired", "exp"), ("exp_offset", -60, "response_expired", "exp")),
    *(("exp_negative", True, "response_expired", "exp"), ("keys_500", True, "unavailable", None)),
    *((fault, True, "connection_failed", None) for fault in ("token_drop_before", "keys_drop")),
    *((fault, True, "authorization_code_rejected", None) for fault in ("token_error", "code_wrong")),
    ("token_reply", {"remove": ["id_token"]}, "invalid_claim", None),
    ("token_reply", {"status": 500}, "unavailable", None),
    *(("state_wrong", True, "session_context_missing", None), ("state_missing", True, "missing_parameter", None)),
    *((fault, True, "authorization_declined", None) for fault in ("error", "error_and_code")),
    *(("code_missing", True, "invalid_setting", None), ("error_html", True, "unavailable", None)),
]


@pytest.mark.parametrize(("fault", "value", "code", "claim"), NOTICED)
def test_a_switch_is_noticed(sandbox: Sandbox, fault: str, value: Any, code: str, claim: str | None) -> None:
    login = Login(sandbox)
    switch(sandbox, "apple", **{fault: value})
    noticed = refusal(login.sign_in)
    assert (noticed.code, getattr(noticed, "claim", None)) == (code, claim)
    assert "attacker" not in calls(sandbox, "apple")
    switch(sandbox, "apple")
    assert login.sign_in().uid, "nothing but the switch was wrong"


def test_a_user_that_was_tampered_with_changes_no_address(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    switch(sandbox, "apple", user_email="eve@evil.example")
    back = login.back("grace")
    assert json.loads(back["user"])["email"] == "eve@evil.example"
    assert login.complete(back).details["email"] == "grace.hopper@gmail.com"
    switch(sandbox, "apple", user_html=True)
    assert "user" not in login.back("grace"), "it was no first time"
    assert json.loads(login.back()["user"])["name"]["firstName"].startswith("<script>")
    switch(sandbox, "apple", user_always=True, user_huge=10_000)
    assert len(login.sign_in().details["first_name"]) == 10_000
    switch(sandbox, "apple", user_raw="not json")
    with pytest.raises(json.JSONDecodeError):
        login.sign_in()
    switch(sandbox, "apple", user_missing=True)
    assert login.sign_in("alan").details["first_name"] is None


@pytest.mark.parametrize(
    ("fault", "claim", "value"),
    [
        *(("bools_as_text", "email_verified", "true"), ("bools_as_text", "nonce_supported", "true")),
        *(("bools_as_text", "is_private_email", "true"), ("nonce_supported_missing", "nonce_supported", None)),
        *(("email_empty", "email", ""), ("nonce_missing", "nonce", None), ("nonce_wrong", "nonce", str)),
        *(("iat_missing", "iat", None), ("exp_missing", "exp", None), ("audience_array", "aud", [CLIENT])),
        ("audience_two", "aud", [CLIENT, "another-client"]),
    ],
)
def test_what_the_library_does_not_look_at_is_as_it_is_named(
    sandbox: Sandbox, fault: str, claim: str, value: Any
) -> None:
    login = Login(sandbox, AUTH_EXTRA_ARGUMENTS={"nonce": "n1"})
    switch(sandbox, "apple", **{fault: True})
    told = login.sign_in("mary").response.get(claim)
    assert isinstance(told, str) and told != "n1" if value is str else (told, type(told)) == (value, type(value))


@pytest.mark.parametrize("hash_wrong", [False, True])
def test_an_id_token_comes_with_the_code(sandbox: Sandbox, hash_wrong: bool) -> None:
    login = Login(sandbox)
    login.kind.RESPONSE_TYPE = "code id_token"
    switch(sandbox, "apple", **({"c_hash_wrong": True} if hash_wrong else {}))
    back = login.back()
    claims = login.backend().decode_id_token(back["id_token"])
    half = jwt.get_algorithm_by_name("RS256").compute_hash_digest(back["code"].encode())[:16]
    assert (claims["c_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()) is not hash_wrong
    assert login.complete(back).uid == claims["sub"]


@pytest.mark.parametrize("drop_old", [False, True])
def test_a_sign_in_after_the_keys_were_rotated(sandbox: Sandbox, drop_old: bool) -> None:
    login = Login(sandbox)
    before = jwt.get_unverified_header(tokens(login)[1]["id_token"])["kid"]
    keys = control(sandbox, "POST", "apple/keys/rotate", {"drop_old": drop_old})
    assert (before in [key["kid"] for key in keys["keys"]]) is not drop_old
    assert jwt.get_unverified_header(tokens(login)[1]["id_token"])["kid"] != before
    assert login.sign_in().uid
    if drop_old:
        switch(sandbox, "apple", signed_by_retired_key=True)
        assert refusal(login.sign_in).code == "malformed_response"
