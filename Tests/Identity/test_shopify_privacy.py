"""Rows 93 and 94: the three webhooks of privacy that every app has to take, and what they erase."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from harness.waiting import eventually
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
from signin.shops import OUTLET, SHOP, ShopScene
from signin.social_scene import Told


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


def test_row_094_a_shops_redaction_whose_leaving_nobody_told(scene: ShopScene) -> None:
    """Two days and an hour after it was connected: it cannot have been removed before that."""
    installed(scene)
    late = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 49 * 3600))
    told = scene.webhook("shop/redact", privacy("shop/redact"), X_Shopify_Triggered_At=late)
    assert told.status == 200 and told.audit == [(TAKEN, "shop_erasure_requested")]
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
