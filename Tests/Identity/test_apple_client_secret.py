"""The hub's client secret as Apple's token endpoint gets it, judged by two libraries that others wrote for ES256."""

import base64
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import ECKey

from harness import hub
from harness.server import Handler, StandIn
from harness.waiting import eventually
from signin import jose
from signin.hostile_provider import Asked, Issuer
from signin.people import join, owner
from signin.scene import Attempt, Scene

APPLE = "https://appleid.apple.com"
Key = ec.EllipticCurvePrivateKey


class Apple(Issuer):
    """Posts its answer and takes any client secret: what it is worth, the tests say."""

    def __init__(self, url: str) -> None:
        super().__init__(url, jose.rsa_key(), APPLE)
        self.form_post = True

    def accepts(self, client_id: str, secret: str) -> bool:
        # Nobody else may get to see it.
        self.tokens.append(secret.rpartition(".")[2] or client_id)
        return client_id in self.clients


class Refusing(Handler):
    """Apple's revocation when it does not believe the client: no token is taken back."""

    def do_POST(self) -> None:
        self.body()
        self.reply(400, b'{"error":"invalid_client"}')


class Team:
    """A developer team at Apple with its key."""

    def __init__(self, id: str, key_id: str) -> None:
        self.id, self.key_id = id, key_id
        self.key: Key = ec.generate_private_key(ec.SECP256R1())

    @property
    def p8(self) -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class AppleScene(Scene):
    """At acme `apple` and `second`, two Services IDs of one team; at globex `apple`, of another team."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.apple = Apple(f"{self.provider.stand_in.url}/apple")
        self.provider.issuers["apple"] = self.apple
        self.teams = {"acme": Team("ACMETEAM01", "ACMEKEY001"), "globex": Team("GLOBETEAM1", "GLOBEKEY01")}
        self.refusing = StandIn(Refusing)
        self._connect("acme", "apple", self.teams["acme"].p8)
        # As a variable of the environment often has it, in one line.
        self._connect("acme", "second", self.teams["acme"].p8.replace("\n", "\\n"))
        self._connect("globex", "apple", self.teams["globex"].p8)
        self.configuration.connections["acme"]["second"]["revocation_url"] = f"{self.refusing.url}/revoke"

    def close(self) -> None:
        super().close()
        self.refusing.close()

    def _connect(self, tenant: str, name: str, private_key: str) -> None:
        id, at = f"com.example.{tenant}.{name}", self.apple.url
        self.apple.clients[id] = secrets.token_hex()
        self.issuers[tenant, name] = self.apple
        self.configuration.connections[tenant][name] = {
            "adapter": "apple",
            "client_id": id,
            "team_id": self.teams[tenant].id,
            "key_id": self.teams[tenant].key_id,
            "private_key": self.configuration.hide(private_key),
            "authorization_url": f"{at}/authorize",
            "token_url": f"{at}/token",
            "keys_url": f"{at}/keys",
            "revocation_url": f"{at}/revoke",
            "join": "agent",
        }

    def asked(self, endpoint: str = "token") -> Asked:
        """The one call of an endpoint, with its secret."""
        asked = self.apple.requests(endpoint)
        assert len(asked) == 1, asked
        return asked[0]

    def sign_in(self, connection: str = "apple", tenant: str = "acme") -> tuple[Attempt, str]:
        """A sign-in, and the secret that it took."""
        self.reset()
        tried = self.accepts(connection, tenant)
        return tried, self.asked().form["client_secret"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppleScene]:
    scene = AppleScene(tmp_path_factory.mktemp("apple"))
    try:
        scene.start()
        yield scene
    finally:
        scene.close()


@pytest.fixture
def scene(running: AppleScene) -> AppleScene:
    running.reset()
    return running


Judge = Callable[..., dict[str, Any]]


def by_pyjwt(secret: str, key: Key, audience: str = APPLE, issuer: str = "ACMETEAM01") -> dict[str, Any]:
    required = {"require": ["iss", "iat", "exp", "aud", "sub"]}
    return jwt.decode(secret, key.public_key(), ["ES256"], required, audience=audience, issuer=issuer)


def by_joserfc(secret: str, key: Key, audience: str = APPLE, issuer: str = "ACMETEAM01") -> dict[str, Any]:
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = joserfc_jwt.decode(secret, ECKey.import_key(pem), algorithms=["ES256"]).claims
    registry = joserfc_jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        **{name: {"essential": True} for name in ("iat", "exp", "sub")},
    )
    registry.validate(claims)
    return claims


each_library = pytest.mark.parametrize("judge", [by_pyjwt, by_joserfc])


@each_library
def test_it_says_who_asks_whom_for_five_minutes_at_most(scene: AppleScene, judge: Judge) -> None:
    before = int(time.time())
    secret = scene.sign_in()[1]
    claims = judge(secret, scene.teams["acme"].key)
    assert claims == {
        "iss": "ACMETEAM01",
        "sub": "com.example.acme.apple",
        "aud": APPLE,
        "iat": claims["iat"],
        "exp": claims["exp"],
    }
    assert before <= claims["iat"] <= time.time()
    assert 0 < claims["exp"] - claims["iat"] <= 300
    assert jwt.get_unverified_header(secret) == {"alg": "ES256", "kid": "ACMEKEY001", "typ": "JWT"}


@each_library
def test_no_other_key_has_signed_it(scene: AppleScene, judge: Judge) -> None:
    secret = scene.sign_in()[1]
    for other in (scene.teams["globex"].key, ec.generate_private_key(ec.SECP256R1())):
        with pytest.raises(Exception, match="(?i)signature"):
            judge(secret, other)
    assert judge(secret, scene.teams["acme"].key)


@each_library
def test_nobody_but_apple_is_meant(scene: AppleScene, judge: Judge) -> None:
    secret = scene.sign_in()[1]
    for other in (scene.apple.url, f"{scene.apple.url}/token", f"{APPLE}/", "https://account.apple.com"):
        with pytest.raises(Exception, match="(?i)aud"):
            judge(secret, scene.teams["acme"].key, audience=other)
    with pytest.raises(Exception, match="(?i)iss"):
        judge(secret, scene.teams["acme"].key, issuer="GLOBETEAM1")


def test_the_signature_is_two_bare_numbers_over_what_is_said(scene: AppleScene) -> None:
    secret = scene.sign_in()[1]
    said, _, last = secret.rpartition(".")
    raw = base64.urlsafe_b64decode(last + "==")
    assert len(raw) == 64 and "=" not in secret
    signature = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = scene.teams["acme"].key.public_key()
    public.verify(signature, said.encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(signature, said.replace(".", ".A", 1).encode(), ec.ECDSA(SHA256()))


def test_it_travels_in_the_body_alone(scene: AppleScene) -> None:
    tried, secret = scene.sign_in()
    asked = scene.asked()
    assert set(asked.form) == {"grant_type", "code", "redirect_uri", "client_id", "client_secret"}
    assert (asked.form["client_id"], asked.form["grant_type"]) == ("com.example.acme.apple", "authorization_code")
    assert asked.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert "authorization" not in asked.headers
    assert all(secret not in value for value in asked.headers.values())
    assert tried.start and "client_secret" not in tried.start.parameters
    assert all(secret not in answer.text for answer in tried.browser.trail)


def test_each_call_has_one_of_its_own(scene: AppleScene) -> None:
    first = scene.sign_in()[1]
    time.sleep(1.1)
    second = scene.sign_in()[1]
    key = scene.teams["acme"].key
    assert by_pyjwt(second, key)["iat"] > by_pyjwt(first, key)["iat"]
    assert first.rpartition(".")[2] != second.rpartition(".")[2]


def test_each_client_has_one_of_its_own(scene: AppleScene) -> None:
    second = scene.sign_in("second")[1]
    assert by_pyjwt(second, scene.teams["acme"].key)["sub"] == "com.example.acme.second"
    globex = scene.sign_in(tenant="globex")[1]
    claims = by_joserfc(globex, scene.teams["globex"].key, issuer="GLOBETEAM1")
    assert claims["sub"] == "com.example.globex.apple"
    assert jwt.get_unverified_header(globex)["kid"] == "GLOBEKEY01"
    with pytest.raises(jwt.InvalidSignatureError):
        by_pyjwt(globex, scene.teams["acme"].key, issuer="GLOBETEAM1")


def check_revocation(scene: AppleScene, refresh_token: str, spent: str) -> None:
    """The token was given back once, by a secret that was made for it."""
    eventually(lambda: scene.apple.counts["revoke"], "the token is given back")
    asked = scene.asked("revoke")
    secret = asked.form.pop("client_secret")
    assert asked.form == {
        "client_id": "com.example.acme.apple",
        "token": refresh_token,
        "token_type_hint": "refresh_token",
    }
    assert secret != spent and "authorization" not in asked.headers
    for judge in (by_pyjwt, by_joserfc):
        claims = judge(secret, scene.teams["acme"].key)
        assert claims["sub"] == "com.example.acme.apple" and 0 < claims["exp"] - claims["iat"] <= 300
    assert scene.apple.counts["token"] == 1, "nothing was refreshed"


def test_a_fresh_one_gives_the_token_of_a_removed_person_back(scene: AppleScene) -> None:
    boss = owner(scene)
    tried, secret = scene.sign_in()
    refresh_token = list(scene.apple.refresh_tokens)[-1]
    assert boss.act_on(tried.issuer.person, "/remove").headers["Location"].endswith("notice=removed")
    check_revocation(scene, refresh_token, secret)


def test_a_fresh_one_gives_the_token_of_an_unlinked_identity_back(scene: AppleScene) -> None:
    member = join(scene, connection="apple")
    spent = scene.asked().form["client_secret"]
    refresh_token = list(scene.apple.refresh_tokens)[-1]
    linked = member.browser.call_back(member.browser.authorize(member.start_link("staff")))
    assert linked.status_code == 303, linked.text[:300]
    first, _ = [form for form in member.page().forms if form.action.endswith("/unlink")]
    assert member.submit(first).headers["Location"].endswith("notice=unlinked")
    check_revocation(scene, refresh_token, spent)


@pytest.mark.parametrize(("connection", "outcome"), [("apple", "revoked"), ("second", "revocation_failed")])
def test_the_audit_says_whether_apple_took_the_token_back(scene: AppleScene, connection: str, outcome: str) -> None:
    """At `second`, the answer is invalid_client."""
    boss, ledger = owner(scene), scene.ledgers["acme"]
    tried, _ = scene.sign_in(connection)
    before = ledger.standing()
    assert boss.act_on(tried.issuer.person, "/remove").headers["Location"].endswith("notice=removed")

    def told() -> list[str | None]:
        return [entry.reason for entry in ledger.audit(before) if entry.kind == "grant.revoked"]

    assert eventually(told, "the audit tells of the token") == [outcome]


@pytest.mark.parametrize("key", ["canary", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"])
def test_check_tells_of_a_key_that_is_none(scene: AppleScene, tmp_path: Path, key: str) -> None:
    """Before anything is started with it, where it stands, and without showing it."""
    path = tmp_path / "tenants.yaml"
    path.write_text(yaml.safe_dump(scene.configuration.tree()))
    variable = scene.configuration.connections["acme"]["apple"]["private_key"].removeprefix("${env:").rstrip("}")
    good = hub.run("check", path, environment=scene.configuration.environment)
    assert good.returncode == 0, good.stderr
    bad = hub.run("check", path, environment=scene.configuration.environment | {variable: key})
    assert bad.returncode == 2 and "tenants.acme.sign_in.apple.private_key" in bad.stderr, bad.stderr
    assert "canary" not in bad.stdout + bad.stderr

