"""Rows 92 to 94: webhooks of Shopify, to the connection that people sign in with and to the shop that is connected."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from harness import payloads
from harness.waiting import eventually
from signin.browser import TIMEOUT
from signin.shops import ELSEWHERE, OLD_SECRET, OUTLET, SHOP, ShopScene, digest
from signin.social import Told, digits

SIGN_IN, SYSTEM = "/auth/acme/shopify", "/connect/acme/shop"
ADDRESSES = [(SIGN_IN, "shopify"), (SYSTEM, "shop")]
TAKEN = "provider_event.taken"
PRIVACY = ["customers/data_request", "customers/redact", "shop/redact"]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopScene]:
    scene = ShopScene(tmp_path_factory.mktemp("webhooks"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(shops: ShopScene) -> ShopScene:
    shops.reset()
    return shops


def customer(phone: str | None = None) -> dict[str, Any]:
    return {"id": int(digits()), "email": f"quill.{secrets.token_hex(6)}@canary.example", "phone": phone}


def order(of: dict[str, Any], number: int | None = None) -> dict[str, Any]:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"id": number or int(digits()), "name": "#1001", "created_at": now, "updated_at": now, "customer": of,
            "total_price": "10.00", "currency": "EUR", "financial_status": "paid", "line_items": []}  # fmt: skip


def privacy(
    topic: str, shop: str = SHOP, of: dict[str, Any] | None = None, orders: tuple[int, ...] = ()
) -> dict[str, Any]:
    body: dict[str, Any] = {"shop_id": 954889, "shop_domain": shop}
    match topic:
        case "customers/data_request":
            return body | {"customer": of or customer(), "orders_requested": list(orders), "data_request": {"id": 9999}}
        case "customers/redact":
            return body | {"customer": of or customer(), "orders_to_redact": list(orders)}
        case _:
            return body


def writer(scene: ShopScene, tenant: str = "acme") -> dict[str, Any]:
    """A customer whose phone number writes to the business, so that there is a contact."""
    phone = f"49{digits(10)}"
    one = next(one for one in scene.configuration.tenants if one.id == tenant)
    body = payloads.envelope(payloads.text_message(one, phone, "hello"))
    headers = {"X-Hub-Signature-256": payloads.signature(scene.configuration.app_secret, body)}
    taken = requests.post(scene.hub.webhook_url, data=body, headers=headers, timeout=TIMEOUT)
    assert taken.status_code == 200
    seen = "SELECT COUNT(*) FROM contacts"
    eventually(lambda: scene.ledgers[tenant].rows(seen)[0][0] > 0, "the contact is there")
    return customer(f"+{phone}")


def canaries(of: dict[str, Any]) -> list[str]:
    return [str(of["id"]), of["email"], *([of["phone"].lstrip("+")] if of["phone"] else [])]


def held(scene: ShopScene) -> tuple[object, object, int, int]:
    """All that a webhook could change."""
    return scene.grant(), scene.grant("globex"), scene.records(), scene.records("globex")


# Row 92: whose webhook it is.


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


# Row 93: the three topics that every app has to take.


@pytest.mark.parametrize("address, connection", ADDRESSES)
@pytest.mark.parametrize("topic", PRIVACY)
def test_row_093_a_privacy_topic_with_a_bad_signature(
    scene: ShopScene, address: str, connection: str, topic: str
) -> None:
    scene.connect_shop(scene.owner())
    of = writer(scene)
    placed = order(of)
    scene.webhook("orders/create", placed)
    before = held(scene)
    body = privacy(topic, of=of, orders=(placed["id"],))
    for value in ("", "x", "A" * 43 + "=", None):
        told = scene.webhook(topic, body, address, X_Shopify_Hmac_Sha256=value)
        assert told.status == 401 and told.audit[0][0] == "provider_event.refused" and len(told.audit) == 1
    assert held(scene) == before and before[2] > 0
    scene.check_nothing_of(canaries(of), told.response)


@pytest.mark.parametrize("address", [SIGN_IN, SYSTEM])
@pytest.mark.parametrize("topic", PRIVACY)
@pytest.mark.parametrize("shop", [SHOP, "nobody-knows-it.myshopify.com"])
def test_row_093_a_good_privacy_topic(scene: ShopScene, address: str, topic: str, shop: str) -> None:
    of = customer()
    told = scene.webhook(topic, privacy(topic, shop, of), address, shop=shop)
    reasons = ["customer_data_requested", "customer_erasure_requested", "shop_erasure_requested"]
    reason = reasons[PRIVACY.index(topic)] if shop == SHOP else "unknown"
    assert told.status == 200 and told.audit == [(TAKEN, reason)]
    scene.check_nothing_of(canaries(of), told.response)


@pytest.mark.parametrize("topic", ["customers/data_request", "customers/redact"])
@pytest.mark.parametrize("of", [None, {}, {"id": None}, {"id": []}, "x", 7])
def test_row_093_a_privacy_topic_of_nobody(scene: ShopScene, topic: str, of: Any) -> None:
    told = scene.webhook(topic, privacy(topic) | {"customer": of})
    assert told.status == 200 and told.audit == [(TAKEN, "unknown")]


def test_row_093_a_customers_redaction_erases_that_customer_alone(scene: ShopScene) -> None:
    scene.connect_shop(scene.owner())
    one, other = writer(scene), writer(scene)
    first, second, third = order(one), order(one), order(other)
    for placed in (first, second, third):
        assert scene.webhook("orders/create", placed).status == 200
    before = scene.records()
    told = scene.webhook("customers/redact", privacy("customers/redact", of=one, orders=(first["id"], second["id"])))
    assert told.audit == [(TAKEN, "customer_erasure_requested")] and scene.records() == before - 2
    assert scene.grant() == ("active", None)


# Row 94: a shop's redaction comes two days after the app was removed, and by then it may be back.


def installed(scene: ShopScene) -> dict[str, Any]:
    """The shop is connected and an order of a contact is known."""
    scene.connect_shop(scene.owner())
    of = writer(scene)
    assert scene.webhook("orders/create", order(of)).status == 200
    assert scene.grant() == ("active", None) and scene.records() > 0
    return of


def redact_shop(scene: ShopScene) -> Told:
    told = scene.webhook("shop/redact", privacy("shop/redact"))
    assert told.status == 200 and told.audit == [(TAKEN, "shop_erasure_requested")]
    return told


def test_row_094_a_shops_redaction_after_it_left(scene: ShopScene) -> None:
    installed(scene)
    scene.webhook("app/uninstalled", {})
    assert scene.grant() == ("broken", "uninstalled") and scene.records() > 0
    redact_shop(scene)
    assert scene.grant() is None and scene.records() == 0


def test_row_094_a_shops_redaction_after_it_came_back(scene: ShopScene) -> None:
    installed(scene)
    scene.webhook("app/uninstalled", {})
    installed(scene)
    kept = scene.records()
    redact_shop(scene)
    assert scene.grant() == ("active", None) and scene.records() == kept


def test_row_094_a_shops_redaction_while_the_new_tokens_are_renewed(scene: ShopScene) -> None:
    """A grant whose token is being refreshed is alive: the shop is back, and nothing of it may go."""
    scene.shopify.lifetime, scene.shopify.refresh_delay = 1, 4.0
    owner = scene.owner()
    scene.connect_shop(owner)
    assert scene.webhook("orders/create", order(writer(scene))).status == 200
    kept = scene.records()
    time.sleep(1.2)
    form = owner.page("/services").form_to("/shop/test")
    asking = threading.Thread(target=lambda: owner.submit(form))
    asking.start()
    try:
        eventually(lambda: scene.grant()[0] == "refreshing", "the token is being renewed", within=10, every=0.02)
        redact_shop(scene)
        assert scene.grant() is not None and scene.records() == kept
    finally:
        asking.join()
    assert scene.grant() == ("active", None)


def test_row_094_a_redaction_of_the_sign_in_connection_leaves_people_and_service(scene: ShopScene) -> None:
    installed(scene)
    before, people = held(scene), scene.ledgers["acme"].standing().counts
    for topic in ("app/uninstalled", "shop/redact"):
        assert scene.webhook(topic, privacy(topic), SIGN_IN).status == 200
    assert held(scene) == before and scene.ledgers["acme"].standing().counts == people


def test_row_094_a_sign_in_connection_with_the_name_of_a_service_is_not_that_service(tmp_path: Path) -> None:
    """Both may be called `shop`: a webhook of the one's shop does nothing to the other's."""
    scene = ShopScene(tmp_path)
    try:
        named = scene.configuration.connections["acme"]["shopify"]
        scene.sign_in_with("acme", "shop", scene.shopify, **named | {"shops": [OUTLET]})
        scene.start()
        of = installed(scene)
        placed, before = order(of), held(scene)
        scene.webhook("orders/create", placed)
        after = held(scene)
        assert after != before
        for topic in ("app/uninstalled", "shop/redact"):
            body = privacy(topic, OUTLET)
            assert scene.webhook(topic, body, "/auth/acme/shop", shop=OUTLET).status == 200
        redacted = privacy("customers/redact", OUTLET, of, (placed["id"],))
        assert scene.webhook("customers/redact", redacted, "/auth/acme/shop", shop=OUTLET).status == 200
        assert held(scene) == after
    finally:
        scene.close()
