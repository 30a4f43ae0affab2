"""Signed tokens by an implementation that is not the hub's (joserfc), and every way to spoil one."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry

Key = RSAKey | ECKey | OctKey


class _Absent:
    def __repr__(self) -> str:
        return "absent"


ABSENT = _Absent()
"""In place of a value: the member is not there."""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def rsa_key(bits: int = 2048) -> RSAKey:
    """A fresh key pair with a `kid` of its own."""
    return RSAKey.generate_key(bits, {"kid": secrets.token_hex(8), "use": "sig", "alg": "RS256"})


def ec_key(kid: str | None = None) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid or secrets.token_hex(8), "use": "sig", "alg": "ES256"})


@cache
def stranger() -> RSAKey:
    """The key of somebody who is not the provider."""
    return rsa_key()


def public(key: Key, **changes: Any) -> dict[str, Any]:
    """The JWK that is published for a key, with members set or taken away."""
    return changed(dict(key.as_dict(private=False)), changes)


def changed(members: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (members | changes).items() if value is not ABSENT}


def half_hash(value: str) -> str:
    """`at_hash` and `c_hash` for the algorithms with SHA-256 (OpenID Connect Core 1.0, 3.1.3.6)."""
    return base64url(hashlib.sha256(value.encode()).digest()[:16])


def signature(algorithm: str, key: Key, data: bytes) -> bytes:
    return JWSRegistry.algorithms[algorithm].sign(data, key)


def compact(header: bytes, payload: bytes, sign: Callable[[bytes], bytes]) -> str:
    signed = f"{base64url(header)}.{base64url(payload)}"
    return f"{signed}.{base64url(sign(signed.encode()))}"


@dataclass
class Draft:
    """A token that is about to be signed: a good one, as long as nothing is changed."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: Key
    nonce: str | None = None
    access_token: str = ""
    code: str = ""
    client_id: str = ""
    client_secret: str = ""

    @property
    def algorithm(self) -> str:
        return self.header["alg"]

    def with_claims(self, **changes: Any) -> "Draft":
        self.claims = changed(self.claims, changes)
        return self

    def with_header(self, **changes: Any) -> "Draft":
        self.header = changed(self.header, changes)
        return self

    def signed(self, key: Key | None = None, algorithm: str | None = None) -> str:
        """Signs as the header says, or by an algorithm or with a key that it does not speak of."""
        return compact(
            compact_json(self.header),
            compact_json(self.claims),
            lambda data: signature(algorithm or self.algorithm, key or self.key, data),
        )

    def signed_bytes(self, header: bytes | None = None, payload: bytes | None = None) -> str:
        """Signs bytes that no JSON library would write."""
        return compact(
            compact_json(self.header) if header is None else header,
            compact_json(self.claims) if payload is None else payload,
            lambda data: signature(self.algorithm, self.key, data),
        )

    def unsigned(self, algorithm: str) -> str:
        return compact(compact_json(self.header | {"alg": algorithm}), compact_json(self.claims), lambda _: b"")

    def with_signature(self, change: Callable[[bytes], bytes]) -> str:
        """Signed well, and then the signature changed."""
        head, _, last = self.signed().rpartition(".")
        return f"{head}.{base64url(change(base64.urlsafe_b64decode(last + '==')))}"

    def by_shared_secret(self, secret: bytes) -> str:
        """HS256 with bytes that somebody might take for the key. By hand: the library will not sign with a public key."""
        self.with_header(alg="HS256")
        return compact(
            compact_json(self.header),
            compact_json(self.claims),
            lambda data: hmac.digest(secret if isinstance(secret, bytes) else secret.encode(), data, "sha256"),
        )


def flipped(data: bytes) -> bytes:
    """One bit of the middle turned over."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def der(raw: bytes) -> bytes:
    """An ECDSA signature in the form that certificates have, in place of r and s one after the other."""
    half = len(raw) // 2
    return encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))


@dataclass
class KeyRing:
    """The signing keys of a provider: the first signs, those in `published` can be fetched."""

    signing: Key
    published: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, key: Key) -> "KeyRing":
        return cls(key, [public(key)])

    def rotate(self, key: Key, keep_old: bool = True) -> Key:
        """From now on another key signs."""
        self.signing = key
        self.published = [public(key), *(self.published if keep_old else [])]
        return key
