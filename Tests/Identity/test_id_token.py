"""Rows 1 to 8 and 30 to 33: signatures, headers and spellings of ID tokens that are not what they seem."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from signin import jose
from signin.jose import ABSENT, Draft
from signin.scene import Scene


def header(**changes: Any) -> Callable[[Draft], str]:
    return lambda draft: draft.with_header(**changes).signed(algorithm="RS256")


def test_a_good_token_is_accepted(scene: Scene) -> None:
    """What all the refusals below differ from in one thing."""
    tried = scene.accepts()
    asked = tried.start.parameters
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 22 and len(asked["nonce"]) >= 22 and asked["nonce"] != asked["state"]
    assert "openid" in asked["scope"].split()
    assert asked["redirect_uri"] == f"{scene.hub.url}/auth/acme/staff/callback"


# Signatures.


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", ""])
def test_row_001_a_token_without_a_signature(scene: Scene, algorithm: str) -> None:
    scene.refuses("algorithm_refused", id_token=lambda draft: draft.unsigned(algorithm))


def test_row_001_an_empty_signature_under_a_good_algorithm(scene: Scene) -> None:
    scene.refuses("signature_wrong", id_token=lambda draft: draft.unsigned("RS256"))


@pytest.mark.parametrize("form", ["pem", "jwk", "der"])
def test_row_002_the_public_key_taken_for_a_shared_secret(scene: Scene, form: str) -> None:
    def forged(draft: Draft) -> str:
        key = {
            "pem": lambda: draft.key.as_pem(private=False),
            "jwk": lambda: jose.compact_json(jose.public(draft.key)),
            "der": lambda: draft.key.as_der(private=False),
        }[form]()
        return draft.by_shared_secret(key)

    scene.refuses("algorithm_refused", id_token=forged)


def test_row_003_the_client_secret_where_a_key_is_expected(scene: Scene) -> None:
    scene.refuses("algorithm_refused", id_token=lambda draft: draft.by_shared_secret(draft.client_secret.encode()))


def test_row_004_one_bit_of_the_signature_turned_over(scene: Scene) -> None:
    scene.refuses("signature_wrong", id_token=lambda draft: draft.with_signature(jose.flipped))


def test_row_004_the_key_of_a_stranger_under_a_good_kid(scene: Scene) -> None:
    scene.refuses("signature_wrong", id_token=lambda draft: draft.signed(jose.stranger()))


def test_row_004_claims_changed_after_signing(scene: Scene) -> None:
    def forged(draft: Draft) -> str:
        head, _, signature = draft.signed().split(".")
        return f"{head}.{jose.base64url(jose.compact_json(draft.claims | {'sub': 'somebody-else'}))}.{signature}"

    scene.refuses("signature_wrong", id_token=forged)


@pytest.mark.parametrize(
    "spoil",
    [lambda raw: bytes(64), jose.der, lambda raw: raw[:32], lambda raw: raw + b"\0", lambda raw: raw[32:] + raw[:32]],
    ids=["r and s are 0", "DER", "half", "one byte more", "s before r"],
)
def test_row_005_elliptic_signatures_that_are_none(scene: Scene, spoil: Callable[[bytes], bytes]) -> None:
    scene.refuses("signature_wrong", "elliptic", id_token=lambda draft: draft.with_signature(spoil))


def test_row_005_a_good_elliptic_signature_is_accepted(scene: Scene) -> None:
    scene.accepts("elliptic")


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS384", "HS512", "ES384", "rs256", 256, None])
def test_row_006_an_algorithm_that_is_not_on_the_list(scene: Scene, algorithm: Any) -> None:
    """Signed as it says where the key can do that."""

    def forged(draft: Draft) -> str:
        can = algorithm in ("RS384", "RS512", "PS384")
        return draft.with_header(alg=algorithm).signed(algorithm=algorithm if can else "RS256")

    scene.refuses("algorithm_refused", id_token=forged)


def test_row_006_the_algorithm_of_another_key(scene: Scene) -> None:
    """What the connection does not name is not looked at, whether or not the key could do it."""
    scene.refuses("algorithm_refused", id_token=lambda draft: draft.with_header(alg="PS256").signed())


@pytest.mark.parametrize("member", ["jwk", "jku", "x5u", "x5c"])
def test_row_007_a_header_that_brings_its_own_key(scene: Scene, member: str) -> None:
    """Nobody follows where it points to: the provider would count the request as a stray."""
    trap = f"{scene.provider.stand_in.url}/trap/keys"
    brought = {
        "jwk": jose.public(jose.stranger()),
        "jku": trap,
        "x5u": trap,
        "x5c": [base64.b64encode(jose.stranger().as_der(private=False)).decode()],
    }[member]
    forged = lambda draft: draft.with_header(**{member: brought}).signed(jose.stranger())  # noqa: E731
    scene.refuses("header_refused", id_token=forged)
    assert scene.provider.strays == []


@pytest.mark.parametrize(
    "members",
    [{"crit": ["bork"], "bork": 1}, {"crit": ["b64"], "b64": False}, {"b64": False}, {"zip": "DEF"}, {"crit": []}],
    ids=["crit", "crit b64", "b64", "zip", "empty crit"],
)
def test_row_008_header_members_that_change_what_a_signature_means(scene: Scene, members: dict[str, Any]) -> None:
    scene.refuses("header_refused", id_token=header(**members))


# Form.


@pytest.mark.parametrize(
    "part, first, second",
    [
        ("header", '"alg":"none"', '"alg":"RS256"'),
        ("header", '"alg":"RS256"', '"alg":"none"'),
        ("claims", '"sub":"victim"', '"sub":"attacker"'),
        ("claims", '"aud":"somebody-else"', '"aud":"ours"'),
        ("claims", '"sub":"a"', '"s\\u0075b":"b"'),
    ],
)
def test_row_030_a_member_that_is_there_twice(scene: Scene, part: str, first: str, second: str) -> None:
    """Two readers would each believe another one."""

    def forged(draft: Draft) -> str:
        name = json.loads("{" + first + "}").popitem()[0]
        members = draft.header if part == "header" else draft.claims
        rest = jose.compact_json({key: value for key, value in members.items() if key != name})
        doubled = ("{" + first + "," + second + ",").encode() + rest[1:]
        return draft.signed_bytes(**({"header": doubled} if part == "header" else {"payload": doubled}))

    scene.refuses("id_token_malformed", id_token=forged)


def padded(token: str) -> str:
    return ".".join(part + "=" * (-len(part) % 4) for part in token.split("."))


def noncanonical(token: str) -> str:
    """Other letters for the same bytes: the last one has bits to spare."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    head, payload, signature = token.split(".")
    assert len(signature) % 4 == 2, "256 bytes"
    last = alphabet.index(signature[-1])
    return f"{head}.{payload}.{signature[:-1]}{alphabet[last | 1]}"


