"""Row 79: the name of a shop, which becomes a part of an address that the hub calls."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.preload import COMPILER
from signin.browser import Callback
from signin.shop_callbacks import asked_for_nothing, resigned, set_to, without
from signin.shop_scene import scene, shops  # noqa: F401 - fixtures
from signin.shops import ELSEWHERE, OUTLET, SHOP, ShopScene, proof

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
