"""A tenants.yaml with sign-in, and the environment that holds its secrets."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from harness.configuration import Configuration


@dataclass
class SignInConfiguration(Configuration):
    """What the other suites start a hub with, and ways to sign in."""

    connections: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """By tenant and name."""
    services: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """Business systems that people connect, by tenant and name."""
    more_apps: dict[str, dict[str, Any]] = field(default_factory=dict)
    routes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    """Secrets by the name of their variable."""
    public_url: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | self.hidden

    def hide(self, secret: str | None = None) -> str:
        """Keeps a secret in the environment; returns what stands in the file for it."""
        name = f"HIDDEN_{len(self.hidden)}"
        self.hidden[name] = secret or secrets.token_urlsafe(24)
        return "${env:" + name + "}"

    def tree(self) -> dict[str, Any]:
        tree = super().tree()
        tree["hub"]["allow_private_hosts"] = ["127.0.0.1", "localhost"]
        if self.public_url:
            tree["hub"]["public_url"] = self.public_url
        tree["apps"] |= self.more_apps
        for tenant, named in self.connections.items():
            tree["tenants"][tenant]["sign_in"] = named
        for tenant, named in self.services.items():
            tree["tenants"][tenant].setdefault("systems", {}).update(named)
        for tenant, routes in self.routes.items():
            tree["tenants"][tenant].setdefault("routes", []).extend(routes)
        return tree
