"""Shopify's own Python package beside a sandbox: it calls shops by their names, and reaches the sandbox."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import shopify
from pywa_kit import Sandbox

CLIENT_ID = "sandbox-shopify-client"
SECRET = "sandbox-shopify-secret"
SHOP = "acme-store.myshopify.com"
REDIRECT = "http://127.0.0.1:8080/auth/acme/shopify/callback"
SCOPES = ["read_customers", "read_orders"]


def at_the_sandbox(sandbox: Sandbox, url: str) -> str:
    """The address that plays `https://{shop}.myshopify.com/…`."""
    parts = urlsplit(url)
    assert parts.hostname and parts.hostname.endswith(".myshopify.com"), f"the package called {url}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{sandbox.url}/shopify/{parts.hostname}{parts.path}{query}"


class _ToTheSandbox(urllib.request.HTTPSHandler):
    """Sends what is meant for a shop to the sandbox, unchanged but for the host."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self.sandbox = sandbox

    def https_open(self, req: urllib.request.Request) -> Any:
        moved = urllib.request.Request(
            at_the_sandbox(self.sandbox, req.full_url),
            data=req.data,
            headers=dict(req.header_items()),
            method=req.get_method(),
        )
        moved.remove_header("Host")
        return self.parent.open(moved, timeout=10)


@contextmanager
def shops(sandbox: Sandbox) -> Iterator[None]:
    """While it lasts, shops are in the sandbox, and the package is the sample app."""
    before = urllib.request._opener  # type: ignore[attr-defined]
    urllib.request.install_opener(urllib.request.build_opener(_ToTheSandbox(sandbox)))
    shopify.Session.setup(api_key=CLIENT_ID, secret=SECRET)
    try:
        yield
    finally:
        shopify.ShopifyResource.clear_session()
        urllib.request.install_opener(before)
