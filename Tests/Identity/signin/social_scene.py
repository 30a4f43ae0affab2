"""Scenes whose tenants sign in with providers of a test's own, and what became of an event that was told there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from harness.configuration import Tenant, acme, globex
from harness.hub import Hub
from harness.ports import free_port
from signin import jose
from signin.browser import TIMEOUT
from signin.configuration import SignInConfiguration
from signin.hostile_provider import Issuer
from signin.ledger import Entry, Ledger, Standing
from signin.provider_server import HostileProvider
from signin.scene import Scene
from signin.social import GOOGLE, Apple, Facebook


@dataclass
class Told:
    """An event as it was posted to the hub, and what was seen of it."""

    response: requests.Response
    entries: list[Entry]
    before: Standing
    after: Standing

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def audit(self) -> list[tuple[str, str | None]]:
        return [(entry.kind, entry.reason) for entry in self.entries]


def code(reason: str | None) -> str:
    """`signature_wrong`, whichever way it is spelled."""
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in reason or "")


class ProviderScene(Scene):
    """A hub whose tenants sign in with providers of a test's own."""

    def __init__(self, folder: Path, tenants: list[Tenant]) -> None:
        self.folder = folder
        self.configuration = SignInConfiguration(folder / "data", free_port(), free_port(), tenants)
        self.issuers = {}
        self.hub = Hub(folder, self.configuration)
        self.ledgers = {tenant.id: Ledger(self.configuration.data, tenant.id) for tenant in tenants}
        self.stand_ins: list[Any] = []
        self.own_secrets: list[str] = []
        """What only the hub and a provider know, and no client's secret."""
        self._read_log = 0

    def close(self) -> None:
        self.hub.close()
        for stand_in in self.stand_ins:
            stand_in.close()

    def reset(self) -> None:
        for issuer in set(self.issuers.values()):
            issuer.reset()
        self.news_of_log()

    def sign_in_with(self, tenant: str, name: str, issuer: Any, **settings: Any) -> None:
        """Adds a connection."""
        self.issuers[tenant, name] = issuer
        self.configuration.connections.setdefault(tenant, {})[name] = settings

    def tell(
        self, address: str, body: bytes | str, headers: dict[str, str] | None = None, tenant: str = "acme"
    ) -> Told:
        """Posts an event, such as to `/auth/acme/google/events/risc`."""
        before = self.ledgers[tenant].standing()
        raw = body.encode() if isinstance(body, str) else body
        response = requests.post(f"{self.hub.url}{address}", data=raw, headers=headers or {}, timeout=TIMEOUT)
        return Told(response, self.ledgers[tenant].audit(before), before, self.ledgers[tenant].standing())

    def check_refused(self, told: Told, reason: str, connection: str, hidden: list[str], status: int) -> None:
        """4xx, one line in the audit, nothing done, and nothing secret to be seen."""
        assert told.status == status, f"{told.status} {told.audit} {told.response.text[:300]}"
        seen = [(entry.kind, code(entry.reason), entry.connection) for entry in told.entries]
        assert seen == [("provider_event.refused", reason, connection)]
        assert told.after.counts == told.before.counts
        self.check_nothing_of(hidden, told.response)

    def check_nothing_of(self, hidden: list[str], response: requests.Response) -> None:
        """Neither of these texts nor of what the hub keeps secret."""
        texts = [text for text in [*hidden, *self.own_secrets, *self.configuration.hidden.values()] if len(text) >= 8]
        seen = {"answer": f"{response.text} {response.headers}", "log": self.news_of_log(), "metrics": self.metrics()}
        for where, text in seen.items():
            assert [one for one in texts if one in text] == [], f"in the {where}"


def initech() -> Tenant:
    """A third tenant, who shares nothing with the two of the sample."""
    return Tenant("initech", "desk", "106540352242944", "102290129340400")


class SocialScene(ProviderScene):
    """`google` at acme and globex is one app of the operator; all else is a tenant's own.

    At acme also `own` (Google, another client), `apple` and `facebook`; at globex `facebook` with another app's id; at
    initech `google` with a client of its own, and `forged`, which names the operator's client and keys of its own.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, [acme(), globex(), initech()])
        self.openid = HostileProvider()
        url = self.openid.stand_in.url
        self.google = self._issuer("google", Issuer(f"{url}/google", jose.rsa_key(), GOOGLE))
        self.elsewhere = self._issuer("elsewhere", Issuer(f"{url}/elsewhere", jose.rsa_key(), GOOGLE))
        self.apple = self._issuer("apple", Apple(f"{url}/apple"))
        self.facebook = Facebook()
        self.stand_ins += [self.openid, self.facebook]
        shared = self._google(self.google, "shared")
        self.configuration.more_apps["google-main"] = shared
        for tenant in ("acme", "globex"):
            self.sign_in_with(tenant, "google", self.google, adapter="google", app="google-main", join="agent")
        self.sign_in_with("acme", "own", self.google, **self._google(self.google, "own"), join="agent")
        self.sign_in_with("initech", "google", self.google, **self._google(self.google, "initech"), join="agent")
        self.sign_in_with("initech", "forged", self.elsewhere, **self._google(self.elsewhere, "shared"), join="agent")
        self.apple.clients["com.acme.signin"] = ""
        self.own_secrets.append(self.apple.private_key.splitlines()[1])
        self.sign_in_with("acme", "apple", self.apple, **self._apple(), join="agent")
        for tenant, app in (("acme", "1066000000000001"), ("globex", "1066000000000002")):
            self.sign_in_with(tenant, "facebook", self.facebook, **self._facebook(app), join="agent")

    def _issuer(self, name: str, issuer: Any) -> Any:
        self.openid.issuers[name] = issuer
        return issuer

    def _secret(self, issuer: Any, client: str) -> str:
        reference = self.configuration.hide()
        issuer.clients[client] = list(self.configuration.hidden.values())[-1]
        return reference

    def _google(self, issuer: Issuer, client: str) -> dict[str, Any]:
        client = f"{client}.apps.googleusercontent.com"
        return {
            "adapter": "google",
            "client_id": client,
            "client_secret": self._secret(issuer, client),
            "authorization_url": f"{issuer.url}/authorize",
            "token_url": f"{issuer.url}/token",
            "keys_url": f"{issuer.url}/keys",
            "revocation_url": f"{issuer.url}/revoke",
        }

    def _apple(self) -> dict[str, Any]:
        return {
            "adapter": "apple",
            "client_id": "com.acme.signin",
            "team_id": self.apple.team,
            "key_id": self.apple.key_id,
            "private_key": self.configuration.hide(self.apple.private_key),
            "authorization_url": f"{self.apple.url}/authorize",
            "token_url": f"{self.apple.url}/token",
            "keys_url": f"{self.apple.url}/keys",
            "revocation_url": f"{self.apple.url}/revoke",
        }

    def _facebook(self, app: str) -> dict[str, Any]:
        url = self.facebook.stand_in.url
        secret = self._secret(self.facebook, app)
        return {"adapter": "facebook", "client_id": app, "client_secret": secret, "dialog_url": url, "graph_url": url}