@pytest.mark.parametrize("reason, spoil", [
    ("id_token_malformed", padded),
    ("signature_wrong", noncanonical),
    ("id_token_malformed", lambda token: token + "."),
    ("id_token_malformed", lambda token: token.rpartition(".")[0]),
    ("id_token_malformed", lambda token: token + ".a"),
    ("id_token_malformed", lambda token: ".".join(token.split(".")[:1] * 5)),
    ("id_token_malformed", lambda token: " " + token),
    ("signature_wrong", lambda token: token + "\n"),
    ("id_token_malformed", lambda token: token.replace(".", "\n.", 1)),
    ("id_token_malformed", lambda token: ".."),
    ("id_token_malformed", lambda token: "no token at all"),
    ("id_token_malformed", lambda token: token.replace(".", ".!", 1)),
    ("algorithm_refused", lambda token: "e30." + token.split(".", 1)[1]),
    ("id_token_malformed", lambda token: "W10." + token.split(".", 1)[1]),
], ids=[
    "padding", "spare bits", "fourth segment empty", "two segments", "four segments", "five segments (JWE)",
    "space before", "line break after", "line break inside", "only dots", "words", "signs", "empty header",
    "header is a list",
])  # fmt: skip
def test_row_031_what_is_no_compact_token(scene: Scene, reason: str, spoil: Callable[[str], str]) -> None:
    scene.refuses(reason, id_token=lambda draft: spoil(draft.signed()))


@pytest.mark.parametrize("what", ["long claim", "long header", "deep claims", "long signature", "a megabyte"])
def test_row_032_tokens_without_bounds(scene: Scene, what: str) -> None:
    def forged(draft: Draft) -> str:
        match what:
            case "long claim":
                return draft.with_claims(filler="x" * 20_000).signed()
            case "long header":
                return draft.with_header(filler="x" * 20_000).signed()
            case "deep claims":
                deep = b'{"a":' * 2000 + b"1" + b"}" * 2000
                return draft.signed_bytes(payload=deep)
            case "long signature":
                return draft.signed() + "A" * 20_000
            case _:
                return draft.with_claims(filler="x" * 1_000_000).signed()

    began = time.monotonic()
    tried = scene.attempt(id_token=forged)
    assert time.monotonic() - began < 3
    scene.check_refusal(tried, "token_reply_malformed" if what == "a megabyte" else "id_token_malformed")


@pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "application/at+jwt"])
def test_row_033_a_token_of_another_type(scene: Scene, typ: str) -> None:
    scene.refuses("token_of_other_kind", id_token=header(typ=typ))


@pytest.mark.parametrize(
    "event",
    ["http://schemas.openid.net/event/backchannel-logout", "https://schemas.openid.net/secevent/risc/event-type/x"],
)
def test_row_033_a_logout_token_or_an_event(scene: Scene, event: str) -> None:
    scene.refuses("token_of_other_kind", id_token=lambda draft: draft.with_claims(events={event: {}}).signed())


def test_row_033_an_access_token_offered_as_an_id_token(scene: Scene) -> None:
    told = {"aud": "https://api.example", "nonce": ABSENT, "scope": "read"}
    told["client_id"] = scene.client_id("acme", "staff")
    scene.refuses("audience_wrong", id_token=lambda draft: draft.with_claims(**told).signed())


@pytest.mark.parametrize("typ", [ABSENT, "JWT", "jwt", "application/jwt"])
def test_row_033_usual_types_are_accepted(scene: Scene, typ: Any) -> None:
    scene.accepts(id_token=header(typ=typ))
