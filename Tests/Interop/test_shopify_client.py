"""Shopify's own Python package takes the sandbox for Shopify: callbacks, session tokens, GraphQL, webhooks."""

import base64
import hashlib
import hmac
import json
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import shopify
import shopify_kit
from pywa_kit import Sandbox
from shopify import session_token
from shopify_kit import CLIENT_ID, REDIRECT, SCOPES, SECRET, SHOP
from social_kit import Page, callback, control

from harness.server import Handler, StandIn


class Shop:
    """The sample shop as the package sees it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def session(self, version: str = "2026-07") -> shopify.Session:
        return shopify.Session(SHOP, version)

    def install(self) -> dict[str, str]:
        url = self.session().create_permission_url(scope=SCOPES, redirect_uri=REDIRECT, state="s1")
        return callback(Page(shopify_kit.at_the_sandbox(self.sandbox, url)).answer())

    def installed(self, version: str = "2026-07") -> shopify.Session:
        session = self.session(version)
        session.request_token(self.install())
        shopify.ShopifyResource.activate_session(session)
        return session

    def faults(self, **faults: Any) -> None:
        control(self.sandbox, "PUT", "shopify/faults", faults)

    def token(self, **members: Any) -> requests.Response:
        body = {"client_id": CLIENT_ID, "client_secret": SECRET} | members
        return requests.post(f"{self.sandbox.url}/shopify/{SHOP}/admin/oauth/access_token", json=body, timeout=10)


@pytest.fixture
def shop(sandbox: Sandbox) -> Iterator[Shop]:
    with shopify_kit.shops(sandbox):
        yield Shop(sandbox)


def query(text: str, **variables: Any) -> dict[str, Any]:
    return json.loads(shopify.GraphQL().execute(text, variables))


def test_a_callback_is_signed(shop: Shop) -> None:
    back = shop.install()
    assert list(back) == ["code", "hmac", "host", "shop", "state", "timestamp"]
    assert shopify.Session.validate_hmac(back)
    assert shopify.Session.validate_params(back)
    assert not shopify.Session.validate_hmac(back | {"shop": "globex-store.myshopify.com"})


@pytest.mark.parametrize(
    ("fault", "value", "holds"),
    [
        *(("hmac_wrong", True, False), ("hmac_upper", True, False), ("hmac_truncated", True, False)),
        *(("extra_unsigned", True, False), ("hmac_missing", True, False), ("old_secret", True, False)),
        *(("extra_signed", True, True), ("shuffled", True, True), ("timestamp_old", 91, True)),
        *(("shop_evil", "a&state=b", True), ("shop_other", True, True), ("timestamp_missing", True, True)),
    ],
)
def test_a_fault_is_seen_as_it_is_meant(shop: Shop, fault: str, value: Any, holds: bool) -> None:
    shop.faults(**{fault: value})
    assert shopify.Session.validate_hmac(shop.install()) == holds


def test_an_old_secret_signs_properly(shop: Shop) -> None:
    shop.faults(old_secret="the-secret-before")
    back = shop.install()
    shopify.Session.setup(secret="the-secret-before")
    assert shopify.Session.validate_hmac(back)


def test_the_code_gives_a_token_with_the_scopes(shop: Shop) -> None:
    session = shop.session()
    token = session.request_token(shop.install())
    assert token.startswith("shpat_")
    assert session.access_scopes == shopify.ApiAccess(SCOPES)
    shop.faults(timestamp_old=90000)
    with pytest.raises(shopify.ValidationException):
        shop.session().request_token(shop.install())


def test_a_code_counts_once(shop: Shop) -> None:
    back = shop.install()
    shop.session().request_token(back)
    with pytest.raises(urllib.error.HTTPError, match="400"):
        shop.session().request_token(back)


def test_a_customer_is_found_by_phone(shop: Shop) -> None:
    shop.installed()
    answer = query(
        """
        query Desk($q: String!) {
          shop { name myshopifyDomain }
          customers(first: 1, query: $q) {
            edges { node { id displayName email tags amountSpent { amount } orders(first: 5) { nodes { name } } } }
          }
        }
        """,
        q="phone:+16505551234",
    )
    assert "errors" not in answer, answer
    assert answer["data"]["shop"] == {"name": "Acme Store", "myshopifyDomain": SHOP}
    node = answer["data"]["customers"]["edges"][0]["node"]
    assert node["displayName"] == "Sheena Nelson"
    assert {order["name"] for order in node["orders"]["nodes"]} == {"#1001", "#1003"}
    assert answer["extensions"]["cost"]["throttleStatus"]["maximumAvailable"] == 2000.0


def test_the_api_refuses_as_shopify_does(shop: Shop) -> None:
    session = shop.installed()
    assert query("{ shop { shoeSize } }")["errors"][0]["extensions"]["code"] == "undefinedField"
    for status in (401, 402, 403, 429):
        shop.faults(api_error={"status": status, "next": 1})
        with pytest.raises(urllib.error.HTTPError) as refusal:
            query("{ shop { name } }")
        assert refusal.value.code == status
    assert refusal.value.headers["Retry-After"] == "2.0"
    shopify.ShopifyResource.activate_session(shopify.Session("globex-store", "2026-07", session.token))
    with pytest.raises(urllib.error.HTTPError) as elsewhere:
        query("{ shop { name } }")
    assert elsewhere.value.code == 401


def test_a_retired_version_falls_forward(shop: Shop) -> None:
    shop.installed(version="2020-10")
    assert query("{ shop { name } }")["data"]["shop"]["name"] == "Acme Store"


def minted(shop: Shop, **members: Any) -> str:
    return control(shop.sandbox, "POST", "shopify/session-tokens", {"person": "ada"} | members)["session_token"]


def test_a_session_token_is_decoded(shop: Shop) -> None:
    claims = session_token.decode_from_header(f"Bearer {minted(shop)}", api_key=CLIENT_ID, secret=SECRET)
    assert claims["dest"] == f"https://{SHOP}"
    assert claims["iss"] == f"https://{SHOP}/admin"
    assert claims["exp"] - claims["iat"] == 60
    online = "urn:shopify:params:oauth:token-type:online-access-token"
    exchanged = shop.token(
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token=minted(shop),
        subject_token_type="urn:ietf:params:oauth:token-type:id_token",
        requested_token_type=online,
    )
    assert str(exchanged.json()["associated_user"]["id"]) == claims["sub"]


@pytest.mark.parametrize(
    "flaw",
    [
        *("alg_rs256", "alg_none", "bad_signature", "other_secret", "wrong_aud", "no_aud", "expired", "nbf_future"),
        *("hosts_differ", "dest_no_shop", "no_sub"),
    ],
)
def test_a_session_token_with_a_flaw_is_not(shop: Shop, flaw: str) -> None:
    header = f"Bearer {minted(shop, flaw=flaw)}"
    with pytest.raises(session_token.SessionTokenError):
        session_token.decode_from_header(header, api_key=CLIENT_ID, secret=SECRET)


def test_tokens_are_refreshed_and_a_lost_answer_is_had_again(shop: Shop) -> None:
    first = shop.token(code=shop.install()["code"], expiring="1").json()
    assert first["expires_in"] == 3600
    shop.faults(refresh_lost={"next": 1})
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    with pytest.raises(requests.exceptions.ConnectionError):
        shop.token(**refresh)
    second = shop.token(**refresh).json()
    assert second["refresh_token"] != first["refresh_token"]
    shopify.ShopifyResource.activate_session(shopify.Session(SHOP, "2026-07", second["access_token"]))
    assert query("{ shop { name } }")["data"]
    third = shop.token(grant_type="refresh_token", refresh_token=second["refresh_token"])
    assert third.status_code == 200
    dead = shop.token(**refresh)
    assert (dead.status_code, dead.json()["error"]) == (400, "invalid_grant")


def test_webhooks_are_signed_over_the_bytes(shop: Shop) -> None:
    came: list[tuple[dict[str, str], bytes]] = []

    class Hook(Handler):
        def do_POST(self) -> None:
            came.append(({name.lower(): value for name, value in self.headers.items()}, self.body()))
            self.reply(200)

    receiver = StandIn(Hook)
    try:
        for flaw in (None, "reserialized"):
            body = {"topic": "customers/redact", "url": f"{receiver.url}/hooks", "customer": "+16505551234"}
            made = control(shop.sandbox, "POST", "shopify/webhooks", body | ({"flaw": flaw} if flaw else {}))
            assert made["posts"][0]["status"] == 200
    finally:
        receiver.close()
    holds = []
    for headers, body in came:
        assert headers["x-shopify-topic"] == "customers/redact"
        assert json.loads(body)["customer"]["phone"] == "+16505551234"
        made = base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()
        holds.append(hmac.compare_digest(made, headers["x-shopify-hmac-sha256"]))
    assert holds == [True, False]
