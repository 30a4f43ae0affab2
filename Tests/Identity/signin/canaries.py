"""The secrets and personal data of a run: collected as they pass by, and searched for wherever they could be seen."""

import base64
import html
import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

import requests

from harness.server import Handler, StandIn
from signin.browser import TIMEOUT, Browser

SHORTEST = 8
"""What is shorter stands in any text by chance."""
CUT = 24
"""So much of the beginning of a long secret is a find too: logs cut."""

READABLE = [re.compile(rb"[ -~]{%d,}" % SHORTEST), re.compile(rb"(?:[ -~]\0){%d,}" % SHORTEST)]
"""Runs of letters as they are, and in UTF-16."""


def canary(kind: str) -> str:
    """A text that stands nowhere else, and is the same in every spelling of HTML, JSON and addresses."""
    return f"{kind}{secrets.token_hex(9)}"


def forms(value: str) -> dict[str, bytes]:
    """How a text could be spelled: each form once, by its name."""
    raw = value.encode()
    spelled = quote(value, safe="")
    dumped = json.dumps(value)[1:-1]
    found = {
        "plain": raw,
        "UTF-16": value.encode("utf-16-le"),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "URL": spelled.encode(),
        "URL in lower case": re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), spelled).encode(),
        "form": quote_plus(value).encode(),
        "URL in URL": quote(spelled, safe="").encode(),
        "all of it as URL": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "JSON": dumped.encode(),
        "JSON with \\/": dumped.replace("/", "\\/").encode(),
        "HTML": html.escape(value).encode(),
        "HTML with decimals": html.escape(value).replace("&#x27;", "&#39;").encode(),
    }
    for offset in range(3):
        padded = bytes(offset) + raw
        # Without the digits that hold bits of what stands before or after.
        digits = base64.b64encode(padded)[-(-8 * offset // 6) : 8 * len(padded) // 6]
        found[f"base64 at {offset}"] = digits
        found[f"base64url at {offset}"] = digits.translate(bytes.maketrans(b"+/", b"-_"))
        found[f"base64 at {offset} as URL"] = quote(digits.decode(), safe="").encode()
    if len(value) >= 2 * CUT:
        found["cut off"] = value[:CUT].encode()
    once: dict[bytes, str] = {}
    for name, form in found.items():
        once.setdefault(form, name)
    return {name: form for form, name in once.items()}


@dataclass(frozen=True, order=True)
class Sight:
    """A canary that was seen."""

    kind: str
    form: str
    where: str


class Canaries:
    """What must not be seen, by kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._forms: dict[str, dict[str, bytes]] = {}
        self._lock = threading.Lock()

    def add(self, kind: str, *values: str | None) -> None:
        """The first kind that a value was of stays its kind."""
        with self._lock:
            for value in values:
                if value and len(value) >= SHORTEST and value not in self._kinds:
                    self._kinds[value] = kind
                    self._forms[value] = forms(value)

    def add_token(self, kind: str, token: str | None) -> None:
        """Of a signed token the parts that are nobody else's: its header is everybody's."""
        parts = (token or "").split(".")
        is_signed = len(parts) == 3 and parts[0].startswith("eyJ")
        self.add(kind, *(parts[1:] if is_signed else [token]))

    def of(self, kind: str) -> list[str]:
        return [value for value, known in self._kinds.items() if known == kind]

    @property
    def kinds(self) -> set[str]:
        return set(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def search(self, where: str, content: bytes) -> Iterator[Sight]:
        # Most of a store is sealed: what can be read in it is a small part, and nearly all forms can be read.
        parts = [(pattern, b"\n".join(pattern.findall(content))) for pattern in READABLE]
        for value, kind in self._kinds.items():
            for form, spelled in self._forms[value].items():
                text = next((part for pattern, part in parts if pattern.fullmatch(spelled)), content)
                if spelled in text:
                    yield Sight(kind, form, where)


@dataclass(frozen=True)
class Shown:
    """What may be seen, where, and why."""

    kinds: str
    where: str
    reason: str

    def covers(self, sight: Sight) -> bool:
        return bool(re.fullmatch(self.kinds, sight.kind) and re.match(self.where, sight.where))


@dataclass
class Evidence:
    """What could be seen of a run."""

    canaries: Canaries
    seen: dict[str, list[bytes]] = field(default_factory=dict)
    """By place. What is the same there is kept once, what is shown twice twice."""

    def keep(self, where: str, content: bytes | str) -> None:
        self.seen.setdefault(where, []).append(content.encode() if isinstance(content, str) else content)

    @cached_property
    def found(self) -> list[Sight]:
        places = {where: b"\n".join(dict.fromkeys(contents)) for where, contents in self.seen.items()}
        return [sight for where, content in places.items() for sight in self.canaries.search(where, content)]

    def sights(self, place: str = "") -> list[Sight]:
        """Of the places whose names begin so."""
        assert any(where.startswith(place) for where in self.seen), f"there is no {place} to search"
        return [sight for sight in self.found if sight.where.startswith(place)]


def unexplained(sights: Iterable[Sight], table: Iterable[Shown]) -> list[Sight]:
    rules = list(table)
    return sorted({sight for sight in sights if not any(rule.covers(sight) for rule in rules)})


# What passes by between the hub, its browsers and the providers.

MEMBERS = {
    "code": "code", "state": "state", "nonce": "nonce", "code_verifier": "verifier", "client_secret": "client secret",
    "access_token": "access token", "refresh_token": "refresh token", "id_token": "id token", "token": "token",
    "fb_exchange_token": "access token", "input_token": "access token", "subject_token": "token",
    "appsecret_proof": "token proof", "hmac": "callback hmac", "upload_id": "upload session",
}  # fmt: skip
"""Members of forms, queries and JSON that hold a secret."""


@dataclass
class Exchange:
    """A request that passed by, and what was answered."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: int = 0
    answer_headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b""

    def answers(self, status: int, body: Any, content_type: str = "application/json") -> "Exchange":
        """The same with another answer."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Exchange(self.method, self.path, self.headers, self.body, status, {"Content-Type": content_type}, raw)

    @property
    def sent(self) -> dict[str, str]:
        """The members of a form or of JSON."""
        return {name: value for name, value in members_of(self.body)}


def members_of(content: bytes) -> Iterator[tuple[str, str]]:
    """The texts of JSON, however deep, or the fields of a form."""
    try:
        yield from _texts(json.loads(content))
    except ValueError:
        yield from parse_qsl(content.decode(errors="replace"))


def _texts(tree: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _texts(value, key)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value, name)
    elif isinstance(tree, str):
        yield name, tree


class Wire:
    """Passes everything on to the sandbox, remembers it, and lets a test change or hold an answer.

    `answering` gets each exchange when its answer is there, and gives the one that is sent, or None for a lost one.
    """

    # Of one connection, and made anew.
    OWN = ("connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "date", "server")

    def __init__(self, target: str, canaries: Canaries) -> None:
        self.target = target
        self.canaries = canaries
        self.answering: Callable[[Exchange], Exchange | None] = lambda exchange: exchange
        self.exchanges: list[Exchange] = []
        self._stand_in = StandIn(self._handler())
        self.url = self._stand_in.url

    def calls(self, part: str) -> list[Exchange]:
        """Those whose path has this in it."""
        return [exchange for exchange in list(self.exchanges) if part in exchange.path]

    def close(self) -> None:
        self._stand_in.close()

    def _pass_on(self, exchange: Exchange) -> None:
        sent = {name: value for name, value in exchange.headers.items() if name.lower() not in self.OWN}
        answer = requests.request(
            exchange.method, self.target + exchange.path, headers={"Accept-Encoding": "identity"} | sent,
            data=exchange.body, allow_redirects=False, timeout=TIMEOUT,
        )  # fmt: skip
        exchange.status, exchange.answer = answer.status_code, answer.content
        exchange.answer_headers = {n: v for n, v in answer.headers.items() if n.lower() not in self.OWN}

    def _collect(self, exchange: Exchange) -> None:
        query = parse_qsl(urlsplit(exchange.path).query)
        location = parse_qsl(urlsplit(exchange.answer_headers.get("Location", "")).query)
        # In an answer `code` and `state` are what an error and a customer have.
        told = [(name, value) for name, value in members_of(exchange.answer) if name.endswith("token")]
        for name, value in [*query, *location, *members_of(exchange.body), *told]:
            if name in MEMBERS:
                self.canaries.add_token(MEMBERS[name], value)
        given = {name.lower(): value for name, value in exchange.headers.items()}
        self.canaries.add_token("access token", given.get("x-shopify-access-token"))
        self.canaries.add_token("access token", given.get("authorization", "").partition(" ")[2])

    def _handler(self) -> type[Handler]:
        wire = self

        class Passing(Handler):
            def answer(self) -> None:
                exchange = Exchange(self.command, self.path, dict(self.headers), self.body())
                wire.exchanges.append(exchange)
                try:
                    wire._pass_on(exchange)
                except requests.RequestException:
                    return self.drop()
                wire._collect(exchange)
                told = wire.answering(exchange)
                if told is None:
                    return self.drop()
                kind = {n.lower(): v for n, v in told.answer_headers.items()}.get("content-type", "text/plain")
                rest = {n: v for n, v in told.answer_headers.items() if n.lower() != "content-type"}
                self.reply(told.status, b"" if self.command == "HEAD" else told.answer, kind, **rest)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        return Passing


# What the hub gives its visitors.


def of_browser(canaries: Canaries, browser: Browser) -> None:
    """A browser's cookies are secrets of its own."""
    for name, value in browser.cookies().items():
        bare = name.removeprefix("__Host-")
        kind = next((kind for start, kind in COOKIES.items() if bare.startswith(start)), "session")
        canaries.add(kind, value)


COOKIES = {"comfile_csrf": "csrf", "comfile_tx": "transaction", "comfile_invitation": "invitation"}


def seen_by(browser: Browser) -> Iterator[tuple[str, str | bytes]]:
    """All that the hub answered a browser, by where it stood."""
    for response in browser.trail:
        request = response.request
        about = f"{request.method} {urlsplit(request.url or '').path}"
        yield f"page of {about}", response.content
        for name, value in response.headers.items():
            yield f"{name} of {about}", value
