"""WhatsApp Cloud webhooks in the shape that Meta sends them."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from harness.configuration import Tenant

Change = dict[str, Any]


def wamid(phone: str, unique: bytes | None = None) -> str:
    """A message id as WhatsApp makes them: base64 that holds the person's phone number."""
    number = phone.encode()
    return (
        "wamid."
        + base64.b64encode(
            b"\x1d\x09\x1c\x18" + bytes([len(number)]) + number + b"\x15\x02\x00\x12\x18\x14" + (unique or secrets.token_bytes(15))
        ).decode()
    )


def text_message(
    tenant: Tenant,
    phone: str,
    text: str,
    id: str | None = None,
    name: str = "Sheena Nelson",
    timestamp: int | None = None,
    phone_number_id: str | None = None,
) -> Change:
    """One text of one person to one of the tenant's numbers."""
    message = {
        "from": phone,
        "id": id or wamid(phone),
        "timestamp": str(timestamp or int(time.time())),
        "text": {"body": text},
        "type": "text",
    }
    contacts = [{"profile": {"name": name}, "wa_id": phone}]
    return _change(tenant, {"contacts": contacts, "messages": [message]}, phone_number_id)


def status(
    tenant: Tenant,
    id: str,
    status: str,
    recipient: str,
    opaque: str | None = None,
    timestamp: int | None = None,
) -> Change:
    """What became of one message that the tenant sent."""
    entry: dict[str, Any] = {
        "id": id,
        "status": status,
        "timestamp": str(timestamp or int(time.time())),
        "recipient_id": recipient,
    }
    if opaque is not None:
        entry["biz_opaque_callback_data"] = opaque
    if status == "sent":
        entry["pricing"] = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}
    return _change(tenant, {"statuses": [entry]})


def _change(tenant: Tenant, value: dict[str, Any], phone_number_id: str | None = None) -> Change:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": phone_number_id or tenant.phone_number_id}
    return {
        "account": tenant.business_account_id,
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }


def envelope(*changes: Change) -> bytes:
    """One POST's body. Non-ASCII stands escaped, as Meta sends it."""
    entries = [
        {
            "id": change["account"],
            **({"time": change["time"]} if "time" in change else {}),
            "changes": [{"value": change["value"], "field": change.get("field", "messages")}],
        }
        for change in changes
    ]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}, separators=(",", ":")).encode()


def signature(secret: str, body: bytes) -> str:
    """The value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
