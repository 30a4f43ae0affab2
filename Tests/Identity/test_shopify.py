"""Rows 79 to 89: the name of a shop, the proof of a callback, and the tokens that are given for it."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from harness.preload import COMPILER
from shopify.session import Session

from signin import jose
from signin.browser import TIMEOUT, Callback
from signin.people import Member
from signin.scene import Attempt
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
    session_token,
    signed_text,
)

Tamper = Callable[[Attempt], None]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopScene]:
    scene = ShopScene(tmp_path_factory.mktemp("shops"))
    try:
        yield scene.start()
    finally:
        scene.close()


@pytest.fixture
def scene(shops: ShopScene) -> ShopScene:
    shops.reset()
    return shops


def resigned(change: Callable[[Pairs], Pairs], secret: str | None = None) -> Tamper:
    """Changes what Shopify says, and has Shopify sign that."""

    def tamper(tried: Attempt) -> None:
        pairs = {name: value for name, value in change(tried.callback.values).items() if name != "hmac"}
        made = proof(secret or tried.issuer.clients[CLIENT], pairs)
        tried.callback = Callback(tried.callback.url, [*pairs.items(), ("hmac", made)])

    return tamper


def unsigned(change: Callable[[list[tuple[str, str]]], list[tuple[str, str]]]) -> Tamper:
    """Changes what the browser carries, under the proof of what it was before."""

    def tamper(tried: Attempt) -> None:
        tried.callback = Callback(tried.callback.url, change(tried.callback.pairs))

    return tamper


def hmac_as(change: Callable[[str], str]) -> Tamper:
    return unsigned(lambda pairs: [(n, change(v) if n == "hmac" else v) for n, v in pairs])


def set_to(**values: str) -> Callable[[Pairs], Pairs]:
    return lambda pairs: pairs | values


def without(*names: str) -> Callable[[Pairs], Pairs]:
    return lambda pairs: {name: value for name, value in pairs.items() if name not in names}


def asked_for_nothing(scene: ShopScene) -> bool:
    """The hub itself called no shop; only the person's browser did."""
    return all(line.startswith("GET /") and "/admin/oauth/authorize?" in line for line in scene.shopify.log)


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


# Row 79: names of shops.

