"""An OpenID provider that does all as it should, until a test tells it what to spoil.

It is strict about what the hub asks (client, redirect address, PKCE, one use of a code), so that a sign-in that
succeeds here is a good one, and it counts and keeps every request. Its server is in provider_server.py.
"""

import base64
import hashlib
import html
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode

from signin import jose
from signin.jose import ABSENT, Draft, Key, KeyRing

Form = dict[str, str]


@dataclass
class Person:
    """Somebody with an account at the provider. All that is told of them can be searched for."""

    sub: str = field(default_factory=lambda: f"sub{secrets.token_hex(10)}")
    name: str = field(default_factory=lambda: f"Quill {secrets.token_hex(5)}")
    email: str = field(default_factory=lambda: f"quill.{secrets.token_hex(6)}@canary.example")
    claims: dict[str, Any] = field(default_factory=dict)
    """More of the ID token's claims, or changes of the usual ones."""

    def told(self) -> dict[str, Any]:
        usual = {"sub": self.sub, "name": self.name, "email": self.email, "email_verified": True}
        return jose.changed(usual, self.claims)


@dataclass
class Reply:
    """An answer as the provider gives it."""

    status: int = 200
    body: bytes | dict[str, Any] | list[Any] = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drop: bool = False
    """Ends the connection instead."""

    @property
    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else jose.compact_json(self.body)


@dataclass
class Mischief:
    """What is spoiled. Each member takes what would have been good and gives what is sent instead."""

    id_token: Callable[[Draft], str] | None = None
    """Of the exchange of a code."""
    refreshed_id_token: Callable[[Draft], str] | None = None
    callback: Callable[[Form], list[tuple[str, str]] | Form] | None = None
    """The parameters that the browser carries back."""
    token: Callable[[dict[str, Any]], Reply | dict[str, Any]] | None = None
    keys: Callable[[dict[str, Any]], Reply | dict[str, Any]] | None = None
    discovery: Callable[[dict[str, Any]], Reply | dict[str, Any]] | None = None
    userinfo: Callable[[dict[str, Any]], Reply | dict[str, Any]] | None = None
    before_token: Callable[["Issuer"], None] | None = None
    """Runs when the token endpoint is called, before anything is made."""
    after_token: Callable[["Issuer"], None] | None = None
    """Runs when the answer of the token endpoint is on its way."""


@dataclass
class Grant:
    """What stands behind a code or a refresh token."""

    client_id: str
    redirect_uri: str
    person: Person
    nonce: str | None
    challenge: str | None
    scope: str


@dataclass
class Asked:
    """A request of the hub, as it came."""

    endpoint: str
    form: Form
    headers: dict[str, str]


