"""Rows 80 to 86: the proof of a callback of Shopify, and whose callback it is."""

import time
from collections.abc import Callable

import pytest
from shopify.session import Session

from signin import jose
from signin.browser import Callback
from signin.scene import Attempt
from signin.shop_callbacks import Tamper, asked_for_nothing, hmac_as, resigned, set_to, unsigned, without
from signin.shop_scene import scene, shops  # noqa: F401 - fixtures
from signin.shops import (
    CLIENT,
    ELSEWHERE,
    OLD_SECRET,
    OUTLET,
    SHOP,
    Pairs,
    ShopScene,
    digest,
    encoded_text,
    proof,
    signed_text,
)


def test_a_good_sign_in_of_a_shops_staff(scene: ShopScene) -> None:
    tried = scene.accepts("shopify")
    asked = tried.start.parameters
    assert tried.start.url.startswith(f"{scene.shopify.stand_in.url}/{SHOP}/admin/oauth/authorize?")
    assert asked["grant_options[]"] == "per-user" and asked["redirect_uri"].endswith("/auth/acme/shopify/callback")
    assert scene.shopify.counts == {"token": 1, "oauth/authorize": 1}


def test_the_proofs_of_these_tests_are_those_of_shopifys_own_library() -> None:
    Session.secret = "shpss_secret"
    pairs = {"code": "a", "shop": SHOP, "state": "s", "host": "YWRtaW4=/+", "a&b=c%": "d&e=f%", "x[]": "1"}
    assert proof("shpss_secret", pairs) == Session.calculate_hmac(pairs)


# Rows 80 to 84: the proof.


@pytest.mark.parametrize("tamper, reason", [
    (unsigned(lambda pairs: [pair for pair in pairs if pair[0] != "hmac"]), "proof_missing"),
    (hmac_as(lambda v: ""), "proof_missing"),
    (unsigned(lambda pairs: [("hmac[]" if n == "hmac" else n, v) for n, v in pairs]), "proof_missing"),
    (unsigned(lambda pairs: [("signature" if n == "hmac" else n, v) for n, v in pairs]), "proof_missing"),
    (hmac_as(lambda v: "0" * 64), "proof_wrong"),
    (hmac_as(lambda v: v[:-1] + ("0" if v[-1] != "0" else "1")), "proof_wrong"),
    (hmac_as(str.upper), "proof_wrong"),
    (hmac_as(lambda v: v[:-1]), "proof_wrong"),
    (hmac_as(lambda v: v[:1]), "proof_wrong"),
    (hmac_as(lambda v: v + "0"), "proof_wrong"),
    (hmac_as(lambda v: v + "\0"), "proof_wrong"),
    (hmac_as(lambda v: f" {v}"), "proof_wrong"),
    (hmac_as(lambda v: f"0x{v}"), "proof_wrong"),
    (hmac_as(lambda v: jose.base64url(bytes.fromhex(v))), "proof_wrong"),
    (hmac_as(lambda v: f'["{v}"]'), "proof_wrong"),
    (hmac_as(lambda v: "\u0661" + v[1:]), "proof_wrong"),
    (resigned(lambda pairs: pairs, "another app's secret"), "proof_wrong"),
    (resigned(lambda pairs: pairs, "\0"), "proof_wrong"),
    (unsigned(lambda pairs: [*pairs, ("hmac", "0" * 64)]), "doubled_parameter"),
    (unsigned(lambda pairs: [*pairs, ("hmac", dict(pairs)["hmac"])]), "doubled_parameter"),
], ids=["missing", "empty", "array", "legacy name", "zeros", "one digit", "upper", "truncated", "one digit alone",
"longer",
        "a zero byte", "a space", "0x", "base64", "as a list", "another digit", "other secret", "zero secret", "twice",
        "the same twice"])  # fmt: skip
def test_row_080_a_proof_that_is_none(scene: ShopScene, tamper: Tamper, reason: str) -> None:
    scene.refuses(reason, "shopify", tamper=tamper)
    assert asked_for_nothing(scene)


def test_row_080_the_old_secret_counts_while_it_is_rotated(scene: ShopScene) -> None:
    scene.accepts("rotating", tamper=resigned(lambda pairs: pairs, OLD_SECRET))
    scene.accepts("rotating", new=False)


