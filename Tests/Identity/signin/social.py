"""Apple, Google and Facebook as far as a sign-in and their events go.

Apple and Google are issuers of the hostile provider with what is their own; Facebook is a small Graph API. All of it
was written from the providers' documentation, for these proofs.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from harness.server import Handler, StandIn
from signin import jose
from signin.hostile_provider import Asked, Form, Issuer, Mischief, Person, Reply
from signin.jose import ABSENT, Draft

APPLE = "https://appleid.apple.com"
GOOGLE = "https://accounts.google.com"
RISC = "https://schemas.openid.net/secevent/risc/event-type/"
OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/"


def digits(count: int = 15) -> str:
    """An id of digits alone, long enough to be found in a text."""
    return str(secrets.randbelow(9 * 10 ** (count - 1)) + 10 ** (count - 1))


def same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())


class PlainProvider:
    """What a scene asks of a provider that gives no ID tokens."""

    form_post = False

    def __init__(self) -> None:
        self.clients: dict[str, str] = {}
        self.person = self.somebody()
        self.mischief = Mischief()
        self.counts: Counter[str] = Counter()
        self.asked: list[Asked] = []
        self.problems: list[str] = []
        self.tokens: list[str] = []
        self.lock = threading.Lock()
        self.stand_in = StandIn(self.handler())

    def handler(self) -> type[Handler]:
        raise NotImplementedError

    def somebody(self) -> Person:
        return Person(sub=digits())

    def reset(self) -> None:
        self.mischief = Mischief()
        self.person = self.somebody()
        for kept in (self.counts, self.asked, self.problems, self.tokens):
            kept.clear()

    def close(self) -> None:
        self.stand_in.close()

    def note(self, endpoint: str, form: Form, headers: dict[str, str]) -> None:
        with self.lock:
            self.counts[endpoint] += 1
            self.asked.append(Asked(endpoint, form, headers))

    def fresh(self, kind: str) -> str:
        """A new secret of the provider's, which has to be seen nowhere."""
        made = f"{kind}-{secrets.token_hex(20)}"
        with self.lock:
            self.tokens.append(made)
        return made

    def spoiled(self, spoil: Callable[[dict[str, Any]], Any] | None, good: dict[str, Any]) -> Reply:
        sent = spoil(good) if spoil else good
        return sent if isinstance(sent, Reply) else Reply(200, sent)

    @staticmethod
    def send(handler: Handler, reply: Reply) -> None:
        time.sleep(reply.delay)
        handler.reply(reply.status, reply.bytes, reply.content_type, **reply.headers)


class Apple(Issuer):
    """Posts its answer, knows clients by a token of their own making, and tells a name once."""

    team, key_id = "TEAM123456", "KEY1234567"

    def __init__(self, url: str) -> None:
        super().__init__(url, jose.rsa_key(), APPLE)
        self.client_key = jose.ec_key(self.key_id)
        self.form_post = True
        self.user: str | None = None
        """What the browser carries beside the code; Apple sends it with the first sign-in alone."""

    def reset(self) -> None:
        super().reset()
        self.user = None

    @property
    def private_key(self) -> str:
        return self.client_key.as_pem(private=True).decode()

    def accepts(self, client_id: str, secret: str) -> bool:
        public = ECKey.import_key(self.client_key.as_dict(private=False))
        claims = jwt.decode(secret, public, algorithms=["ES256"]).claims
        lifetime = claims["exp"] - claims["iat"]
        good = claims["iss"] == self.team and claims["aud"] == APPLE and claims["sub"] == client_id
        return client_id in self.clients and good and 0 < lifetime <= 15_777_000

    def call_back(self, address: str, callback: Form) -> Reply:
        return super().call_back(address, callback if self.user is None else callback | {"user": self.user})

    def draft(self, *arguments: Any) -> Draft:
        return super().draft(*arguments).with_claims(name=ABSENT, nonce_supported=True)

    def notification(self, audience: Any, event: Any, **claims: Any) -> Draft:
        """A server-to-server notification; `event` is told as it is given."""
        told = {"events": json.dumps(event) if isinstance(event, dict) else event}
        return event_token(self, APPLE, audience, told | claims)


def event_token(issuer: Issuer, told_by: str, audience: Any, claims: dict[str, Any]) -> Draft:
    """A security event token as providers send it: without an expiry."""
    now = int(time.time())
    usual = {"iss": told_by, "aud": audience, "iat": now, "jti": secrets.token_hex(12)}
    key = issuer.keys.signing
    header = {"alg": "RS256", "kid": key.as_dict(private=False)["kid"]}
    return Draft(header, jose.changed(usual, claims), key)


def risc(issuer: Issuer, audience: Any, kind: str, sub: str | None, **claims: Any) -> Draft:
    """A token of Cross-Account Protection: its issuer has a slash at its end."""
    event: dict[str, Any] = {}
    if sub is not None:
        event["subject"] = {"subject_type": "iss-sub", "iss": f"{GOOGLE}/", "sub": sub}
    return event_token(issuer, f"{GOOGLE}/", audience, {"events": {kind: event}} | claims)