class Issuer:
    """One issuer of the provider: its clients, keys, people, mischief and records."""

    def __init__(self, url: str, key: Key, issuer: str | None = None) -> None:
        self.url = url
        self.issuer = issuer or url
        self.keys = KeyRing.of(key)
        self.clients: dict[str, str] = {}
        self.person = Person()
        self.mischief = Mischief()
        self.counts: Counter[str] = Counter()
        self.asked: list[Asked] = []
        self.problems: list[str] = []
        self.tokens: list[str] = []
        """Every code and token that was given out, and every state, nonce and verifier that was seen."""
        self.given: list[str] = []
        """Those of before the last reset."""
        self.form_post = False
        self.advertises_callback_issuer = False
        self.has_userinfo = True
        self.rotates_refresh_tokens = False
        self.refresh_tokens: dict[str, Grant] = {}
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def reset(self) -> None:
        """As new, but for the keys and what was given out before."""
        self.mischief = Mischief()
        self.given += self.tokens
        self.tokens.clear()
        self.person = Person()
        self.counts.clear()
        self.asked.clear()
        self.problems.clear()

    def requests(self, endpoint: str) -> list[Asked]:
        with self._lock:
            return [asked for asked in self.asked if asked.endpoint == endpoint]

    # What the provider answers.

    def metadata(self) -> dict[str, Any]:
        members: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "revocation_endpoint": f"{self.url}/revoke",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [self.keys.signing.as_dict(private=False)["alg"]],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email", "profile", "offline_access"],
        }
        if self.has_userinfo:
            members["userinfo_endpoint"] = f"{self.url}/userinfo"
        if self.advertises_callback_issuer:
            members["authorization_response_iss_parameter_supported"] = True
        return members

    def authorize(self, query: str) -> Reply:
        """Everybody has consented already: the person is sent back at once."""
        fields = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
        wrong = self._wrong_request(fields)
        if wrong:
            self.problems.append(wrong)
            return Reply(400, wrong.encode(), "text/plain")
        code = f"code-{secrets.token_hex(16)}"
        grant = Grant(
            fields["client_id"],
            fields["redirect_uri"],
            self.person,
            fields.get("nonce"),
            fields.get("code_challenge"),
            fields.get("scope", ""),
        )
        with self._lock:
            self._codes[code] = grant
            self.tokens += [code, fields["state"], fields.get("nonce") or fields["state"]]
        callback: Form = {"code": code, "state": fields["state"]}
        if self.advertises_callback_issuer:
            callback["iss"] = self.issuer
        return self.call_back(fields["redirect_uri"], callback)

    def call_back(self, address: str, callback: Form) -> Reply:
        sent = self.mischief.callback(callback) if self.mischief.callback else callback
        pairs = list(sent.items()) if isinstance(sent, dict) else sent
        if not self.form_post:
            return Reply(302, headers={"Location": f"{address}?{urlencode(pairs)}"})
        inputs = "".join(f'<input type="hidden" name="{html.escape(n)}" value="{html.escape(v)}">' for n, v in pairs)
        page = f'<form method="post" action="{html.escape(address)}">{inputs}</form>'
        return Reply(200, page.encode(), "text/html; charset=utf-8")

    def token(self, form: Form, headers: dict[str, str]) -> Reply:
        if self.mischief.before_token:
            self.mischief.before_token(self)
        client = self._client(form, headers)
        if client is None:
            self.problems.append("the client did not say who it is")
            return Reply(401, {"error": "invalid_client"})
        if form.get("grant_type") == "authorization_code":
            with self._lock:
                grant = self._codes.pop(form.get("code", ""), None)
            wrong = self._wrong_exchange(grant, client, form)
            if wrong or grant is None:
                self.problems.append(wrong or "no grant")
                return Reply(400, {"error": "invalid_grant", "error_description": wrong})
            return self._tokens(grant, form["code"], self.mischief.id_token)
        if form.get("grant_type") == "refresh_token":
            with self._lock:
                take = self.refresh_tokens.pop if self.rotates_refresh_tokens else self.refresh_tokens.get
                grant = take(form.get("refresh_token", ""), None)
            if grant is None or grant.client_id != client:
                return Reply(400, {"error": "invalid_grant"})
            return self._tokens(grant, "", self.mischief.refreshed_id_token)
        return Reply(400, {"error": "unsupported_grant_type"})

    def userinfo(self, headers: dict[str, str]) -> Reply:
        kind, _, token = headers.get("authorization", "").partition(" ")
        grant = self._access.get(token)
        if kind.lower() != "bearer" or grant is None:
            return Reply(401, {"error": "invalid_token"})
        told = grant.person.told()
        return self._spoiled(self.mischief.userinfo, told)

    def key_set(self) -> Reply:
        return self._spoiled(self.mischief.keys, {"keys": list(self.keys.published)})

    def discovery(self) -> Reply:
        return self._spoiled(self.mischief.discovery, self.metadata())

    # What an ID token says.

    def draft(self, grant: Grant, access_token: str, code: str) -> Draft:
        now = int(time.time())
        key = self.keys.signing
        told = key.as_dict(private=False)
        claims = {
            "iss": self.issuer,
            "aud": grant.client_id,
            "exp": now + 600,
            "iat": now,
            "nonce": grant.nonce if grant.nonce is not None else ABSENT,
            "at_hash": jose.half_hash(access_token),
            **grant.person.told(),
        }
        return Draft(
            {"alg": told["alg"], "kid": told["kid"], "typ": "JWT"},
            jose.changed(claims, {}),
            key,
            grant.nonce,
            access_token,
            code,
            grant.client_id,
            self.clients[grant.client_id],
        )

    def _tokens(self, grant: Grant, code: str, spoil: Callable[[Draft], str] | None) -> Reply:
        access, refresh = f"access-{secrets.token_hex(20)}", f"refresh-{secrets.token_hex(20)}"
        draft = self.draft(grant, access, code)
        id_token = spoil(draft) if spoil else draft.signed()
        reply: dict[str, Any] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": grant.scope,
            "id_token": id_token,
        }
        if code or self.rotates_refresh_tokens:
            reply["refresh_token"] = refresh
        with self._lock:
            self._access[access] = grant
            if "refresh_token" in reply:
                self.refresh_tokens[refresh] = grant
            self.tokens += [access, refresh, id_token.rpartition(".")[2] or access]
        return self._spoiled(self.mischief.token, reply)

    @staticmethod
    def _spoiled(spoil: Callable[[dict[str, Any]], Reply | dict[str, Any]] | None, good: dict[str, Any]) -> Reply:
        sent = spoil(good) if spoil else good
        return sent if isinstance(sent, Reply) else Reply(200, sent)

    # What a good request is.

    def _wrong_request(self, fields: Form) -> str | None:
        if fields.get("client_id") not in self.clients:
            return "unknown client"
        if fields.get("response_type") != "code":
            return "not the code flow"
        if len(fields.get("state", "")) < 22:
            return "a state of less than 128 bits"
        if not fields.get("redirect_uri"):
            return "no redirect address"
        return None

    def _wrong_exchange(self, grant: Grant | None, client: str, form: Form) -> str | None:
        if grant is None:
            return "unknown or used code"
        if grant.client_id != client:
            return "the code of another client"
        if grant.redirect_uri != form.get("redirect_uri"):
            return "another redirect address"
        if grant.challenge is not None:
            verifier = form.get("code_verifier", "")
            with self._lock:
                self.tokens.append(verifier or grant.challenge)
            if not 43 <= len(verifier) <= 128:
                return "a code verifier of a wrong length"
            if jose.base64url(hashlib.sha256(verifier.encode()).digest()) != grant.challenge:
                return "a wrong code verifier"
        return None

    def _client(self, form: Form, headers: dict[str, str]) -> str | None:
        id, secret = form.get("client_id", ""), form.get("client_secret", "")
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "basic":
            id, _, secret = base64.b64decode(given).decode().partition(":")
            id, secret = unquote_plus(id), unquote_plus(secret)
        return id if self.accepts(id, secret) else None

    def accepts(self, client_id: str, secret: str) -> bool:
        return client_id in self.clients and secrets.compare_digest(self.clients[client_id], secret)