NAMES = [
    "evil.com", f"{SHOP}.evil.com", f"evil.com/{SHOP}", f"{SHOP}@evil", f"{SHOP}@evil.com", f"evil.com@{SHOP}",
    f"{SHOP}:8443", f"{SHOP}\n", f"\n{SHOP}", f"{SHOP}\0", "-a.myshopify.com", "-acme-store.myshopify.com",
    "acme-store..myshopify.com", "acme-store.myshopify.com.", ".myshopify.com", "myshopify.com", "127.0.0.1", "[::1]",
    "localhost", "169.254.169.254", "evil-myshopify.com", "acme-storemyshopify.com", "acme-storeXmyshopify.com", "",
    " ", f" {SHOP}", f"{SHOP} ", "acme-stör.myshopify.com", "xn--acme-stre-z4a.myshopify.com",
    "ａcme-store.myshopify.com", "acme-store。myshopify。com", "acme-ſtore.myshopify.com", f"https://{SHOP}",
    f"//{SHOP}", f"{SHOP}/", f"{SHOP}/admin", f"{SHOP}?x", f"{SHOP}#", f"{SHOP}\\", f"x.{SHOP}",
    f"{SHOP}%2eevil.com", f"{SHOP}%00", "acme_store.myshopify.com", "*.myshopify.com", "{shop}", "../acme-store",
    "a" * 64 + ".myshopify.com", "a" * 5000, f"{SHOP},{OUTLET}", "another-store.myshopify.com", ELSEWHERE,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_row_079_a_start_with_what_is_no_shop_of_ours(scene: ShopScene, name: str) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/shopify/start")
    before = scene.ledgers["acme"].standing()
    answer = browser.post(form.action, form.fields | {"with.shop": name})
    assert answer.status_code == 422 and "Location" not in answer.headers
    told = [(entry.kind, entry.reason) for entry in scene.ledgers["acme"].audit(before)]
    reason = "malformed_callback" if len(name) > 80 else "shop_wrong"
    assert told == [("sign_in.refused", reason)]
    after = scene.ledgers["acme"].standing()
    assert (after.counts, after.open_transactions) == (before.counts, before.open_transactions)
    assert scene.shopify.log == [], "nobody was called"
    assert not [cookie for cookie in browser.cookies() if "_tx-" in cookie]
    if len(name) > 3:
        assert name not in scene.news_of_log()


def test_row_079_a_start_without_any_name(scene: ShopScene) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/shopify/start")
    fields = {name: value for name, value in form.fields.items() if not name.startswith("with.")}
    assert browser.post(form.action, fields).status_code == 422 and scene.shopify.log == []


def test_row_079_what_was_written_is_shown_again_as_text(scene: ShopScene) -> None:
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/shopify/start")
    answer = browser.post(form.action, form.fields | {"with.shop": '"><script>alert(1)</script>'})
    assert answer.status_code == 422 and "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_row_079_a_callback_with_what_is_no_shop_of_ours(scene: ShopScene, name: str) -> None:
    """With a good proof, as if Shopify's own signing had been tricked."""
    scene.refuses("shop_wrong", "shopify", tamper=resigned(set_to(shop=name)))
    assert asked_for_nothing(scene)


def test_row_079_a_callback_without_a_shop(scene: ShopScene) -> None:
    scene.refuses("shop_wrong", "shopify", tamper=resigned(without("shop")))
    assert asked_for_nothing(scene)


@pytest.mark.parametrize("name", [SHOP.upper(), "Acme-Store.myshopify.com", "acme-store", "ACME-STORE"])
def test_row_079_other_spellings_of_our_shop_are_our_shop(scene: ShopScene, name: str) -> None:
    start = scene.browser().start("shopify", **{"with.shop": name})
    assert start.url.startswith(f"{scene.shopify.stand_in.url}/{SHOP}/admin/")


def test_row_079_the_callback_may_write_our_shop_in_capitals(scene: ShopScene) -> None:
    scene.accepts("shopify", tamper=resigned(set_to(shop=SHOP.upper())))


WATCH = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Notes every name that is looked up, and finds none but this machine's. */
typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    lookup *real = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
    if (name == NULL || strcmp(name, "localhost") == 0 || strspn(name, "0123456789.:") == strlen(name))
        return real(name, service, hints, found);
    FILE *notes = fopen(getenv("NAMES_LOOKED_UP"), "a");
    fprintf(notes, "%s\n", name);
    fclose(notes);
    return EAI_NONAME;
}
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[ShopScene, Callable[[], list[str]]]]:
    """A hub that would call the shops of the real Shopify, on a machine where no name can be looked up."""
    if COMPILER is None:
        pytest.skip("no C compiler for the watch on names")
    scene = ShopScene(tmp_path)
    for name in ("shopify", "rotating", "scoped"):
        del scene.configuration.connections["acme"][name]["admin_url"]
    source, library, notes = tmp_path / "watch.c", tmp_path / "watch.so", tmp_path / "names"
    source.write_text(WATCH)
    subprocess.run([COMPILER, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    scene.configuration.write(scene.hub.configuration_path)
    scene.hub.launch(LD_PRELOAD=str(library), NAMES_LOOKED_UP=str(notes))
    scene.hub.wait_ready()
    yield scene, lambda: notes.read_text().split() if notes.exists() else []
    scene.close()


def test_row_079_no_name_is_looked_up_but_that_of_a_proven_shop(watched: tuple[ShopScene, Callable]) -> None:
    scene, names = watched
    secret = scene.shopify.secret
    browser = scene.browser()
    form = browser.sign_in_page().form_to("/shopify/start")
    for name in NAMES:
        assert browser.post(form.action, form.fields | {"with.shop": name}).status_code == 422
    for name in [*NAMES, OUTLET]:
        start = browser.start("shopify")
        assert start.url.startswith(f"https://{SHOP}/admin/oauth/authorize?")
        pairs = {"code": "c", "shop": name, "state": start.state, "timestamp": str(int(time.time()))}
        sent = Callback(start.parameters["redirect_uri"], [*pairs.items(), ("hmac", proof(secret, pairs))])
        assert browser.call_back(sent).status_code == 400
    assert names() == []
    start = browser.start("shopify")
    pairs = {"code": "c", "shop": SHOP, "state": start.state, "timestamp": str(int(time.time()))}
    sent = Callback(start.parameters["redirect_uri"], [*pairs.items(), ("hmac", proof(secret, pairs))])
    assert browser.call_back(sent).status_code == 424
    assert set(names()) == {SHOP}, "the watch sees what is looked up"


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


# Row 87: what was given.


@pytest.mark.parametrize("user", [None, [], "42", 42])
def test_row_087_a_token_of_the_shop_vouches_for_nobody(scene: ShopScene, user: Any) -> None:
    def offline(reply: dict[str, Any]) -> dict[str, Any]:
        kept = without("associated_user", "associated_user_scope", "expires_in")(reply)
        return kept if user is None else kept | {"associated_user": user}

    scene.refuses("mode_mismatch", "shopify", token=offline)


@pytest.mark.parametrize("id", [None, "", "abc", -1, 1.5, True, {"a": 1}, 10**25])
def test_row_087_a_user_without_a_number(scene: ShopScene, id: Any) -> None:
    def numbered(reply: dict[str, Any]) -> dict[str, Any]:
        return reply | {"associated_user": reply["associated_user"] | {"id": id}}

    scene.refuses("subject_wrong", "shopify", token=numbered)


@pytest.mark.parametrize("scope", ["", "read_orders", "write_products", "read_orders,read_products", "write_orders"])
def test_row_087_fewer_scopes_than_asked(scene: ShopScene, scope: str) -> None:
    scene.refuses("scopes_missing", "scoped", token=lambda reply: reply | {"scope": scope})


def test_row_087_to_write_is_to_read(scene: ShopScene) -> None:
    scene.accepts("scoped", token=lambda reply: reply | {"scope": "write_orders,write_products,read_themes"})


@pytest.mark.parametrize("change, reason", [
    (lambda r: r | {"associated_user": {"id": 42}}, "mode_mismatch"),
    (lambda r: r | {"associated_user": None}, "mode_mismatch"),
    (lambda r: without("refresh_token")(r), "mode_mismatch"),
    (lambda r: r | {"scope": "read_customers"}, "scopes_missing"),
], ids=["online", "online without a user", "one that lapses", "fewer scopes"])  # fmt: skip
def test_row_087_a_service_gets_what_it_asked_for_or_is_not_connected(
    scene: ShopScene, change: Callable[[dict[str, Any]], dict[str, Any]], reason: str
) -> None:
    owner = scene.owner()
    sent = scene.way_back(owner)
    scene.shopify.mischief.token = change
    before, grant = scene.ledgers["acme"].standing(), scene.grant()
    assert 400 <= owner.browser.call_back(sent).status_code < 500
    entries = scene.ledgers["acme"].audit(before)
    assert [(entry.kind, entry.reason, entry.connection) for entry in entries] == [("connect.refused", reason, "shop")]
    assert scene.grant() == grant and scene.ledgers["acme"].standing().counts == before.counts
    scene.check_nothing_of(scene.shopify.tokens, owner.browser.trail[-1])


# Rows 88 and 89: session tokens, which the shop's own administration gives.


def present(scene: ShopScene, token: str) -> tuple[requests.Response, list[tuple[str, str | None]]]:
    before = scene.ledgers["acme"].standing()
    address = f"{scene.hub.url}/connect/acme/shop/session-token"
    answer = requests.post(address, headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT)
    return answer, [(entry.kind, entry.reason) for entry in scene.ledgers["acme"].audit(before)]


NONE = jose.base64url(b'{"alg":"none","typ":"JWT"}')
SESSION_TOKENS: dict[str, Callable[[str], str]] = {
    "algorithm none": lambda s: f"{NONE}.{session_token(s).split('.')[1]}.",
    "RS256": lambda s: session_token(s, "RS256", jose.stranger()),
    "HS512": lambda s: session_token(s + s, "HS512"),
    "another secret": lambda s: session_token("another app's secret, long enough"),
    "one bit": lambda s: session_token(s)[:-2] + "AA",
    "another aud": lambda s: session_token(s, aud="another"),
    "no aud": lambda s: session_token(s, aud=None),
    "expired 15 s ago": lambda s: session_token(s, exp=int(time.time()) - 15),
    "no exp": lambda s: session_token(s, exp=None),
    "nbf in a minute": lambda s: session_token(s, nbf=int(time.time()) + 60),
    "iss of another shop": lambda s: session_token(s, iss=f"https://{OUTLET}/admin"),
    "dest of another shop": lambda s: session_token(s, dest=f"https://{OUTLET}"),
    "all of another shop": lambda s: session_token(s, iss=f"https://{OUTLET}/admin", dest=f"https://{OUTLET}"),
    "dest that is no shop": lambda s: session_token(s, iss="https://evil.com/admin", dest="https://evil.com"),
    "dest with a path": lambda s: session_token(s, dest=f"https://{SHOP}/x"),
    "dest by http": lambda s: session_token(s, dest=f"http://{SHOP}"),
    "dest before an at": lambda s: session_token(s, dest=f"https://{SHOP}@evil.com"),
    "no dest": lambda s: session_token(s, dest=None),
    "no token": lambda s: "x",
}  # fmt: skip


@pytest.mark.parametrize("make", SESSION_TOKENS.values(), ids=SESSION_TOKENS)
def test_row_088_a_session_token_that_does_not_hold(scene: ShopScene, make: Callable[[str], str]) -> None:
    made, before = make(scene.shopify.secret), scene.grant()
    answer, told = present(scene, made)
    assert answer.status_code == 401 and len(told) == 1 and told[0][0] == "connect.refused" and told[0][1]
    assert scene.shopify.log == [] and scene.grant() == before
    scene.check_nothing_of([made], answer)


def test_row_089_the_shop_is_the_tokens_and_no_parameters(scene: ShopScene) -> None:
    made = session_token(scene.shopify.secret)
    answer = requests.post(
        f"{scene.hub.url}/connect/acme/shop/session-token?{urlencode({'shop': OUTLET, 'dest': OUTLET})}",
        json={"shop": OUTLET}, headers={"Authorization": f"Bearer {made}"}, timeout=TIMEOUT,
    )  # fmt: skip
    assert answer.status_code == 204, answer.text
    assert scene.shopify.log == [f"POST /{SHOP}/admin/oauth/access_token"]
    assert scene.grant() == ("active", None)
    scene.check_nothing_of([made, *scene.shopify.tokens], answer)


def test_the_connected_shop_answers(scene: ShopScene) -> None:
    """What the refusals of row 87 differ from."""
    owner = scene.owner()
    assert scene.connect_shop(owner).status_code == 303
    assert scene.grant() == ("active", None) and isinstance(owner, Member)
    page = owner.submit(owner.page("/services").form_to("/shop/test"))
    assert "Acme Store" in owner.browser.get(page.headers["Location"]).text
    assert SHOP in owner.page("/services").text
