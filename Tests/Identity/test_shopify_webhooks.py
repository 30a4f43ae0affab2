"""Row 92: webhooks of Shopify, to the connection that people sign in with and to the shop that is connected."""

import base64
import json
import secrets
import threading

import pytest

from signin.shop_scene import scene, shops  # noqa: F401 - fixtures
from signin.shop_webhooks import (
    ADDRESSES,
    PRIVACY,
    SIGN_IN,
    SYSTEM,
    TAKEN,
    canaries,
    customer,
    held,
    order,
    privacy,
    writer,
)
from signin.shops import ELSEWHERE, OLD_SECRET, SHOP, ShopScene, digest


@pytest.mark.parametrize("address, connection", ADDRESSES)
@pytest.mark.parametrize("headers", [
    {"X_Shopify_Hmac_Sha256": None}, {"X_Shopify_Hmac_Sha256": ""}, {"X_Shopify_Hmac_Sha256": "x"},
    {"X_Shopify_Hmac_Sha256": "A" * 43 + "="}, {"X_Shopify_Hmac_Sha256": "sha256=" + "A" * 43 + "="},
    {"X_Shopify_Hmac_Sha256": "A" * 5000}, {"Shopify_Hmac_Sha256": "A" * 43 + "="},
], ids=["missing", "empty", "short", "wrong", "prefixed", "long", "two that differ"])  # fmt: skip
def test_row_092_a_signature_that_is_none(
    scene: ShopScene, address: str, connection: str, headers: dict[str, str | None]
) -> None:
    body, before = order(customer()), held(scene)
    told = scene.webhook("orders/create", body, address, **headers)
    values = list(headers.values())
    none = values == [None] or "Shopify_Hmac_Sha256" in headers
    reason = "signature_missing" if none else "signature_wrong"
    scene.check_refused(told, reason, connection, canaries(body["customer"]), 401)
    assert held(scene) == before


@pytest.mark.parametrize("address, connection", ADDRESSES)
@pytest.mark.parametrize("spelling", ["hexadecimal", "no padding", "of addresses", "loose bits", "a space", "twice"])
def test_row_092_a_good_signature_in_another_spelling(
    scene: ShopScene, address: str, connection: str, spelling: str
) -> None:
    """A second text for the same signature is a second way to say the same: there is one."""
    body = json.dumps({"shop_domain": SHOP, "x": 0}).encode()
    code = digest(scene.shopify.secret, body)
    while spelling == "of addresses" and not set(base64.b64encode(code).decode()) & set("+/"):
        body += b" "
        code = digest(scene.shopify.secret, body)
    good = base64.b64encode(code).decode()
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    value = {
        "hexadecimal": code.hex(),
        "no padding": good.rstrip("="),
        "of addresses": base64.urlsafe_b64encode(code).decode(),
        "loose bits": good[:-2] + last[last.index(good[-2]) + 1] + "=",
        "a space": f"{good[:20]} {good[20:]}",
        "twice": f"{good}, {good}",
    }[spelling]
    told = scene.webhook("app/uninstalled", body, address, X_Shopify_Hmac_Sha256=value)
    scene.check_refused(told, "signature_wrong", connection, [value], 401)


@pytest.mark.parametrize("address, connection", ADDRESSES)
def test_row_092_the_body_is_signed_as_it_came(scene: ShopScene, address: str, connection: str) -> None:
    """The same JSON in other bytes is another body."""
    raw = b'{"shop_domain": "' + SHOP.encode() + b'", "price": 10.00, "name": "\\u00fc"}'
    signed = base64.b64encode(digest(scene.shopify.secret, raw)).decode()
    told = scene.webhook("orders/create", raw, address, X_Shopify_Hmac_Sha256=signed)
    assert told.status == 200
    again = json.dumps(json.loads(raw)).encode()
    compact = json.dumps(json.loads(raw), separators=(",", ":"), ensure_ascii=False).encode()
    shorter = raw.replace(b"10.00", b"10.0")
    for other in (again, compact, shorter, raw + b"\n", b" " + raw, raw[:-1], b"\xef\xbb\xbf" + raw):
        told = scene.webhook("orders/create", other, address, X_Shopify_Hmac_Sha256=signed)
        scene.check_refused(told, "signature_wrong", connection, [], 401)


@pytest.mark.parametrize("address, connection", ADDRESSES)
def test_row_092_an_empty_body(scene: ShopScene, address: str, connection: str) -> None:
    told = scene.webhook("app/uninstalled", b"", address, X_Shopify_Hmac_Sha256=None)
    scene.check_refused(told, "signature_missing", connection, [], 401)
    # Signed as it is, it still is no webhook.
    scene.check_refused(scene.webhook("app/uninstalled", b"", address), "malformed", connection, [], 400)


