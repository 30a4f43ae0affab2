"""Rows 9, 11 to 20 and 22: what ID tokens say: by whom, for whom, of whom, when, and for which sign-in."""

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest

from signin import jose
from signin.hostile_provider import Person
from signin.jose import ABSENT, Draft
from signin.scene import Scene


def claims(**changes: Any) -> Callable[[Draft], str]:
    return lambda draft: draft.with_claims(**changes).signed()


def after(seconds: float) -> int:
    return int(time.time() + seconds)


# Issuer, audience, subject.


@pytest.mark.parametrize(
    "issuer",
    [
        lambda own: ABSENT,
        lambda own: "https://evil.example",
        lambda own: own + "/",
        lambda own: own.replace("http://", "https://"),
        lambda own: own.removeprefix("http://"),
        lambda own: own.replace("/main", "/other"),
        lambda own: own.upper(),
        lambda own: [own],
        lambda own: None,
        lambda own: own + "\0",
    ],
    ids=["none", "other", "slash", "scheme", "bare", "of another connection", "case", "list", "null", "NUL"],
)
def test_row_009_a_wrong_issuer(scene: Scene, issuer: Callable[[str], Any]) -> None:
    scene.refuses("issuer_wrong", id_token=claims(iss=issuer(scene.main.issuer)))


@pytest.mark.parametrize("audience", [ABSENT, "somebody-else", [], None, "", 7, {}], ids=repr)
def test_row_011_a_wrong_audience(scene: Scene, audience: Any) -> None:
    scene.refuses("audience_wrong", id_token=claims(aud=audience))


def test_row_011_our_client_as_a_part_of_another_name(scene: Scene) -> None:
    scene.refuses("audience_wrong", id_token=claims(aud=scene.client_id("acme", "staff") + "-2"))


@pytest.mark.parametrize("party", [ABSENT, "somebody-else", "", None, 1], ids=repr)
def test_row_012_audience_list_needs_our_azp(scene: Scene, party: Any) -> None:
    ours = scene.client_id("acme", "staff")
    scene.refuses("authorized_party_wrong", id_token=claims(aud=[ours, "somebody-else"], azp=party))


def test_row_012_a_list_with_strangers_and_our_azp_is_accepted(scene: Scene) -> None:
    ours = scene.client_id("acme", "staff")
    scene.accepts(id_token=claims(aud=[ours, "somebody-else"], azp=ours))


def test_row_013_a_list_of_exactly_ours_is_accepted(scene: Scene) -> None:
    scene.accepts(id_token=claims(aud=[scene.client_id("acme", "staff")]))


def test_row_014_the_client_of_another_tenant(scene: Scene) -> None:
    """Both are clients of one issuer, at one hub."""
    scene.refuses("audience_wrong", id_token=claims(aud=scene.client_id("globex", "staff")))


def test_row_014_the_client_of_another_connection_of_the_tenant(scene: Scene) -> None:
    scene.refuses("audience_wrong", id_token=claims(aud=scene.client_id("acme", "closed")))


@pytest.mark.parametrize(
    "subject",
    [ABSENT, "", 1234567, None, "s" * 256, "nul\0inside", ["a"], {"a": 1}, True, "line\nbreak"],
    ids=["none", "empty", "number", "null", "256 characters", "NUL", "list", "object", "bool", "line break"],
)
def test_row_015_a_subject_that_is_none(scene: Scene, subject: Any) -> None:
    scene.refuses("subject_wrong", id_token=claims(sub=subject))


def test_row_015_the_longest_subject_is_accepted(scene: Scene) -> None:
    scene.main.person = Person(sub=secrets.token_hex(128)[:255])
    scene.accepts()


# Times. The edges themselves are tested with a clock that stands still (HubCoreTests); here a second of time may pass.


@pytest.mark.parametrize("reason, issued", [
    ("issued_at_wrong", ABSENT),
    ("issued_at_wrong", 65),
    ("issued_at_wrong", -7 * 86400),
    ("id_token_malformed", None),
    ("id_token_malformed", "yesterday"),
], ids=["none", "in the future", "a week old", "null", "text"])  # fmt: skip
def test_row_016_issued_never_in_the_future_or_long_ago(scene: Scene, reason: str, issued: Any) -> None:
    def forged(draft: Draft) -> str:
        time_of = after(issued) if isinstance(issued, int) else issued
        return draft.with_claims(iat=time_of, exp=after(8 * 86400)).signed()

    scene.refuses(reason, id_token=forged)


