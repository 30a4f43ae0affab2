"""social-auth-core's Facebook backends take the sandbox for Facebook: only the hosts are others."""

from typing import Any

import pytest
import requests
from pywa_kit import Sandbox
from social_core.backends.facebook import FacebookAppOAuth2, FacebookOAuth2
from social_core.exceptions import AuthCanceled, AuthProviderError, AuthResponseError, AuthSessionError
from social_kit import Page, Strategy, callback, control

APP_ID = "1066000000000001"
APP_SECRET = "sandbox-facebook-secret"
REDIRECT = "http://127.0.0.1:8080/auth/acme/facebook/callback"


class Login:
    """A person's browser at an application that signs in with Facebook."""

    def __init__(self, sandbox: Sandbox, base: type[FacebookOAuth2] = FacebookOAuth2, **settings: Any) -> None:
        graph = f"{sandbox.url}/facebook/graph/v{{version}}"
        hosts = {
            "AUTHORIZATION_URL": f"{sandbox.url}/facebook/v{{version}}/dialog/oauth",
            "ACCESS_TOKEN_URL": f"{graph}/oauth/access_token",
            "USER_DATA_URL": f"{graph}/me",
            "REVOKE_TOKEN_URL": f"{graph}/{{uid}}/permissions",
        }
        given = {"KEY": APP_ID, "SECRET": APP_SECRET, "SCOPE": ["email"]} | settings
        given |= {"PROFILE_EXTRA_PARAMS": {"fields": "id,name,first_name,last_name,email"}}
        prefix = "SOCIAL_AUTH_" + base.name.upper().replace("-", "_")
        self.strategy = Strategy({f"{prefix}_{name}": value for name, value in given.items()})
        self.kind = type("AtTheSandbox", (base,), hosts)

    def backend(self, data: dict[str, str] | None = None) -> FacebookOAuth2:
        self.strategy.data = data or {}
        return self.kind(self.strategy, redirect_uri=REDIRECT)

    def open(self) -> Page:
        return Page(self.backend().start())

    def sign_in(self, person: str = "ada", scopes: tuple[str, ...] = ("email",)) -> Any:
        return self.backend(callback(self.open().answer(person, scopes=scopes))).complete()


def test_a_person_signs_in(sandbox: Sandbox) -> None:
    user = Login(sandbox).sign_in()
    assert user.details["fullname"] == "Ada Lovelace"
    assert user.details["first_name"] == "Ada"
    assert user.details["email"] == "ada@acme.example"
    assert user.uid.isdigit()
    assert user.response["granted_scopes"] == ["public_profile", "email"]
    assert user.response["expires_in"] > 0
    assert Login(sandbox).sign_in("grace").uid != user.uid
    assert Login(sandbox).sign_in().uid == user.uid


def test_a_person_keeps_the_address_or_has_none(sandbox: Sandbox) -> None:
    declined = Login(sandbox).sign_in("grace", scopes=())
    assert declined.details["email"] == ""
    assert declined.response["denied_scopes"] == ["email"]
    assert Login(sandbox).sign_in("alan").details["email"] == ""


def test_a_person_cancels(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    back = callback(login.open().answer(decision="deny"))
    assert back["error_reason"] == "user_denied"
    with pytest.raises(AuthCanceled):
        login.backend(back).complete()


def test_the_fragment_is_facebooks(sandbox: Sandbox) -> None:
    assert Login(sandbox).open().answer().headers["location"].endswith("#_=_")


def test_a_callback_with_another_state_is_refused(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    control(sandbox, "PUT", "facebook/faults", {"state_wrong": True})
    with pytest.raises(AuthSessionError) as refusal:
        login.sign_in()
    assert refusal.value.stage == "callback"


def test_a_code_counts_once(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    back = callback(login.open().answer())
    assert login.backend(back).complete()
    again = callback(login.open().answer()) | {"code": back["code"]}
    with pytest.raises(AuthProviderError) as refusal:
        login.backend(again).complete()
    assert "has been used" in refusal.value.detail
    assert refusal.value.provider_code == 100


def test_a_call_without_a_proof_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(AuthProviderError) as refusal:
        Login(sandbox, APPSECRET_PROOF=False).sign_in()
    assert "appsecret_proof" in refusal.value.detail
    control(sandbox, "PUT", "facebook/app", {"require_appsecret_proof": False})
    assert Login(sandbox, APPSECRET_PROOF=False).sign_in()


def test_limits_and_malformed_replies_are_understood(sandbox: Sandbox) -> None:
    control(sandbox, "PUT", "facebook/faults", {"graph_error": {"code": 4, "next": 1}})
    with pytest.raises(AuthProviderError) as limited:
        Login(sandbox).sign_in()
    assert limited.value.code == "rate_limited"
    control(sandbox, "PUT", "facebook/faults", {"token_reply": {"remove": ["access_token"], "next": 1}})
    with pytest.raises(AuthResponseError):
        Login(sandbox).sign_in()


def test_a_token_lives_longer_and_is_taken_back(sandbox: Sandbox) -> None:
    login = Login(sandbox)
    user = login.sign_in()
    longer = login.backend().refresh_token(user.response["access_token"])
    assert longer["expires_in"] == 5183944
    data = login.backend().user_data(longer["access_token"])
    assert data is not None and data["id"] == user.uid
    control(sandbox, "PUT", "facebook/app", {"require_appsecret_proof": False})
    login.backend().revoke_token(longer["access_token"], user.uid)
    with pytest.raises(AuthProviderError) as dead:
        login.backend().user_data(user.response["access_token"])
    assert dead.value.provider_code == 190


def signed_request(sandbox: Sandbox, **members: Any) -> tuple[str, str]:
    """What the sandbox posts to a receiver that is not there, and whom it is about."""
    body = {"kind": "deletion", "person": "ada", "url": "http://127.0.0.1:1/"} | members
    made = control(sandbox, "POST", "facebook/callbacks", body)
    return made["signed_request"], made["user_id"]


def test_a_signed_request_verifies(sandbox: Sandbox) -> None:
    backend = Login(sandbox, FacebookAppOAuth2).backend()
    text, user_id = signed_request(sandbox)
    assert isinstance(backend, FacebookAppOAuth2)
    assert backend.load_signed_request(text)["user_id"] == user_id
    assert user_id == Login(sandbox).sign_in().uid


@pytest.mark.parametrize(
    "flaw", ["bad_signature", "algorithm_none", "one_part", "not_json", "signed_payload", "other_secret", "old"]
)
def test_a_forged_signed_request_does_not(sandbox: Sandbox, flaw: str) -> None:
    backend = Login(sandbox, FacebookAppOAuth2).backend()
    assert isinstance(backend, FacebookAppOAuth2)
    with pytest.raises(AuthResponseError):
        backend.load_signed_request(signed_request(sandbox, flaw=flaw)[0])


def test_debug_token_names_the_app(sandbox: Sandbox) -> None:
    user = Login(sandbox).sign_in()
    answer = requests.get(
        f"{sandbox.url}/facebook/graph/debug_token",
        params={"input_token": user.response["access_token"], "access_token": f"{APP_ID}|{APP_SECRET}"},
        timeout=10,
    )
    data = answer.json()["data"]
    assert (data["app_id"], data["user_id"], data["is_valid"]) == (APP_ID, user.uid, True)
