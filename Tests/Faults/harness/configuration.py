"""A tenants.yaml for one test, and the environment that holds its secrets."""

import base64
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SCOPES = [
    "messages.send",
    "messages.read",
    "contacts.read",
    "events.read",
    "deliveries.manage",
    "channels.read",
    "channels.manage",
]
EVENTS = ["message.received", "message.status", "message.failed"]


def webhook_secret() -> str:
    """A fresh Standard Webhooks secret."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass
class Tenant:
    """One customer of the hub: one WhatsApp number, one business system, one key for the API."""

    id: str
    channel: str
    phone_number_id: str
    business_account_id: str
    system_url: str = ""
    system_secrets: list[str] = field(default_factory=lambda: [webhook_secret()])
    timeout_seconds: int = 5
    events: list[str] = field(default_factory=lambda: list(EVENTS))
    messages_per_second: int = 200
    api_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    access_token: str = field(default_factory=lambda: "EAAG" + secrets.token_hex(32))
    more_channels: dict[str, str] = field(default_factory=dict)
    events_of_no_channel: list[str] = field(default_factory=list)
    """What is not of one channel, such as contacts, comes by a route of its own."""
    check_window: bool = False
    """Off, as most tests send to people who never wrote."""

    def variable(self, name: str) -> str:
        return f"{self.id}_{name}".upper().replace("-", "_")


def acme() -> Tenant:
    """The first tenant of the sample."""
    return Tenant("acme", "support", "106540352242922", "102290129340398")


def globex() -> Tenant:
    """The second tenant of the sample."""
    return Tenant("globex", "care", "106540352242933", "102290129340399")


@dataclass
class Configuration:
    """All that a hub is started with. Secrets stand in `environment`, as in production."""

    data: Path
    port: int
    operator_port: int
    tenants: list[Tenant]
    graph_url: str = "http://127.0.0.1:9"
    app_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verify_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def environment(self) -> dict[str, str]:
        values = {"META_APP_SECRET": self.app_secret, "META_VERIFY_TOKEN": self.verify_token}
        for tenant in self.tenants:
            values[tenant.variable("API_KEY")] = tenant.api_key
            values[tenant.variable("WHATSAPP_TOKEN")] = tenant.access_token
            for number, secret in enumerate(tenant.system_secrets):
                values[tenant.variable(f"CRM_SECRET_{number}")] = secret
        return values

    def tree(self) -> dict[str, Any]:
        """The configuration as it stands in YAML."""
        return {
            "version": 1,
            "hub": {
                "listen": f"127.0.0.1:{self.port}",
                "operator_listen": f"127.0.0.1:{self.operator_port}",
                "public_url": f"http://127.0.0.1:{self.port}",
                "allow_private_hosts": ["127.0.0.1"],
                "data": str(self.data),
                "master_key": "${file:" + str(self.master_key_path) + "}",
            },
            "apps": {
                "meta-main": {
                    "adapter": "whatsapp-cloud",
                    "app_secret": "${env:META_APP_SECRET}",
                    "verify_token": "${env:META_VERIFY_TOKEN}",
                }
            },
            "tenants": {tenant.id: self._tenant(tenant) for tenant in self.tenants},
        }

    def _tenant(self, tenant: Tenant) -> dict[str, Any]:
        numbers = {tenant.channel: tenant.phone_number_id, **tenant.more_channels}
        tree: dict[str, Any] = {
            "name": tenant.id.capitalize(),
            "api_keys": {"crm": {"key": "${env:" + tenant.variable("API_KEY") + "}", "scopes": SCOPES}},
            "channels": {name: self._channel(tenant, number) for name, number in numbers.items()},
        }
        if tenant.system_url:
            references = [
                "${env:" + tenant.variable(f"CRM_SECRET_{n}") + "}" for n in range(len(tenant.system_secrets))
            ]
            tree["systems"] = {
                "crm": {
                    "adapter": "webhook",
                    "url": tenant.system_url,
                    "secret": references[0] if len(references) == 1 else references,
                    "timeout_seconds": tenant.timeout_seconds,
                }
            }
            tree["routes"] = [{"from": name, "to": "crm", "events": tenant.events} for name in numbers]
            if tenant.events_of_no_channel:
                tree["routes"].append({"to": "crm", "events": tenant.events_of_no_channel})
        return tree

    def _channel(self, tenant: Tenant, phone_number_id: str) -> dict[str, Any]:
        return {
            "adapter": "whatsapp-cloud",
            "app": "meta-main",
            "phone_number_id": phone_number_id,
            "business_account_id": tenant.business_account_id,
            "access_token": "${env:" + tenant.variable("WHATSAPP_TOKEN") + "}",
            "graph_url": self.graph_url,
            "check_window": tenant.check_window,
            "messages_per_second": tenant.messages_per_second,
        }

    @property
    def master_key_path(self) -> Path:
        """Beside the data folder, so that a search of all data cannot find the key itself. The hub makes it."""
        return self.data.parent / "master.key"

    def write(self, path: Path) -> None:
        path.write_text(yaml.safe_dump(self.tree(), sort_keys=False), encoding="utf-8")
