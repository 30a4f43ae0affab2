"""Whatever is sent to where providers call back and tell: refused, and never an error of the hub."""

import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from signin.browser import TIMEOUT
from signin.shops import add_shops
from signin.social_scene import SocialScene

PLACES = [
    "/auth/acme/google/callback", "/auth/acme/apple/callback", "/auth/acme/facebook/callback",
    "/auth/acme/shopify/callback", "/connect/acme/shop/callback", "/auth/acme/google/events/risc",
    "/auth/acme/apple/events/notifications", "/auth/acme/facebook/events/deletion",
    "/auth/acme/facebook/events/deauthorize", "/auth/acme/shopify/events/webhooks",
    "/connect/acme/shop/events/webhooks", "/connect/acme/shop/session-token", "/auth/acme/google/start",
    "/auth/acme/deletions/x", "/auth/acme/nobody/events/risc", "/auth/nobody/google/events/risc",
    "/auth/acme/google/events/x",
]  # fmt: skip
METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X" * 300]
TYPES = [
    "application/x-www-form-urlencoded", "application/json", "application/secevent+jwt",
    "multipart/form-data; boundary=x", "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded, application/json", "", "\x01", "x" * 3000,
]  # fmt: skip
BODIES = [
    b"", b"\0", b"\0" * 10_000, b"\xff\xfe\xfd", b"a\xc3\x28=b", b"\xed\xa0\x80", b"%", b"%zz=%", b"%00=%00", b"=&=&=",
    b"&" * 9000, b"state=%ff", b"state=" + b"s" * 70_000, b"code=c&state=s&state=s", b"a=b&" * 15_000, b"[" * 200_000,
    b'{"a":' * 100_000, b'{"payload":' + b'"' * 9 + b"}", b'{"payload":"e30.e30.e30"}',
    b'{"payload":"' + b"a." * 30_000 + b'"}', b"e30.e30.", b"eyJhbGciOiJub25lIn0.e30.AAAA",
    b".".join([b"eyJhbGciOiJSUzI1NiJ9", b"eyJhdWQiOjFlOTk5OX0", b"AAAA"]), b"..", b"." * 70_000, b"signed_request=",
    b"signed_request=.", b"signed_request=AAAA.AAAA", b"signed_request=" + b"A" * 50_000 + b".e30",
    b'{"a":1e999999,"b":-0,"c":18446744073709551616}', b'{"a":"\\ud800"}', b'{"a":1,"a":2}', b"\x1f\x8b\x08\x00",
    b"x" * 3_000_000,
]  # fmt: skip
QUERIES = [
    "?", "?%", "?%00", "?%ff=%fe", "?state=%00&code=%0d%0aX:y", "?state=" + "s" * 7000,
    "?state[]=a&state[]=b&code[x]=y", "?error=" + "%3Cscript%3E" * 200, "?relay=x", "?relay=%00&relay=y",
    "?" + "&".join(f"a{n}=b" for n in range(900)), "?a=b?c=d#e", "?hmac=x&shop=%0a&timestamp=9e99&state=s&code=c",
    "?shop=a.myshopify.com&hmac=" + "0" * 64, "/", "/..%2f..", "//", "%00", ";a=b",
]  # fmt: skip
HEADERS = [
    "X-Shopify-Hmac-Sha256: x", "X-Shopify-Hmac-Sha256:", f"X-Shopify-Topic: {'t' * 6000}",
    "X-Shopify-Shop-Domain: \x80\xff", "Authorization: Bearer", "Authorization: Bearer " + "e30." * 1500,
    "Authorization: Bearer a\r\nAuthorization: Bearer b", "Cookie: comfile_tx-=; comfile_tx-=x; ;;=",
    "Content-Encoding: gzip", "Expect: 100-continue", "Content-Length: x", "Content-Length: -1",
    "Content-Length: 9\r\nContent-Length: 8", "Host: evil.example", "X-Forwarded-Host: evil.example",
    "Origin: null", "Content-Type: application/json\r\nContent-Type: text/plain",
    "A: " + "b" * 50_000, ": x", "no colon",
]  # fmt: skip


