"""Rows 87 to 89: the tokens that a shop gives, and the session tokens of its own administration."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import requests

from signin import jose
from signin.browser import TIMEOUT
from signin.people import Member
from signin.shop_callbacks import without
from signin.shop_scene import scene, shops  # noqa: F401 - fixtures
from signin.shops import OUTLET, SHOP, ShopScene, session_token


# Row 87: what was given.


@pytest.mark.parametrize("user", [None, [], "42", 42])
def test_row_087_a_token_of_the_shop_vouches_for_nobody(scene: ShopScene, user: Any) -> None:
    def offline(reply: dict[str, Any]) -> dict[str, Any]:
        kept = without("associated_user", "associated_user_scope", "expires_in")(reply)
        return kept if user is None else kept | {"associated_user": user}

    scene.refuses("mode_mismatch", "shopify", token=offline)


@pytest.mark.parametrize("id", [None, "", "abc", -1, 1.5, True, {"a": 1}, 10**25])
def test_row_087_a_user_without_a_number(scene: ShopScene, id: Any) -> None:
    def numbered(reply: dict[str, Any]) -> dict[str, Any]:
        return reply | {"associated_user": reply["associated_user"] | {"id": id}}

    scene.refuses("subject_wrong", "shopify", token=numbered)


@pytest.mark.parametrize("scope", ["", "read_orders", "write_products", "read_orders,read_products", "write_orders"])
def test_row_087_fewer_scopes_than_asked(scene: ShopScene, scope: str) -> None:
    scene.refuses("scopes_missing", "scoped", token=lambda reply: reply | {"scope": scope})


def test_row_087_to_write_is_to_read(scene: ShopScene) -> None:
    scene.accepts("scoped", token=lambda reply: reply | {"scope": "write_orders,write_products,read_themes"})


@pytest.mark.parametrize("change, reason", [
    (lambda r: r | {"associated_user": {"id": 42}}, "mode_mismatch"),
    (lambda r: r | {"associated_user": None}, "mode_mismatch"),
    (lambda r: without("refresh_token")(r), "mode_mismatch"),
    (lambda r: r | {"scope": "read_customers"}, "scopes_missing"),
], ids=["online", "online without a user", "one that lapses", "fewer scopes"])  # fmt: skip
def test_row_087_a_service_gets_what_it_asked_for_or_is_not_connected(
    scene: ShopScene, change: Callable[[dict[str, Any]], dict[str, Any]], reason: str
) -> None:
    owner = scene.owner()
    sent = scene.way_back(owner)
    scene.shopify.mischief.token = change
    before, grant = scene.ledgers["acme"].standing(), scene.grant()
    assert 400 <= owner.browser.call_back(sent).status_code < 500
    entries = scene.ledgers["acme"].audit(before)
    assert [(entry.kind, entry.reason, entry.connection) for entry in entries] == [("connect.refused", reason, "shop")]
    assert scene.grant() == grant and scene.ledgers["acme"].standing().counts == before.counts
    scene.check_nothing_of(scene.shopify.tokens, owner.browser.trail[-1])


# Rows 88 and 89: session tokens, which the shop's own administration gives.


def present(scene: ShopScene, token: str) -> tuple[requests.Response, list[tuple[str, str | None]]]:
    before = scene.ledgers["acme"].standing()
    address = f"{scene.hub.url}/connect/acme/shop/session-token"
    answer = requests.post(address, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT)
    return answer, [(entry.kind, entry.reason) for entry in scene.ledgers["acme"].audit(before)]


NONE = jose.base64url(b'{"alg":"none","typ":"JWT"}')
SESSION_TOKENS: dict[str, Callable[[str], str]] = {
    "algorithm none": lambda s: f"{NONE}.{session_token(s).split('.')[1]}.",
    "RS256": lambda s: session_token(s, "RS256", jose.stranger()),
    "HS512": lambda s: session_token(s + s, "HS512"),
    "another secret": lambda s: session_token("another app's secret, long enough"),
    "one bit": lambda s: session_token(s)[:-2] + "AA",
    "another aud": lambda s: session_token(s, aud="another"),
    "no aud": lambda s: session_token(s, aud=None),
    "expired 15 s ago": lambda s: session_token(s, exp=int(time.time()) - 15),
    "no exp": lambda s: session_token(s, exp=None),
    "nbf in a minute": lambda s: session_token(s, nbf=int(time.time()) + 60),
    "iss of another shop": lambda s: session_token(s, iss=f"https://{OUTLET}/admin"),
    "dest of another shop": lambda s: session_token(s, dest=f"https://{OUTLET}"),
    "all of another shop": lambda s: session_token(s, iss=f"https://{OUTLET}/admin", dest=f"https://{OUTLET}"),
    "dest that is no shop": lambda s: session_token(s, iss="https://evil.com/admin", dest="https://evil.com"),
    "dest with a path": lambda s: session_token(s, dest=f"https://{SHOP}/x"),
    "dest by http": lambda s: session_token(s, dest=f"http://{SHOP}"),
    "dest before an at": lambda s: session_token(s, dest=f"https://{SHOP}@evil.com"),
    "no dest": lambda s: session_token(s, dest=None),
    "no token": lambda s: "x",
}  # fmt: skip


@pytest.mark.parametrize("make", SESSION_TOKENS.values(), ids=SESSION_TOKENS)
def test_row_088_a_session_token_that_does_not_hold(scene: ShopScene, make: Callable[[str], str]) -> None:
    made, before = make(scene.shopify.secret), scene.grant()
    answer, told = present(scene, made)
    assert answer.status_code == 401 and len(told) == 1 and told[0][0] == "connect.refused" and told[0][1]
    assert scene.shopify.log == [] and scene.grant() == before
    scene.check_nothing_of([made], answer)


def test_row_089_the_shop_is_the_tokens_and_no_parameters(scene: ShopScene) -> None:
    made = session_token(scene.shopify.secret)
    answer = requests.post(
        f"{scene.hub.url}/connect/acme/shop/session-token?{urlencode({'shop': OUTLET, 'dest': OUTLET})}",
        json={"shop": OUTLET}, headers={"Authorization": f"Bearer {made}"}, timeout=TIMEOUT,
    )  # fmt: skip
    assert answer.status_code == 204, answer.text
    assert scene.shopify.log == [f"POST /{SHOP}/admin/oauth/access_token"]
    assert scene.grant() == ("active", None)
    scene.check_nothing_of([made, *scene.shopify.tokens], answer)


def test_the_connected_shop_answers(scene: ShopScene) -> None:
    """What the refusals of row 87 differ from."""
    owner = scene.owner()
    assert scene.connect_shop(owner).status_code == 303
    assert scene.grant() == ("active", None) and isinstance(owner, Member)
    page = owner.submit(owner.page("/services").form_to("/shop/test"))
    assert "Acme Store" in owner.browser.get(page.headers["Location"]).text
    assert SHOP in owner.page("/services").text