def test_row_080_the_old_secret_is_nothing_afterwards(scene: ShopScene) -> None:
    scene.refuses("proof_wrong", "shopify", tamper=resigned(lambda pairs: pairs, OLD_SECRET))
    assert asked_for_nothing(scene)


def ago(seconds: float) -> Callable[[Pairs], Pairs]:
    return lambda pairs: pairs | {"timestamp": str(int(time.time() - seconds))}


@pytest.mark.parametrize("change", [
    without("timestamp"), ago(92), ago(3600), ago(-150), lambda p: p | {"timestamp": "0"},
    lambda p: p | {"timestamp": p["timestamp"] + ".0"}, lambda p: p | {"timestamp": p["timestamp"] + "000"},
    lambda p: p | {"timestamp": f"+{p['timestamp']}"}, lambda p: p | {"timestamp": f" {p['timestamp']}"},
    lambda p: p | {"timestamp": f"-{p['timestamp']}"}, lambda p: p | {"timestamp": hex(int(p["timestamp"]))},
    lambda p: p | {"timestamp": "1e9"}, lambda p: p | {"timestamp": "now"}, lambda p: p | {"timestamp": ""},
    lambda p: p | {"timestamp": "9" * 40}, lambda p: p | {"timestamp": "9223372036854775808"},
    lambda p: without("timestamp")(p) | {"timestamp[]": p["timestamp"]},
    lambda p: p | {"timestamp": "".join(chr(0x660 + int(sign)) for sign in p["timestamp"])},
], ids=["missing", "92 s old", "an hour old", "future", "1970", "fraction", "milliseconds", "plus", "space", "minus",
"hex",
        "exponent", "word", "empty", "40 digits", "64 bits", "array", "other digits"])  # fmt: skip
def test_row_081_a_time_that_is_not_now(scene: ShopScene, change: Callable[[Pairs], Pairs]) -> None:
    scene.refuses("proof_stale", "shopify", tamper=resigned(change))
    assert asked_for_nothing(scene)


@pytest.mark.parametrize("seconds", [30, -30])
def test_row_081_clocks_may_differ_a_little(scene: ShopScene, seconds: int) -> None:
    scene.accepts("shopify", tamper=resigned(ago(seconds)))


@pytest.mark.parametrize("extra", [
    {"locale": "de"}, {"a": ""}, {"zz[]": "1"}, {"a b": "c d"}, {"~*": "ü/+%&=\n"}, {"signature": "x"},
])  # fmt: skip
def test_row_082_a_parameter_that_nobody_knows_is_taken_when_it_is_signed(scene: ShopScene, extra: Pairs) -> None:
    scene.accepts("shopify", tamper=resigned(set_to(**extra)))


@pytest.mark.parametrize("extra", [{"a b": "c d"}, {"~*": "ü/+%&=\n"}, {"zz[]": "1"}, {"host": "YWI=/+"}])
def test_row_082_both_spellings_of_the_signed_text_are_taken(scene: ShopScene, extra: Pairs) -> None:
    def tamper(tried: Attempt) -> None:
        pairs = without("hmac")(tried.callback.values) | extra
        assert encoded_text(pairs) != signed_text(pairs)
        made = digest(tried.issuer.clients[CLIENT], encoded_text(pairs)).hex()
        tried.callback = Callback(tried.callback.url, [*pairs.items(), ("hmac", made)])

    scene.accepts("shopify", tamper=tamper)


@pytest.mark.parametrize("pair", [
    ("locale", "de"), ("a", ""), ("", "a"), ("hmac[]", "x"), ("Shop", OUTLET), ("shop[]", OUTLET),
])  # fmt: skip
def test_row_082_a_parameter_that_was_added_after_signing(scene: ShopScene, pair: tuple[str, str]) -> None:
    scene.refuses("proof_wrong", "shopify", tamper=unsigned(lambda pairs: [*pairs, pair]))
    assert asked_for_nothing(scene)


@pytest.mark.parametrize("name", ["code", "host", "state"])
def test_row_082_a_parameter_that_was_taken_away_after_signing(scene: ShopScene, name: str) -> None:
    reason = "state_missing" if name == "state" else "proof_wrong"
    tamper = unsigned(lambda pairs: [pair for pair in pairs if pair[0] != name])
    scene.refuses(reason, "shopify", tamper=tamper, spends=name != "state")


