"""A Shopify of the tests' own: it signs callbacks and webhooks as Shopify documents it, and gives tokens of shops."""

import base64
import hmac
import json
import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import OctKey

from harness.configuration import acme, globex
from harness.server import Handler
from signin.browser import REDIRECTS, Browser, Callback
from signin.hostile_provider import Form, Person, Reply
from signin.people import Member, accept_invitation, invite
from signin.social import PlainProvider, same
from signin.social_scene import ProviderScene, Told

SHOP, OUTLET, ELSEWHERE = (f"{name}.myshopify.com" for name in ("acme-store", "acme-outlet", "globex-store"))
CLIENT = "0123456789abcdef0123456789abcdef"
OLD_SECRET = f"shpss_old_{secrets.token_hex(16)}"
Pairs = dict[str, str]


def signed_text(pairs: Pairs) -> str:
    """What the callback's proof is made over: sorted, with `%` and `&`, and in names `=`, escaped."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("&", "%26")

    kept = {name: value for name, value in pairs.items() if name not in ("hmac", "signature")}
    lists = {name[:-2]: f'["{value}"]' for name, value in kept.items() if name.endswith("[]")}
    plain = {name: value for name, value in kept.items() if not name.endswith("[]")}
    return "&".join(sorted(f"{escaped(n).replace('=', '%3D')}={escaped(v)}" for n, v in (plain | lists).items()))


def encoded_text(pairs: Pairs) -> str:
    """The other spelling of Shopify's libraries: as in an address, with `%20` for a space."""
    kept = sorted((name, value) for name, value in pairs.items() if name not in ("hmac", "signature"))
    return urlencode(kept, safe="*").replace("+", "%20").replace("~", "%7E")


def digest(secret: str, text: str | bytes) -> bytes:
    return hmac.digest(secret.encode(), text.encode() if isinstance(text, str) else text, "sha256")


def proof(secret: str, pairs: Pairs) -> str:
    return digest(secret, signed_text(pairs)).hex()


def session_token(secret: str, algorithm: str = "HS256", key: Any = None, **changes: Any) -> str:
    """What the page of an app within a shop's administration has of whoever looks at it."""
    now = int(time.time())
    claims = {
        "iss": f"https://{SHOP}/admin", "dest": f"https://{SHOP}", "aud": CLIENT, "sub": "42", "exp": now + 60,
        "nbf": now, "iat": now, "jti": secrets.token_hex(8), "sid": secrets.token_hex(8),
    } | changes  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": algorithm}, claims, key or OctKey.import_key(secret), algorithms=[algorithm])