@pytest.mark.parametrize("reason, expiry", [
    ("expired", ABSENT),
    ("expired", -65),
    ("expired", -86400),
    ("id_token_malformed", "text"),
    ("id_token_malformed", "1e400"),
    ("id_token_malformed", "negative"),
    ("id_token_malformed", None),
])  # fmt: skip
def test_row_017_an_expiry_that_is_none(scene: Scene, reason: str, expiry: Any) -> None:
    def forged(draft: Draft) -> str:
        match expiry:
            case "text":
                return draft.with_claims(exp=str(after(600))).signed()
            case "negative":
                return draft.with_claims(exp=-1).signed()
            case "1e400":
                payload = jose.compact_json(draft.claims).replace(str(draft.claims["exp"]).encode(), b"1e400")
                return draft.signed_bytes(payload=payload)
            case int():
                return draft.with_claims(exp=after(expiry), iat=after(expiry - 300)).signed()
            case _:
                return draft.with_claims(exp=expiry).signed()

    scene.refuses(reason, id_token=forged)


@pytest.mark.parametrize("claim, offset", [("exp", -57), ("exp", 0), ("iat", 57), ("nbf", 57), ("nbf", -3600)])
def test_row_018_clocks_may_be_a_minute_apart(scene: Scene, claim: str, offset: int) -> None:
    scene.accepts(id_token=lambda draft: draft.with_claims(**{claim: after(offset)}).signed())


@pytest.mark.parametrize(
    "claim, offset, reason", [("exp", -62, "expired"), ("iat", 64, "issued_at_wrong"), ("nbf", 64, "not_yet_valid")]
)
def test_row_018_and_no_more(scene: Scene, claim: str, offset: int, reason: str) -> None:
    scene.refuses(reason, id_token=lambda draft: draft.with_claims(**{claim: after(offset)}).signed())


def test_row_019_a_token_for_later(scene: Scene) -> None:
    scene.refuses("not_yet_valid", id_token=lambda draft: draft.with_claims(nbf=after(3600)).signed())


# What binds the token to the sign-in.


@pytest.mark.parametrize("nonce", [ABSENT, "", "somebody-else", None, 7, ["x"]], ids=repr)
def test_row_020_a_wrong_nonce(scene: Scene, nonce: Any) -> None:
    scene.refuses("nonce_wrong", id_token=claims(nonce=nonce))


def test_row_020_the_nonce_of_another_sign_in(scene: Scene) -> None:
    """One that is under way in another browser, and one that was used up."""
    elsewhere = scene.browser().start("staff").parameters["nonce"]
    scene.refuses("nonce_wrong", id_token=claims(nonce=elsewhere))
    used = scene.accepts().start.parameters["nonce"]
    scene.main.person = Person()
    scene.refuses("nonce_wrong", id_token=claims(nonce=used))


@pytest.mark.parametrize("claim", ["at_hash", "c_hash"])
@pytest.mark.parametrize("value", [jose.half_hash("something else"), "", 7, None], ids=repr)
def test_row_022_a_hash_of_another_token_or_code(scene: Scene, claim: str, value: Any) -> None:
    scene.refuses("token_hash_wrong", id_token=claims(**{claim: value}))


def test_row_022_a_full_hash_is_not_half_of_one(scene: Scene) -> None:
    whole = lambda draft: jose.base64url(hashlib.sha256(draft.access_token.encode()).digest())  # noqa: E731
    scene.refuses("token_hash_wrong", id_token=lambda draft: draft.with_claims(at_hash=whole(draft)).signed())


def test_row_022_good_hashes_are_accepted(scene: Scene) -> None:
    scene.accepts(id_token=lambda draft: draft.with_claims(c_hash=jose.half_hash(draft.code)).signed())


def test_row_022_a_token_without_hashes_is_accepted(scene: Scene) -> None:
    """In the code flow they are optional, as the tokens come by one and the same answer."""
    scene.accepts(id_token=claims(at_hash=ABSENT))