@pytest.mark.parametrize("name", ["code", "host", "shop", "timestamp", "state", "hmac"])
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_row_082_a_parameter_that_is_there_twice(scene: ShopScene, name: str, first: bool) -> None:
    more = [(name, OUTLET)]
    tamper = unsigned(lambda pairs: more + pairs if first else pairs + more)
    scene.refuses("doubled_parameter", "shopify", tamper=tamper, spends=name != "state")
    assert asked_for_nothing(scene)


@pytest.mark.parametrize("turn", [lambda pairs: pairs[::-1], lambda pairs: pairs[3:] + pairs[:3], sorted])
def test_row_083_the_order_is_of_no_importance(scene: ShopScene, turn: Callable) -> None:
    scene.accepts("shopify", tamper=unsigned(turn))


SMUGGLED: dict[str, Callable[[Pairs], Pairs]] = {
    "host in the code": lambda p: without("host")(p) | {"code": f"{p['code']}&host={p['host']}"},
    "shop in the code": lambda p: without("host", "shop")(p) | {"code": f"{p['code']}&host={p['host']}&shop={SHOP}"},
    "a name with a sign": lambda p: without("host")(p) | {"host=YWRtaW4": "/x"},
    "a name with all": lambda p: without("code", "host", "shop")(p) | {f"code={p['code']}&host={p['host']}&shop": SHOP},
}


@pytest.mark.parametrize("change", SMUGGLED.values(), ids=SMUGGLED)
def test_row_084_signs_in_a_value_make_no_other_callback_of_it(
    scene: ShopScene, change: Callable[[Pairs], Pairs]
) -> None:
    """Joined without care, both are one text under one proof."""

    def joined(pairs: Pairs) -> str:
        return "&".join(sorted(f"{name}={value}" for name, value in without("hmac")(pairs).items()))

    def tamper(tried: Attempt) -> None:
        resigned(set_to(host="YWRtaW4=/x"))(tried)
        before = tried.callback.values
        after = change(before)
        assert joined(after) == joined(before) and after["hmac"] == before["hmac"] and after != before
        tried.callback = Callback(tried.callback.url, [*after.items()])

    scene.refuses("proof_wrong", "shopify", tamper=tamper)
    assert asked_for_nothing(scene)


def test_row_084_a_shop_that_brings_a_state(scene: ShopScene) -> None:
    """`shop=a%26state%3Db`, and signed as such."""
    scene.refuses("shop_wrong", "shopify", tamper=resigned(lambda p: p | {"shop": f"{SHOP}&state={p['state']}"}))
    assert asked_for_nothing(scene)


# Rows 85 and 86: whose callback it is.


def test_row_085_a_good_proof_without_the_cookie(scene: ShopScene) -> None:
    """Anybody can have Shopify sign a callback, by installing the app themselves."""

    def tamper(tried: Attempt) -> None:
        tried.browser.drop_cookies("comfile_tx-")

    scene.refuses("wrong_browser", "shopify", tamper=tamper)
    assert asked_for_nothing(scene)


def test_row_085_a_good_proof_of_a_state_that_nobody_opened(scene: ShopScene) -> None:
    scene.refuses("state_unknown", "shopify", tamper=resigned(set_to(state="x" * 43)), spends=False)
    assert asked_for_nothing(scene)


def test_row_085_a_good_callback_again(scene: ShopScene) -> None:
    tried = scene.accepts("shopify")
    before = scene.ledgers["acme"].standing()
    assert tried.browser.call_back(tried.callback).status_code == 400
    assert [entry.reason for entry in scene.ledgers["acme"].audit(before)] == ["state_replayed"]
    assert scene.shopify.counts["token"] == 1


@pytest.mark.parametrize("shop", [OUTLET, ELSEWHERE])
def test_row_086_the_callback_of_another_shop_than_was_asked(scene: ShopScene, shop: str) -> None:
    """Also when it is one of ours: its code would come to the wrong shop."""
    scene.refuses("shop_wrong", "shopify", tamper=resigned(set_to(shop=shop)))
    assert asked_for_nothing(scene)


def test_row_086_the_same_number_at_another_shop_is_somebody_else(scene: ShopScene) -> None:
    scene.accepts("shopify")
    browser = scene.browser()
    browser.shop = OUTLET
    scene.accepts("shopify", browser=browser, new=True)
