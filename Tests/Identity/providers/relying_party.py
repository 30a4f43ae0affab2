"""A hub that signs people in with real providers, and the two ways in which that can end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from harness.configuration import acme
from harness.hub import Hub
from harness.ports import free_port
from harness.waiting import eventually
from providers.process import ProviderProcess
from signin.browser import REDIRECTS, Browser, Callback, Start
from signin.configuration import SignInConfiguration
from signin.hostile_provider import Person
from signin.ledger import Entry, Ledger
from signin.people import Member
from signin.scene import REFUSED, SIGNED_IN, is_refusal

TENANT = "acme"


@dataclass
class Arrival:
    """A sign-in as far as it came."""

    browser: Browser
    person: Person
    start: Start
    callback: Callback
    response: requests.Response
    entries: list[Entry] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[str, str | None]]:
        return [(entry.kind, entry.reason) for entry in self.entries]

    @property
    def person_id(self) -> int:
        """Who it was to the hub."""
        found = [entry.person for entry in self.entries if entry.kind == SIGNED_IN]
        assert len(found) == 1 and found[0] is not None, self.told
        return found[0]


class RelyingParty:
    """The tenant acme, with as many connections as a test file wants. Each knows its provider."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.configuration = SignInConfiguration(folder / "data", free_port(), free_port(), [acme()])
        self.hub = Hub(folder, self.configuration)
        self.ledger = Ledger(self.configuration.data, TENANT)
        self.providers: dict[str, ProviderProcess] = {}

    def redirect(self, connection: str) -> str:
        """What is registered at the provider, letter by letter."""
        return f"{self.hub.url}/auth/{TENANT}/{connection}/callback"

    def connect(self, name: str, provider: ProviderProcess, secret: str | None = None, **settings: Any) -> None:
        """Adds a connection; of the adapter `oidc`, with the provider's metadata, if nothing else is said."""
        self.providers[name] = provider
        usual = {"adapter": "oidc", "issuer": provider.issuer} if "adapter" not in settings else {}
        if secret:
            usual["client_secret"] = self.configuration.hide(secret)
        self.configuration.connections.setdefault(TENANT, {})[name] = usual | settings

    def start(self) -> None:
        self.hub.start()
        eventually(self.ledger.exists, "the tenant's store is there")

    def close(self) -> None:
        self.hub.close()

    def browser(self) -> Browser:
        return Browser(self.hub.url, TENANT)

    # Sign-in.

    def arrive(
        self,
        connection: str,
        person: Person,
        browser: Browser | None = None,
        allow: bool = True,
        start: Start | None = None,
        before_return: Callable[[], None] | None = None,
        tamper: Callable[[Callback], Callback] | None = None,
    ) -> Arrival:
        """There and back. `start` is a way there that was begun already, `tamper` changes what is carried back."""
        browser = browser or self.browser()
        start = start or browser.start(connection)
        callback = self.providers[connection].consent(start.url, person, allow)
        if before_return:
            before_return()
        callback = tamper(callback) if tamper else callback
        before = self.ledger.standing()
        response = browser.call_back(callback)
        return Arrival(browser, person, start, callback, response, self.ledger.audit(before))

    def lets_in(self, connection: str, person: Person, new: bool, **more: Any) -> Arrival:
        """Somebody signs in; `new` says whether the hub did not know them."""
        before = self.ledger.standing()
        arrival = self.arrive(connection, person, **more)
        assert arrival.response.status_code in REDIRECTS, f"{arrival.told} {arrival.response.text[:500]}"
        assert arrival.browser.session_cookie, "no session began"
        after = self.ledger.standing()
        assert after.of("people") - before.of("people") == int(new)
        assert after.of("sessions") == before.of("sessions") + 1
        assert arrival.person_id
        return arrival

    def turns_away(self, reason: str, connection: str, person: Person, **more: Any) -> Arrival:
        """Nobody is signed in or made, and the audit says why."""
        before = self.ledger.standing()
        arrival = self.arrive(connection, person, **more)
        assert is_refusal(arrival.response), f"{arrival.response.status_code}: {arrival.response.text[:500]}"
        assert arrival.browser.session_cookie is None, "a session began"
        assert arrival.told == [(REFUSED, reason)]
        assert self.ledger.standing().counts == before.counts, "something was made before the refusal"
        return arrival

    def member(self, arrival: Arrival) -> Member:
        """Whoever signed in, at the hub's pages. These ask a scene for no more than its hub."""
        return Member(self, arrival.browser, arrival.person)  # type: ignore[arg-type]
