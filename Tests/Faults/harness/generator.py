"""Random webhooks of every kind, from a seed: what a provider might send to two tenants in an hour."""

import random
from typing import Any

from harness import payloads
from harness.configuration import Tenant
from harness.payloads import Change

START = 1_790_000_000
PEOPLE = 5
STATUSES = ["sent", "delivered", "read", "played"]
CONTENT: list[dict[str, Any]] = [
    {"type": "text", "text": {"body": "Grüße 👋"}},
    {"type": "text", "text": {"body": "seen it"}, "context": {"forwarded": True}},
    {"type": "image", "image": {"id": "1796654838423892", "mime_type": "image/jpeg", "sha256": "AA==", "caption": "1"}},
    {"type": "audio", "audio": {"id": "1796654838423893", "mime_type": "audio/ogg", "sha256": "AA==", "voice": True}},
    {"type": "document", "document": {"id": "1796654838423894", "mime_type": "application/pdf", "filename": "a.pdf"}},
    {"type": "sticker", "sticker": {"id": "1796654838423895", "mime_type": "image/webp", "animated": True}},
    {"type": "location", "location": {"latitude": 37.44, "longitude": -122.16, "name": "Philz"}},
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "Grace"}, "phones": [{"phone": "+12125550142"}]}]},
    {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}},
    {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "tue", "title": "Tuesday"}}},
    {"type": "button", "button": {"payload": "stop", "text": "Stop"}},
    {"type": "order", "order": {"catalog_id": "1", "product_items": [{"product_retailer_id": "a", "quantity": 2}]}},
    {"type": "request_welcome"},
    {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}]},
    {"type": "hologram", "hologram": {"depth": 3}},
]
FIELDS: list[tuple[str, dict[str, Any]]] = [
    ("account_alerts", {"entity_type": "WABA", "alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}),
    ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}}),
    ("security", {"event": "PIN_CHANGED", "display_phone_number": "15550783881"}),
    ("phone_number_quality_update", {"display_phone_number": "15550783881", "event": "FLAGGED"}),
    ("business_capability_update", {"max_daily_conversation_per_phone": 1000}),
    ("moon_phase_update", {"phase": "full"}),
]
TEMPLATE_EVENTS = ["PENDING", "APPROVED", "REJECTED", "PAUSED", "FLAGGED", "DISABLED"]


class Generator:
    """Each call gives one change; times only grow, a second each, so that no two are told at once."""

    def __init__(self, seed: int, tenants: list[Tenant]) -> None:
        self.chance = random.Random(f"{seed}-webhooks")
        self.tenants = tenants
        self.now = START
        self.written: dict[str, list[tuple[str, str]]] = {tenant.id: [] for tenant in tenants}
        self.moved = 0

    def posts(self, count: int) -> list[list[Change]]:
        """Bodies of one to six changes, of one tenant or of both; some changes stand in two bodies."""
        made: list[list[Change]] = []
        for _ in range(count):
            body = [self.change() for _ in range(self.chance.randint(1, 6))]
            if made and self.chance.random() < 0.2:
                body.insert(0, self.chance.choice(self.chance.choice(made)))
            made.append(body)
        return made

    def change(self) -> Change:
        self.now += 1
        tenant = self.chance.choice(self.tenants)
        kinds = {
            **{self._message: 10, self._reaction: 2, self._status: 3, self._field: 2},
            **{self._template: 2, self._preference: 2, self._number: 1},
        }
        return self.chance.choices(list(kinds), weights=list(kinds.values()))[0](tenant)

    def _people(self, tenant: Tenant) -> list[str]:
        return [f"165055{self.tenants.index(tenant)}{number:04}" for number in range(PEOPLE)]

    def _phone(self, tenant: Tenant) -> str:
        return self.chance.choice(self._people(tenant))

    def _value(self, tenant: Tenant, field: str, value: dict[str, Any], number: bool = True) -> Change:
        metadata = {"display_phone_number": "15550783881", "phone_number_id": tenant.phone_number_id}
        head = {"messaging_product": "whatsapp", "metadata": metadata} if number else {}
        return {"account": tenant.business_account_id, "field": field, "time": self.now, "value": head | value}

    def _inbound(self, tenant: Tenant, content: dict[str, Any], phone: str | None = None) -> Change:
        phone = phone or self._phone(tenant)
        id = payloads.wamid(phone, self.chance.randbytes(15))
        message = {"from": phone, "id": id, "timestamp": str(self.now), **content}
        # Some people have an id beside their number, and some of their webhooks come without it.
        contact: dict[str, Any] = {"profile": {"name": f"Person {phone[-4:]}"}, "wa_id": phone}
        if self.chance.random() < 0.5:
            contact["user_id"] = message["from_user_id"] = f"US.{phone}"
        self.written[tenant.id].append((id, phone))
        return self._value(tenant, "messages", {"contacts": [contact], "messages": [message]})

    def _message(self, tenant: Tenant) -> Change:
        return self._inbound(tenant, self.chance.choice(CONTENT))

    def _reaction(self, tenant: Tenant) -> Change:
        if not self.written[tenant.id]:
            return self._message(tenant)
        id, phone = self.chance.choice(self.written[tenant.id])
        reaction = {"message_id": id} | ({"emoji": "👍"} if self.chance.random() < 0.7 else {})
        return self._inbound(tenant, {"type": "reaction", "reaction": reaction}, phone)

    def _status(self, tenant: Tenant) -> Change:
        """Of messages that the hub knows and of some that it does not."""
        id, phone = self.chance.choice(self.written[tenant.id] or [(payloads.wamid("16505550000", bytes(15)), "1")])
        status = {"id": id, "status": self.chance.choice(STATUSES), "timestamp": str(self.now), "recipient_id": phone}
        return self._value(tenant, "messages", {"statuses": [status]})

    def _field(self, tenant: Tenant) -> Change:
        field, value = self.chance.choice(FIELDS)
        return self._value(tenant, field, value, number=False)

    def _template(self, tenant: Tenant) -> Change:
        number = self.chance.randrange(3)
        value = {"message_template_id": 1000 + number, "message_template_name": f"template_{number}"}
        value |= {"event": self.chance.choice(TEMPLATE_EVENTS), "reason": "NONE", "message_template_language": "en_US"}
        return self._value(tenant, "message_template_status_update", value, number=False)

    def _preference(self, tenant: Tenant) -> Change:
        phone = self._phone(tenant)
        entry = {"wa_id": phone, "category": "marketing_messages", "timestamp": self.now, "detail": "asked"}
        entry["value"] = self.chance.choice(["stop", "resume"])
        return self._value(tenant, "user_preferences", {"contacts": [{"wa_id": phone}], "user_preferences": [entry]})

    def _number(self, tenant: Tenant) -> Change:
        """Somebody who has never said anything else moves to a number that nobody has had: what a number means changes
        with it, so that other webhooks about it would mean another person when they come again."""
        self.moved += 1
        phone, new = f"165057{self.moved:05}", f"165056{self.moved:05}"
        system = {"type": "user_changed_number", "wa_id": new, "body": f"User A changed from {phone} to {new}"}
        return self._inbound(tenant, {"type": "system", "system": system}, phone)
