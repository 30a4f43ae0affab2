"""The provider of these proofs is good as long as nothing is spoiled: a client that others wrote gets in."""

import secrets
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

from signin import jose
from signin.hostile_provider import Issuer, Mischief
from signin.provider_server import HostileProvider


@pytest.fixture(params=["RS256", "ES256"])
def issuer(request):
    provider = HostileProvider()
    made = provider.issuer("own", key=jose.rsa_key() if request.param == "RS256" else jose.ec_key())
    made.clients["client"] = "secret of the client"
    yield made
    provider.close()


def claims_of(issuer: Issuer) -> CodeIDToken:
    """A whole sign-in with authlib."""
    metadata = requests.get(f"{issuer.url}/.well-known/openid-configuration", timeout=10).json()
    assert metadata["issuer"] == issuer.issuer
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    session = OAuth2Session(
        "client", "secret of the client", scope="openid email", redirect_uri="https://hub.example/callback",
        code_challenge_method="S256",
    )  # fmt: skip
    url, state = session.create_authorization_url(
        metadata["authorization_endpoint"], state=secrets.token_urlsafe(32), nonce=nonce, code_verifier=verifier
    )
    back = requests.get(url, allow_redirects=False, timeout=10).headers["Location"]
    assert dict(parse_qsl(urlsplit(back).query))["state"] == state
    token = session.fetch_token(
        metadata["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
    )
    keys = KeySet.import_key_set(requests.get(metadata["jwks_uri"], timeout=10).json())
    decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256", "ES256"])
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        {"iss": {"value": issuer.issuer}, "aud": {"value": "client"}},
        {"nonce": nonce, "access_token": token["access_token"]},
    )
    claims.validate()
    told = session.get(metadata["userinfo_endpoint"]).json()
    assert told["sub"] == claims["sub"] == issuer.person.sub
    return claims


def test_a_good_sign_in_is_good_to_other_peoples_client(issuer: Issuer) -> None:
    assert claims_of(issuer)["email"] == issuer.person.email
    assert issuer.problems == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda draft: draft.signed(jose.stranger() if draft.algorithm == "RS256" else jose.ec_key()),
        lambda draft: draft.unsigned("none"),
        lambda draft: draft.with_signature(jose.flipped),
        lambda draft: draft.with_claims(nonce="x").signed(),
        lambda draft: draft.with_claims(aud="x").signed(),
        lambda draft: draft.with_claims(iss="x").signed(),
        lambda draft: draft.with_claims(at_hash="x").signed(),
    ],
)
def test_what_is_spoiled_is_bad_to_other_peoples_client(issuer: Issuer, spoil) -> None:
    issuer.mischief = Mischief(id_token=spoil)
    with pytest.raises(Exception):  # noqa: B017 - each of its own class
        claims_of(issuer)
