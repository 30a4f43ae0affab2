"""People who are known already sign in: as many browsers at once as `BROWSERS` says, each on a connection that is kept.

The two requests of a sign-in are measured one after the other. Starts first, whose answers are kept; then the
provider's codes and ID tokens are made for them, as each has to repeat its start's nonce, and no signing is in the
measure; then the callbacks, in which the hub exchanges the code, proves the token, and writes session and audit.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from harness.configuration import Tenant
from harness.hub import Hub
from harness.ports import free_port
from load import measures, processor, requests, scene, wrk
from load.measures import Effort, Row
from signin import jose
from signin.browser import Browser, Callback
from signin.configuration import SignInConfiguration
from signin.hostile_provider import Grant, Issuer, Person
from signin.ledger import Ledger

BROWSERS = (2, 8)
CONNECTION = "staff"
# Enough that nobody gets to the 100 sessions of which the hub ends the oldest.
PEOPLE = 50
# Starts of a tenant that are open at once: as many as come in the seconds that people are at the provider. The more
# there are, the longer a start takes; of more than 10,000 the hub closes the oldest.
MOST_OPEN = 4_500
# Those starts last for a short round only: there is one for every so many seconds of a usual round.
SECONDS_FOR_ONE = 5


@dataclass(frozen=True)
class Round:
    """Starts and callbacks of one tenant."""

    begun: wrk.Measured
    ended: wrk.Measured
    processor: dict[str, float]
    """Cores while the callbacks ran."""


@dataclass
class Stage:
    """The hub, its provider, and a tenant for each round."""

    hub: Hub
    issuer: Issuer
    provider: int
    """The process."""
    folder: Path
    people: list[Person] = field(default_factory=lambda: [Person() for _ in range(PEOPLE)])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.hub.configuration.port}"

    def consent(self, addresses: Iterable[str]) -> list[Callback]:
        """What the provider does: for each address that a browser was sent to the way back, with a code."""
        ways, replies = [], {}
        for number, address in enumerate(addresses):
            asked = dict(parse_qsl(urlsplit(address).query))
            if not address.startswith(f"{self.issuer.url}/authorize?"):
                raise RuntimeError(f"a start ended at {address[:200]!r}")
            code, access = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
            person = self.people[number % PEOPLE]
            grant = Grant(asked["client_id"], asked["redirect_uri"], person, asked["nonce"], None, asked["scope"])
            replies[code] = {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": 3600,
                "scope": grant.scope,
                "id_token": self.issuer.draft(grant, access, code).signed(),
            }
            ways.append(Callback(grant.redirect_uri, [("code", code), ("state", asked["state"])]))
        scene.put_json(f"{self.issuer.url}/_codes", replies)
        return ways

    def introduce(self, tenant: Tenant) -> None:
        """The first sign-in of everybody; from then on the tenant knows them, and the provider's metadata and keys."""
        browsers = [Browser(self.hub.url, tenant.id) for _ in self.people]
        ways = self.consent([browser.start(CONNECTION).url for browser in browsers])
        for browser, way in zip(browsers, ways, strict=True):
            browser.call_back(way)
            if not browser.session_cookie:
                raise RuntimeError(f"a first sign-in ended with {browser.trail[-1].status_code}")

    def measure(self, tenant: Tenant, browsers: int, most: float, known: Round | None) -> Round:
        """A round of at most so many seconds, as long as there are starts for it by the rates that are known; the first
        is short and knows none."""
        self.introduce(tenant)
        seconds = min(most, MOST_OPEN / known.begun.per_second) if known else 1
        begun, starts = self.begin(tenant, browsers, _whole(seconds))
        # With some to spare, as a round may be quicker than the first was.
        seconds = min(most, 0.6 * len(starts) / known.ended.per_second) if known else 1
        ended, used = self.end(tenant, browsers, _whole(seconds), starts)
        return Round(begun, ended, used)

    def begin(self, tenant: Tenant, browsers: int, seconds: int) -> tuple[wrk.Measured, list[tuple[str, str]]]:
        """Also of each start the address at the provider, and the cookie."""
        visitor, prefix, kept = Browser(self.hub.url, tenant.id), self.folder / "starts", self.folder / "started"
        form = visitor.sign_in_page().form_to(f"/{CONNECTION}/start")
        path = urlsplit(form.action).path
        made = requests.starts(self.host, path, _header(visitor.cookies()), form.fields, visitor.agent, 1_000)
        wrk.write_requests(prefix, made)
        measured = wrk.run(self.hub.url, prefix, seconds, over_again=True, connections=browsers, keep=kept)
        starts = [(address, cookie.partition(";")[0]) for address, cookie in wrk.read_answers(kept)]
        wrk.remove_requests(kept)
        return measured, starts

    def end(
        self, tenant: Tenant, browsers: int, seconds: int, starts: list[tuple[str, str]]
    ) -> tuple[wrk.Measured, dict[str, float]]:
        """Also the cores that were used. Every callback that was answered has to stand in the audit as a sign-in."""
        ledger, prefix = Ledger(self.hub.data, tenant.id), self.folder / "callbacks"
        ways = self.consent(address for address, _ in starts)
        made = (
            requests.callback(self.host, f"{urlsplit(way.url).path}?{urlencode(way.pairs)}", cookie, Browser.agent)
            for way, (_, cookie) in zip(ways, starts, strict=True)
        )
        wrk.write_requests(prefix, made)
        before = ledger.standing()
        assert self.hub.process is not None
        with processor.shares({"hub": self.hub.process.pid, "provider": self.provider}) as used:
            measured = wrk.run(self.hub.url, prefix, seconds, connections=browsers)
        wrk.remove_requests(prefix)
        done = sum(entry.kind == "sign_in.done" for entry in ledger.audit(before))
        # What was on its way when wrk stopped may have been done, too, without its answer being counted.
        if not measured.answered <= done <= measured.answered + browsers:
            raise RuntimeError(f"{measured.answered} callbacks were answered, {done} sign-ins are in the audit")
        return measured, used


