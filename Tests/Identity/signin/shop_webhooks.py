"""What webhooks of Shopify tell, whom they tell of, and what they could change."""

import secrets
import time
from typing import Any

import requests

from harness import payloads
from harness.waiting import eventually
from signin.browser import TIMEOUT
from signin.shops import SHOP, ShopScene
from signin.social import digits

SIGN_IN, SYSTEM = "/auth/acme/shopify", "/connect/acme/shop"
ADDRESSES = [(SIGN_IN, "shopify"), (SYSTEM, "shop")]
TAKEN = "provider_event.taken"
PRIVACY = ["customers/data_request", "customers/redact", "shop/redact"]


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
