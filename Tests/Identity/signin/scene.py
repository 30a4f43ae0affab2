"""A hub with sign-in, the hostile provider, and the one question that the catalogue asks of every row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from harness.configuration import acme, globex
from harness.hub import Hub
from harness.ports import free_port
from harness.waiting import eventually
from signin import jose
from signin.browser import TIMEOUT, Browser, Callback, Start
from signin.configuration import SignInConfiguration
from signin.hostile_provider import Issuer, Mischief
from signin.ledger import Entry, Ledger
from signin.provider_server import HostileProvider

SPARES = 64
REFUSED = "sign_in.refused"
SIGNED_IN = "sign_in.done"


def is_refusal(response: requests.Response) -> bool:
    """4xx, or back to the sign-in page with a notice, for what a person can simply try again."""
    back = response.status_code == 303 and "?notice=" in response.headers.get("Location", "")
    return back or 400 <= response.status_code < 500


@dataclass
class Attempt:
    """A sign-in that was tried, with all that was seen of it."""

    browser: Browser
    connection: str
    issuer: Issuer
    start: Start | None = None
    callback: Callback | None = None
    response: requests.Response | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def status(self) -> int:
        assert self.response is not None
        return self.response.status_code


class Scene:
    """Two tenants. At acme: `staff`, `other` and `elliptic` (three issuers), `closed` (only who was invited), and spare connections,
    each with an issuer of its own that nobody asked for keys yet. At globex: `staff`, another client of acme's issuer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.provider = HostileProvider()
        self.configuration = SignInConfiguration(folder / "data", free_port(), free_port(), [acme(), globex()])
        self.issuers: dict[tuple[str, str], Issuer] = {}
        main = self.provider.issuer("main")
        self.connect("acme", "staff", main, join="agent")
        self.connect("acme", "other", self.provider.issuer("other"), join="viewer")
        self.connect("acme", "elliptic", self.provider.issuer("elliptic", key=jose.ec_key()), join="agent", algorithms=["ES256"])
        self.connect("acme", "closed", main)
        self.connect("globex", "staff", main, join="agent")
        self._spares = [f"spare{number:02}" for number in range(SPARES)]
        for name in self._spares:
            self.connect("acme", name, self.provider.issuer(name), join="agent")
        self.hub = Hub(folder, self.configuration)
        self.ledgers = {tenant: Ledger(self.configuration.data, tenant) for tenant in ("acme", "globex")}
        self._read_log = 0

    @property
    def main(self) -> Issuer:
        return self.issuers["acme", "staff"]

    def connect(self, tenant: str, name: str, issuer: Issuer, **settings: Any) -> None:
        """Adds a connection of the adapter `oidc`, as a client of its own."""
        id = f"{tenant}-{name}-client"
        reference = self.configuration.hide()
        issuer.clients[id] = list(self.configuration.hidden.values())[-1]
        self.issuers[tenant, name] = issuer
        self.configuration.connections.setdefault(tenant, {})[name] = {
            "adapter": "oidc",
            "issuer": issuer.issuer,
            "client_id": id,
            "client_secret": reference,
        } | settings

    def client_id(self, tenant: str, connection: str) -> str:
        return self.configuration.connections[tenant][connection]["client_id"]

    def start(self) -> "Scene":
        self.hub.start()
        for ledger in self.ledgers.values():
            eventually(ledger.exists, "the tenant's store is there")
        return self

    def close(self) -> None:
        self.hub.close()
        self.provider.close()

    def reset(self) -> None:
        """Before every test: nothing is spoiled, everybody is somebody new."""
        for issuer in self.provider.issuers.values():
            issuer.reset()
        self.provider.strays.clear()

    def spare(self) -> str:
        """The name of a connection that nobody used yet."""
        assert self._spares, "no spare connection is left: raise SPARES"
        return self._spares.pop()

    def browser(self, tenant: str = "acme") -> Browser:
        return Browser(self.hub.url, tenant)

    # The question.

    def attempt(
        self,
        connection: str = "staff",
        tenant: str = "acme",
        browser: Browser | None = None,
        tamper: Callable[[Attempt], None] | None = None,
        **mischief: Any,
    ) -> Attempt:
        """A sign-in up to the hub's answer. `tamper` may change the callback, or anything else, before it goes out."""
        issuer = self.issuers[tenant, connection]
        issuer.mischief = Mischief(**mischief)
        tried = Attempt(browser or self.browser(tenant), connection, issuer)
        tried.start = tried.browser.start(connection)
        tried.callback = tried.browser.authorize(tried.start)
        if tamper:
            tamper(tried)
        before = self.ledgers[tenant].standing()
        tried.response = tried.browser.call_back(tried.callback)
        tried.entries = self.ledgers[tenant].audit(before)
        return tried

    def refuses(
        self,
        reason: str,
        connection: str = "staff",
        tenant: str = "acme",
        spends: bool = True,
        good: Callable[[Start], Callback] | None = None,
        **more: Any,
    ) -> Attempt:
        """A sign-in that has to come to nothing: 4xx, no session, nobody made, one line in the audit with this reason,
        the transaction spent, and nothing secret in what can be seen."""
        before = self.ledgers[tenant].standing()
        tried = self.attempt(connection, tenant, **more)
        self.check_refusal(tried, reason, tenant)
        after = self.ledgers[tenant].standing()
        assert after.counts == before.counts, "something was made before the refusal"
        if spends:
            self.check_spent(tried, tenant)
        return tried

    def check_refusal(self, tried: Attempt, reason: str, tenant: str = "acme") -> None:
        assert tried.response is not None
        assert is_refusal(tried.response), f"{tried.status}: {tried.response.text[:500]}"
        assert tried.browser.session_cookie is None, "a session began"
        told = [(entry.kind, entry.reason, entry.connection) for entry in tried.entries]
        assert told == [(REFUSED, reason, tried.connection)]
        self.check_silence(tried)

    def check_spent(self, tried: Attempt, tenant: str = "acme") -> None:
        """The same way back again, with what the provider would have said at first: too late."""
        assert tried.callback is not None and tried.start is not None
        tried.issuer.mischief = Mischief()
        asked = tried.issuer.counts["token"]
        again = Callback(tried.start.parameters["redirect_uri"], [("code", "code-x"), ("state", tried.start.state)])
        again.method = "post" if tried.issuer.form_post else "get"
        before = self.ledgers[tenant].standing()
        answer = tried.browser.call_back(again)
        assert 400 <= answer.status_code < 500, answer.status_code
        assert [entry.reason for entry in self.ledgers[tenant].audit(before)] == ["state_replayed"]
        assert tried.browser.session_cookie is None
        assert tried.issuer.counts["token"] == asked, "a spent transaction asked the provider"

    def accepts(self, connection: str = "staff", tenant: str = "acme", new: bool = True, **more: Any) -> Attempt:
        """A sign-in that has to succeed: a session, and a person when it is somebody new."""
        before = self.ledgers[tenant].standing()
        tried = self.attempt(connection, tenant, **more)
        assert tried.response is not None
        told = [(entry.kind, entry.reason) for entry in tried.entries]
        assert tried.status in (302, 303), f"{tried.status} {told} {tried.issuer.problems} {tried.response.text[:500]}"
        assert tried.browser.session_cookie, "no session began"
        after = self.ledgers[tenant].standing()
        assert after.of("people") - before.of("people") == int(new)
        assert after.of("sessions") == before.of("sessions") + 1
        assert SIGNED_IN in [entry.kind for entry in tried.entries], told
        assert tried.issuer.problems == []
        self.check_silence(tried, of_person=False)
        return tried

    # What must not be seen.

    def secrets_of(self, tried: Attempt) -> list[str]:
        """All that only the hub, the provider and this browser may know."""
        assert tried.start is not None
        sent = tried.start.parameters
        hidden = [
            *tried.issuer.tokens,
            *tried.issuer.clients.values(),
            *(sent[name] for name in ("state", "nonce") if name in sent),
        ]
        # A scrap of a spoiled token, such as `a`, is in every text.
        return [secret for secret in hidden if len(secret) >= 8]

    def personal_data_of(self, tried: Attempt) -> list[str]:
        person = tried.issuer.person
        return [str(value) for value in (person.sub, person.email, person.name) if value]

    def check_silence(self, tried: Attempt, of_person: bool = True) -> None:
        assert tried.response is not None
        hidden = self.secrets_of(tried)
        personal = self.personal_data_of(tried)
        location = tried.response.headers.get("Location", "")
        seen = {"page": tried.response.text, "Location": location}
        for where, text in seen.items():
            found = [secret for secret in hidden + (personal if of_person else []) if secret in text]
            assert found == [], f"in the {where}: {found}"
        for where, text in {"log": self.news_of_log(), "metrics": self.metrics()}.items():
            found = [secret for secret in hidden + personal if secret in text]
            assert found == [], f"in the {where}: {found}"

    def news_of_log(self) -> str:
        """What the hub printed since this was asked last."""
        with self.hub.output_path.open("rb") as log:
            log.seek(self._read_log)
            news = log.read()
            self._read_log += len(news)
        return news.decode(errors="replace")

    def metrics(self) -> str:
        answer = requests.get(f"{self.hub.operator_url}/metrics", timeout=TIMEOUT)
        assert answer.status_code == 200
        return answer.text