class Sender:
    """Sends bytes as they are, and takes what is answered."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, request: bytes) -> int | None:
        """The status, or nothing where the connection is closed without one."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT) as connection:
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                while b"\r\n" not in answer and (more := connection.recv(4096)):
                    answer += more
            except (ConnectionResetError, BrokenPipeError):
                pass
        status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        return int(status[1]) if status else None


def made(method: str, target: str, lines: list[str], body: bytes = b"") -> bytes:
    """A request, with a length and a host where the lines have none."""
    given = any(line.lower().startswith(("content-length", "transfer-encoding")) for line in lines)
    head = [f"{method} {target} HTTP/1.1", *lines, "Connection: close"]
    head += [] if any(line.lower().startswith("host:") for line in lines) else ["Host: 127.0.0.1"]
    head += [] if given else [f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def requests_to(place: str, chance: random.Random) -> Iterator[bytes]:
    form = f"Content-Type: {TYPES[0]}"
    yield from (made(method, place, [form], body) for method in METHODS for body in (b"", b"a=b"))
    yield from (made("POST", place, [f"Content-Type: {kind}"], b'{"a":"b"}') for kind in TYPES)
    yield from (made("POST", place, [form], body) for body in BODIES)
    yield from (made("POST", place, ["Content-Type: application/json"], body) for body in BODIES)
    yield from (made(method, place + query, [form]) for query in QUERIES for method in ("GET", "POST"))
    yield from (made("POST", place, [form, line], b'{"a":"b"}') for line in HEADERS)
    for _ in range(40):
        raw = chance.randbytes(chance.randrange(400))
        kind = f"Content-Type: {chance.choice(TYPES[:5])}"
        yield made(chance.choice(METHODS[:4]), f"{place}?{quote(raw)}", [kind], raw)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SocialScene]:
    """A hub of its own: so many refusals are more than an audit keeps."""
    scene = SocialScene(tmp_path_factory.mktemp("malformed"))
    add_shops(scene)
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_sent_is_an_error_of_the_hub(target: SocialScene, place: str) -> None:
    """Some hundred requests that nobody should send: refused, and never 5xx."""
    target.news_of_log()
    before = {tenant: ledger.standing().counts for tenant, ledger in target.ledgers.items()}
    sender = Sender(target.configuration.port)
    seen: Counter[int | None] = Counter()
    wrong: list[tuple[int, bytes]] = []
    for request in requests_to(place, random.Random(place)):
        status = sender.ask(request)
        seen[status] += 1
        if status is not None and not 200 <= status < 500:
            wrong.append((status, request[:200]))
    assert wrong == []
    # What is no HTTP at all is closed without an answer, and nothing else is.
    assert sum(seen.values()) > 150 and seen[None] <= 12, seen
    assert sum(count for status, count in seen.items() if status and status >= 400) > 100, seen
    assert {tenant: ledger.standing().counts for tenant, ledger in target.ledgers.items()} == before
    log = target.news_of_log()
    assert "unforeseen" not in log and "Fatal" not in log
    assert target.hub.is_ready()


@pytest.mark.parametrize("place", PLACES[5:6] + PLACES[:1] + PLACES[12:13], ids=["event", "callback", "start"])
@pytest.mark.parametrize("line, body", [
    ("Content-Length: 900", b"a=b"), ("Transfer-Encoding: chunked", b"a=b"), ("Transfer-Encoding: chunked", b"9"),
    ("Transfer-Encoding: chunked", b"9\r\na=b"), ("Transfer-Encoding: gzip, chunked", b"a=b"),
    ("Content-Length: 99999999999999", b"a=b"),
], ids=["too short", "no chunk", "half a size", "half a chunk", "no chunk of gzip", "far too short"])  # fmt: skip
def test_a_body_that_breaks_off_is_no_error_of_the_hub(
    target: SocialScene, place: str, line: str, body: bytes
) -> None:
    """Whoever hangs up in the middle, or counts wrong: the request cannot be read, and nothing of ours failed."""
    target.news_of_log()
    status = Sender(target.configuration.port).ask(made("POST", place, [f"Content-Type: {TYPES[0]}", line], body))
    assert status is None or 400 <= status < 500
    assert "unforeseen" not in target.news_of_log()