@pytest.mark.parametrize("address, connection", ADDRESSES)
@pytest.mark.parametrize("body", [b"x", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b"a=b", b"[" * 100_000])
def test_row_092_a_signed_body_that_is_no_object(scene: ShopScene, address: str, connection: str, body: bytes) -> None:
    scene.check_refused(scene.webhook("app/uninstalled", body, address), "malformed", connection, [], 400)


@pytest.mark.parametrize("address, connection", ADDRESSES)
@pytest.mark.parametrize("secret", ["another app's secret", OLD_SECRET, "\0"], ids=["another app", "old", "zero"])
def test_row_092_the_secret_of_another_app(scene: ShopScene, address: str, connection: str, secret: str) -> None:
    scene.connect_shop(scene.owner())
    told = scene.webhook("app/uninstalled", {"domain": SHOP}, address, secret=secret)
    scene.check_refused(told, "signature_wrong", connection, [], 401)
    assert scene.grant() == ("active", None)


def test_row_092_the_old_secret_counts_while_it_is_rotated(scene: ShopScene) -> None:
    assert scene.webhook("app/uninstalled", {}, "/auth/acme/rotating", secret=OLD_SECRET).status == 200


def test_row_092_a_replayed_webhook_acts_once(scene: ShopScene) -> None:
    scene.connect_shop(scene.owner())
    of = writer(scene)
    placed, id, before = order(of), secrets.token_hex(16), scene.records()
    first = scene.webhook("orders/create", placed, id=id)
    assert first.status == 200 and first.audit == [(TAKEN, "order")] and scene.records() == before + 1
    for _ in range(3):
        again = scene.webhook("orders/create", placed, id=id)
        assert again.status == 200 and again.audit == []
    # The same id counts at the same connection, whatever else is told under it.
    other = scene.webhook("orders/create", order(of), id=id)
    assert other.status == 200 and other.audit == [] and scene.records() == before + 1
    updates = "SELECT COUNT(*) FROM events WHERE type = 'order.updated'"
    assert scene.ledgers["acme"].rows(updates)[0][0] == 1
    scene.check_nothing_of(canaries(of), first.response)


def test_row_092_a_replayed_webhook_acts_once_when_all_come_together(scene: ShopScene) -> None:
    placed, id, before = order(writer(scene)), secrets.token_hex(16), scene.ledgers["acme"].standing()
    answers: list[int] = []
    copies = [
        threading.Thread(target=lambda: answers.append(scene.webhook("orders/create", placed, id=id).status))
        for _ in range(8)
    ]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()
    assert answers == [200] * 8
    assert [entry.kind for entry in scene.ledgers["acme"].audit(before)] == [TAKEN]


def test_row_092_a_replayed_uninstall_does_not_break_a_new_connection(scene: ShopScene) -> None:
    owner, id = scene.owner(), secrets.token_hex(16)
    scene.connect_shop(owner)
    scene.webhook("app/uninstalled", {}, id=id)
    assert scene.grant() == ("broken", "uninstalled")
    scene.connect_shop(owner)
    assert scene.webhook("app/uninstalled", {}, id=id).status == 200
    assert scene.grant() == ("active", None)


@pytest.mark.parametrize("address", [SIGN_IN, SYSTEM])
@pytest.mark.parametrize("topic", ["app/uninstalled", *PRIVACY, "orders/create"])
@pytest.mark.parametrize("header, body", [
    (ELSEWHERE, ELSEWHERE), (ELSEWHERE, SHOP), (SHOP, ELSEWHERE), (None, SHOP), ("", SHOP), (f"{SHOP}.evil.com", SHOP),
])  # fmt: skip
def test_row_092_the_shop_of_another_tenant(
    scene: ShopScene, address: str, topic: str, header: str | None, body: str
) -> None:
    """Signed by the app that both tenants use: it is taken, and nothing is done, here or there."""
    before, there = held(scene), scene.ledgers["globex"].standing()
    of = customer()
    content = order(of) | {"shop_domain": body} if topic == "orders/create" else privacy(topic, body, of)
    told = scene.webhook(topic, content, address, shop=header)
    assert told.status == 200 and told.audit == [(TAKEN, "unknown")] and told.before.counts == told.after.counts
    assert held(scene) == before and scene.ledgers["globex"].standing() == there
    scene.check_nothing_of(canaries(of), told.response)