def measure(folder: Path, effort: Effort) -> tuple[list[Row], dict[str, dict[str, float]]]:
    """The floor by the same client, then the rounds; also whose the processor was."""
    rows, shares = [], {}
    count = effort.rounds * max(1, int(effort.seconds / SECONDS_FOR_ONE))
    tenants = scene.many_tenants(len(BROWSERS) * (count + 1))
    with _stage(folder, tenants) as stage:
        turns = iter(tenants)
        for browsers in BROWSERS:
            floor = measures.floor(folder, effort, browsers)
            first = stage.measure(next(turns), browsers, effort.seconds, None)
            rounds = [stage.measure(next(turns), browsers, effort.seconds, first) for _ in range(count)]
            begun = measures.median([round.begun for round in rounds])
            ended = measures.median([round.ended for round in rounds])
            # One after the other, as each browser does them.
            both = 1 / (1 / begun.per_second + 1 / ended.per_second)
            what = f"{browsers} browsers at once"
            rows += [
                floor,
                Row(f"sign_ins_{browsers}", f"(g) sign-ins of people who are known, {what}", both, floor=floor.key),
                _row(f"starts_{browsers}", "(g) of that the starts", begun, floor),
                _row(f"callbacks_{browsers}", "(g) of that the callbacks", ended, floor),
            ]
            shares[f"(g) callbacks, {what}"] = next(round.processor for round in rounds if round.ended is ended)
    return rows, shares


@contextmanager
def _stage(folder: Path, tenants: list[Tenant]) -> Iterator[Stage]:
    port, place = free_port(), folder / "sign-ins"
    issuer = Issuer(f"http://127.0.0.1:{port}", jose.rsa_key())
    issuer.has_userinfo = False
    configuration = SignInConfiguration(place / "data", free_port(), free_port(), tenants)
    for tenant in tenants:
        client, reference = f"{tenant.id}-client", configuration.hide()
        issuer.clients[client] = list(configuration.hidden.values())[-1]
        configuration.connections[tenant.id] = {
            CONNECTION: {
                "adapter": "oidc",
                "issuer": issuer.url,
                "client_id": client,
                "client_secret": reference,
                "join": "agent",
            }
        }
    with (
        scene.provider(folder / "provider.log", port) as process,
        scene.configured(place, configuration) as hub,
    ):
        documents = {"/.well-known/openid-configuration": issuer.metadata(), "/keys": issuer.key_set().body}
        scene.put_json(f"{issuer.url}/_documents", documents)
        yield Stage(hub, issuer, process.pid, folder)
        told = scene.get_json(f"{issuer.url}/")
        if told["unknown"]:
            raise RuntimeError(f"the provider was asked for {told['unknown']} codes that it gave nobody")


def _whole(seconds: float) -> int:
    """wrk takes nothing else."""
    return max(1, int(seconds))


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _row(key: str, what: str, measured: wrk.Measured, floor: Row) -> Row:
    return Row(key, what, measured.per_second, measured.p50, measured.p99, floor.key)
