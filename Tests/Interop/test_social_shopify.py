"""social-auth-core's Shopify backend, which rests on Shopify's own package, takes the sandbox for Shopify."""

from collections.abc import Iterator
from typing import Any

import pytest
import shopify_kit
from pywa_kit import Sandbox
from social_core.backends.shopify import ShopifyOAuth2
from social_core.exceptions import AuthInputError, AuthResponseError, AuthSessionError
from social_kit import Page, Strategy, callback, control


class Login:
    """A staff member's browser at an application that signs in with Shopify."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        settings = {"KEY": shopify_kit.CLIENT_ID, "SECRET": shopify_kit.SECRET, "SCOPE": shopify_kit.SCOPES}
        self.strategy = Strategy({f"SOCIAL_AUTH_SHOPIFY_{name}": value for name, value in settings.items()})

    def backend(self, data: dict[str, str]) -> ShopifyOAuth2:
        self.strategy.data = data
        return ShopifyOAuth2(self.strategy, redirect_uri=shopify_kit.REDIRECT)

    def back(self, shop: str = shopify_kit.SHOP) -> dict[str, str]:
        """What the application is told after the shop's staff installed it."""
        url = self.backend({"shop": shop}).start()
        return callback(Page(shopify_kit.at_the_sandbox(self.sandbox, url)).answer())

    def complete(self, data: dict[str, str]) -> tuple[ShopifyOAuth2, Any]:
        backend = self.backend(data)
        return backend, backend.complete()


@pytest.fixture
def login(sandbox: Sandbox) -> Iterator[Login]:
    with shopify_kit.shops(sandbox):
        yield Login(sandbox)


def test_staff_sign_in_and_the_code_gives_a_token(login: Login) -> None:
    backend, user = login.complete(login.back())
    assert user.uid == shopify_kit.SHOP
    assert user.details["username"] == "acme-store"
    kept = backend.extra_data(user, user.uid, user.response, user.details, {})
    assert kept["shop"] == shopify_kit.SHOP
    assert kept["access_token"].startswith("shpat_")


def test_a_handle_is_enough_to_begin(login: Login) -> None:
    assert login.back("acme-store")["shop"] == shopify_kit.SHOP


@pytest.mark.parametrize("fault", ["hmac_wrong", "hmac_upper", "hmac_truncated", "hmac_missing", "old_secret"])
def test_a_callback_that_is_not_signed_is_refused(login: Login, fault: str) -> None:
    control(login.sandbox, "PUT", "shopify/faults", {fault: True})
    with pytest.raises(AuthResponseError) as refusal:
        login.complete(login.back())
    assert refusal.value.code == "invalid_signature"


def test_a_field_that_was_added_later_is_noticed(login: Login) -> None:
    control(login.sandbox, "PUT", "shopify/faults", {"extra_unsigned": True})
    with pytest.raises(AuthResponseError):
        login.complete(login.back())


@pytest.mark.parametrize("fault", ["extra_signed", "shuffled", "host_padded"])
def test_what_is_signed_is_taken(login: Login, fault: str) -> None:
    control(login.sandbox, "PUT", "shopify/faults", {fault: True})
    _, user = login.complete(login.back())
    assert user.uid == shopify_kit.SHOP


def test_a_signed_state_of_somebody_else_is_refused(login: Login) -> None:
    control(login.sandbox, "PUT", "shopify/faults", {"state_wrong": True})
    with pytest.raises(AuthSessionError) as refusal:
        login.complete(login.back())
    assert refusal.value.stage == "callback"


def test_an_old_callback_gives_no_token(login: Login) -> None:
    control(login.sandbox, "PUT", "shopify/faults", {"timestamp_old": 90000})
    backend, user = login.complete(login.back())
    with pytest.raises(AuthInputError):
        backend.extra_data(user, user.uid, user.response, user.details, {})
