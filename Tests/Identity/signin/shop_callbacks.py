"""Callbacks of Shopify with something changed, signed anew or not."""

from collections.abc import Callable

from signin.browser import Callback
from signin.scene import Attempt
from signin.shops import CLIENT, Pairs, ShopScene, proof

Tamper = Callable[[Attempt], None]


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
