"""HTTP requests as bytes, made before anything is measured."""

import base64
import hashlib
import hmac
import itertools
import random
import time
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

from harness.configuration import Tenant

# How many people write, whether to one tenant or spread over a hundred: new contacts are rare in both, as in life.
PEOPLE = 2_000
WEBHOOK_PATH = "/webhooks/apps/meta-main"
_BODY = (
    '{"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"value":{"messaging_product":"whatsapp",'
    '"metadata":{"display_phone_number":"15550783881","phone_number_id":"%s"},"contacts":[{"profile":{"name":'
    '"Sheena Nelson"},"wa_id":"%s"}],"messages":[{"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":'
    '"Does it come in another color? I would take two of them. (%d)"}}]},"field":"messages"}]}]}'
)


def empty_posts(host: str, count: int) -> Iterator[bytes]:
    """What the floor is measured with: the same headers, no body."""
    for _ in range(count):
        yield _post(host, WEBHOOK_PATH, b"", "sha256=" + "0" * 64)


def webhooks(host: str, secret: str, tenants: list[Tenant], count: int, seed: str) -> Iterator[tuple[str, bytes]]:
    """Signed single-message text webhooks, tenant after tenant, each with an id of its own: (wamid, request)."""
    key, now, chance = secret.encode(), int(time.time()), random.Random(seed)
    turns = itertools.cycle(tenants)
    for number in range(count):
        tenant = next(turns)
        phone = f"1650{chance.randrange(PEOPLE // len(tenants)):07}"
        id = "wamid." + base64.b64encode(b"\x1c\x18\x0b" + phone.encode() + chance.randbytes(16)).decode()
        text = _BODY % (tenant.business_account_id, tenant.phone_number_id, phone, phone, id, now, number)
        body = text.encode()
        signature = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        yield id, _post(host, WEBHOOK_PATH, body, signature)


def sends(host: str, tenants: list[Tenant], count: int) -> Iterator[bytes]:
    """Texts of the tenants to people, through the API."""
    turns = itertools.cycle(tenants)
    for number in range(count):
        tenant = next(turns)
        body = (
            f'{{"channel":"{tenant.channel}","to":"+1650{number:07}","type":"text",'
            f'"text":{{"body":"Your parcel {number} is on its way."}}}}'
        ).encode()
        yield (
            f"POST /api/v1/messages HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {tenant.api_key}\r\nIdempotency-Key: {uuid.uuid4()}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def starts(host: str, path: str, cookie: str, form: dict[str, str], agent: str, count: int) -> Iterator[bytes]:
    """A button of the sign-in page pressed, by browsers that nobody is signed in with."""
    body = urlencode(form).encode()
    request = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nOrigin: http://{host}\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    return itertools.repeat(request, count)


def callback(host: str, target: str, cookie: str, agent: str) -> bytes:
    """A browser sent back by the provider: from another site, so that the form's cookie stays at home."""
    return (
        f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nSec-Fetch-Site: cross-site\r\n"
        f"Cookie: {cookie}\r\n\r\n"
    ).encode()


def _post(host: str, path: str, body: bytes, signature: str) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"X-Hub-Signature-256: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