def signed_request(
    secret: str, payload: dict[str, Any] | bytes, sign: Callable[[bytes, bytes], bytes] | None = None
) -> str:
    """Facebook's proof of a callback: the signature is over the payload as it is encoded."""
    encoded = jose.base64url(payload if isinstance(payload, bytes) else jose.compact_json(payload)).encode()
    make = sign or (lambda key, text: hmac.digest(key, text, "sha256"))
    return f"{jose.base64url(make(secret.encode(), encoded))}.{encoded.decode()}"


class Facebook(PlainProvider):
    """The dialog, the exchange, `debug_token` in a batch, and `me`."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Callable[[dict[str, Any]], dict[str, Any]] | None = None
        """Spoils what `debug_token` says."""
        self._codes: dict[str, tuple[str, str, Person]] = {}
        self._of: dict[str, tuple[str, Person]] = {}

    def reset(self) -> None:
        super().reset()
        self.report = None

    def dialog(self, query: str) -> Reply:
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if asked.get("client_id") not in self.clients or len(asked.get("state", "")) < 22:
            return Reply(400, b"a wrong request", "text/plain")
        code = self.fresh("code")
        self._codes[code] = (asked["client_id"], asked["redirect_uri"], self.person)
        callback = {"code": code, "state": asked["state"]}
        sent = self.mischief.callback(callback) if self.mischief.callback else callback
        return Reply(302, headers={"Location": f"{asked['redirect_uri']}?{urlencode(sent)}#_=_"})

    def exchange(self, form: Form) -> Reply:
        client = form.get("client_id", "")
        if client not in self.clients or not same(self.clients[client], form.get("client_secret", "")):
            return self.wrong("the client did not say who it is")
        if form.get("grant_type") == "fb_exchange_token":
            found = self._of.get(form.get("fb_exchange_token", ""))
            if found is None or found[0] != client:
                return self.wrong("no token to exchange")
            return Reply(200, self.give(*found))
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or grant[:2] != (client, form.get("redirect_uri")):
            return self.wrong("unknown code")
        return self.spoiled(self.mischief.token, self.give(client, grant[2]))

    def give(self, client: str, person: Person) -> dict[str, Any]:
        token = self.fresh("EAAG")
        self._of[token] = (client, person)
        return {"access_token": token, "token_type": "bearer", "expires_in": 5_183_944}

    def batch(self, form: Form, bearer: str) -> Reply:
        """`POST /` as the app, with one call of `debug_token`."""
        client, _, secret = bearer.partition("|")
        if client not in self.clients or not same(self.clients[client], secret) or not self.proves(form, bearer):
            return self.wrong("a batch of nobody")
        (call,) = json.loads(form["batch"])
        path, _, query = call["relative_url"].partition("?")
        found = self._of.get(parse_qs(query)["input_token"][0])
        if path != "debug_token" or found is None:
            return self.wrong("no debug_token")
        said = {"app_id": found[0], "type": "USER", "is_valid": True, "user_id": found[1].sub, "scopes": ["email"]}
        body = {"data": self.report(said) if self.report else said}
        return Reply(200, [{"code": 200, "body": json.dumps(body)}])

    def profile(self, query: Form, bearer: str) -> Reply:
        found = self._of.get(bearer)
        if found is None or not self.proves(query, bearer):
            return self.wrong("a profile of nobody")
        person = found[1]
        said = {"id": person.sub, "name": person.name} | ({"email": person.email} if person.email else {})
        return self.spoiled(self.mischief.userinfo, said)

    def proves(self, fields: Form, bearer: str) -> bool:
        """`appsecret_proof`, of one of the clients."""
        given = fields.get("appsecret_proof", "")
        made = [hmac.new(s.encode(), bearer.encode(), hashlib.sha256).hexdigest() for s in self.clients.values()]
        return any(same(given, one) for one in made)

    def wrong(self, problem: str) -> Reply:
        self.problems.append(problem)
        return Reply(400, {"error": {"message": problem, "type": "OAuthException", "code": 190}})

    def handler(self) -> type[Handler]:
        facebook = self

        class Endpoint(Handler):
            def do_GET(self) -> None:
                self.answer("")

            def do_POST(self) -> None:
                self.answer(self.body().decode())

            def answer(self, body: str) -> None:
                address = urlsplit(self.path)
                endpoint = address.path.removeprefix("/v24.0/")
                query, form = dict(parse_qsl(address.query)), dict(parse_qsl(body))
                bearer = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
                name = {"dialog/oauth": "dialog", "oauth/access_token": "token", "": "batch"}.get(endpoint, endpoint)
                facebook.note(name, form or query, {n.lower(): v for n, v in self.headers.items()})
                match name:
                    case "dialog":
                        reply = facebook.dialog(address.query)
                    case "token":
                        reply = facebook.exchange(form)
                    case "batch":
                        reply = facebook.batch(form, bearer)
                    case "me":
                        reply = facebook.profile(query, bearer)
                    case _:
                        reply = Reply(404)
                facebook.send(self, reply)

        return Endpoint