class Shopify(PlainProvider):
    """All shops of the world, each under its name as the first part of the path."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[str] = []
        """Every request, from whomever."""
        self.lifetime = 3600
        """Of an offline token, in seconds."""
        self.refresh_delay = 0.0
        self._codes: dict[str, tuple[str, str, bool, str, Person]] = {}
        self._refresh: dict[str, tuple[str, str]] = {}

    def reset(self) -> None:
        super().reset()
        self.log.clear()
        self.lifetime, self.refresh_delay = 3600, 0.0

    @property
    def secret(self) -> str:
        return self.clients[CLIENT]

    def authorize(self, shop: str, query: str) -> Reply:
        """Whoever is asked has agreed already."""
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if asked.get("client_id") not in self.clients or len(asked.get("state", "")) < 22:
            return Reply(400, b"a wrong request", "text/plain")
        code, online = self.fresh("code"), asked.get("grant_options[]") == "per-user"
        self._codes[code] = (shop, asked["client_id"], online, asked.get("scope", ""), self.person)
        host = base64.b64encode(f"admin.shopify.com/store/{shop.partition('.')[0]}".encode()).decode().rstrip("=")
        pairs = {"code": code, "host": host, "shop": shop, "state": asked["state"], "timestamp": str(int(time.time()))}
        pairs |= {"hmac": proof(self.clients[asked["client_id"]], pairs)}
        self.tokens += [pairs["hmac"], pairs["state"]]
        return Reply(302, headers={"Location": f"{asked['redirect_uri']}?{urlencode(pairs)}"})

    def exchange(self, shop: str, body: Form) -> Reply:
        client = body.get("client_id", "")
        if client not in self.clients or not same(self.clients[client], body.get("client_secret", "")):
            return self.wrong(401, "invalid_client")
        kind = body.get("grant_type", "")
        if kind == "refresh_token":
            time.sleep(self.refresh_delay)
            if self._refresh.pop(body.get("refresh_token", ""), None) != (shop, client):
                return self.wrong(400, "invalid_grant")
            return Reply(200, self.offline(shop, client, "read_customers,read_orders"))
        if kind.endswith(":token-exchange"):
            return self.spoiled(self.mischief.token, self.offline(shop, client, "read_customers,read_orders"))
        grant = self._codes.pop(body.get("code", ""), None)
        if grant is None or grant[:2] != (shop, client):
            return self.wrong(400, "invalid_request")
        _, _, online, scope, person = grant
        reply = self.online(scope, person) if online else self.offline(shop, client, scope)
        return self.spoiled(self.mischief.token, reply)

    def online(self, scope: str, person: Person) -> dict[str, Any]:
        first, _, last = person.name.partition(" ")
        user = {
            "id": int(person.sub), "first_name": first, "last_name": last, "email": person.email,
            "email_verified": True, "account_owner": False, "locale": "en", "collaborator": False,
        }  # fmt: skip
        token = self.fresh("shpua")
        return {"access_token": token, "scope": scope, "expires_in": 86_399, "associated_user_scope": scope,
                "associated_user": user}  # fmt: skip

    def offline(self, shop: str, client: str, scope: str) -> dict[str, Any]:
        refresh = self.fresh("shprt")
        self._refresh[refresh] = (shop, client)
        return {"access_token": self.fresh("shpat"), "scope": scope, "expires_in": self.lifetime,
                "refresh_token": refresh, "refresh_token_expires_in": 7_776_000}  # fmt: skip

    def wrong(self, status: int, error: str) -> Reply:
        self.problems.append(error)
        return Reply(status, {"error": error})

    def handler(self) -> type[Handler]:
        shopify = self

        class Endpoint(Handler):
            def do_GET(self) -> None:
                self.answer(b"")

            def do_POST(self) -> None:
                self.answer(self.body())

            do_DELETE = do_POST

            def answer(self, body: bytes) -> None:
                address = urlsplit(self.path)
                shop, _, endpoint = address.path.removeprefix("/").partition("/")
                shopify.log.append(f"{self.command} {self.path}")
                headers = {name.lower(): value for name, value in self.headers.items()}
                form = json.loads(body) if headers.get("content-type", "").startswith("application/json") else {}
                name = endpoint.removeprefix("admin/")
                shopify.note({"oauth/access_token": "token"}.get(name, name), form, headers)
                match name:
                    case "oauth/authorize":
                        reply = shopify.authorize(shop, address.query)
                    case "oauth/access_token":
                        reply = shopify.exchange(shop, form)
                    case "api_permissions/current.json":
                        reply = Reply(200, {})
                    case _ if name.endswith("/graphql.json"):
                        reply = Reply(200, {"data": {"shop": {"name": "Acme Store"}}})
                    case _:
                        reply = Reply(404, {})
                shopify.send(self, reply)

        return Endpoint


class Shopper(Browser):
    """Writes the name of a shop where the sign-in page asks for one."""

    shop = SHOP

    def start(self, connection: str, return_to: str | None = None, **fields: str) -> Any:
        return super().start(connection, return_to, **({"with.shop": self.shop} | fields))


def add_shops(scene: ProviderScene) -> Shopify:
    """Connects a scene with Shopify: see ``ShopScene``."""
    shopify = Shopify()
    scene.stand_ins.append(shopify)
    scene.own_secrets.append(OLD_SECRET)
    configuration = scene.configuration
    secret = configuration.hide()
    shopify.clients[CLIENT] = list(configuration.hidden.values())[-1]
    app = {"client_id": CLIENT, "client_secret": secret, "admin_url": f"{shopify.stand_in.url}/{{shop}}"}
    shops = {"adapter": "shopify", "shops": [SHOP, OUTLET], "join": "agent"} | app
    scene.sign_in_with("acme", "shopify", shopify, **shops)
    both = {"client_secret": [secret, configuration.hide(OLD_SECRET)]}
    scene.sign_in_with("acme", "rotating", shopify, **shops | both)
    scene.sign_in_with("acme", "scoped", shopify, **shops, scopes=["read_orders", "write_products"])
    scene.sign_in_with("globex", "shopify", shopify, **shops | {"shops": [ELSEWHERE]})
    for tenant, shop in (("acme", SHOP), ("globex", ELSEWHERE)):
        named = {"shop": {"adapter": "shopify-admin", "shop": shop} | app}
        configuration.services.setdefault(tenant, {}).update(named)
    return shopify


class ShopScene(ProviderScene):
    """One app of Shopify. At acme `shopify` (two shops), `rotating` (a second, older secret) and `scoped` (asks for
    scopes), and the business system `shop`; at globex `shopify` and `shop` of another shop."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, [acme(), globex()])
        self.shopify = add_shops(self)

    def browser(self, tenant: str = "acme") -> Browser:
        made = Shopper(self.hub.url, tenant)
        made.shop = SHOP if tenant == "acme" else ELSEWHERE
        return made

    def owner(self, tenant: str = "acme") -> Member:
        """Somebody new whom the operator invited as owner."""
        browser, person = self.browser(tenant), self.shopify.person
        accept_invitation(browser, invite(self, "owner", tenant))
        answer = browser.sign_in("shopify")
        assert answer.status_code in REDIRECTS and browser.session_cookie, answer.text[:300]
        return Member(self, browser, person, tenant)

    # The business system.

    def connect_shop(self, owner: Member) -> requests.Response:
        return owner.browser.call_back(self.way_back(owner))

    def way_back(self, owner: Member) -> Callback:
        start = owner.browser.submit_start(owner.page("/services").form_to("/shop/start"))
        return owner.browser.authorize(start)

    def grant(self, tenant: str = "acme") -> tuple[str, str | None] | None:
        """State and reason of the shop's grant."""
        rows = self.ledgers[tenant].rows("SELECT state, reason FROM grants WHERE system = 'shop'")
        return rows[0] if rows else None

    def records(self, tenant: str = "acme") -> int:
        """What the shop told of contacts."""
        return self.ledgers[tenant].rows("SELECT COUNT(*) FROM contact_records")[0][0]

    def webhook(
        self, topic: str, body: dict[str, Any] | bytes, where: str = "/connect/acme/shop", shop: str | None = SHOP,
        secret: str | None = None, id: str | None = None, **headers: str | None,
    ) -> Told:  # fmt: skip
        """Posts a webhook as Shopify does. Headers can be set, or taken away by None."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {
            "X-Shopify-Topic": topic,
            "X-Shopify-Hmac-Sha256": base64.b64encode(digest(secret or self.shopify.secret, raw)).decode(),
            "X-Shopify-Shop-Domain": shop,
            "X-Shopify-Webhook-Id": id or secrets.token_hex(16),
            "X-Shopify-API-Version": "2026-07",
            "Content-Type": "application/json",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value is not None}
        return self.tell(f"{where}/events/webhooks", raw, kept, where.split("/")[2])
