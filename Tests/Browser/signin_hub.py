"""A hub where people sign in, and the sandbox that plays their providers."""

import fcntl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import sample

from harness.hub import binary, plain_environment
from harness.waiting import eventually

# The sandbox knows its clients' redirect addresses, so these are fixed.
HUB = "http://127.0.0.1:8080"
OPERATOR = "127.0.0.1:8081"
# Another host than the hub's, so that the browser takes the providers for another site.
SANDBOX = "http://localhost:8090"
SHOP = "acme-store.myshopify.com"

PROVIDERS = ("google", "apple", "facebook", "shopify")

CONFIGURATION = f"""
version: 1
hub:
  listen: 127.0.0.1:8080
  operator_listen: {OPERATOR}
  data: ./data
  master_key: ${{file:./data/master.key}}
  allow_private_hosts: [127.0.0.1, localhost]
tenants:
  acme:
    name: Acme Ltd
    sign_in:
      google:
        adapter: google
        client_id: sandbox-google-client.apps.googleusercontent.com
        client_secret: ${{env:GOOGLE_SECRET}}
        authorization_url: {SANDBOX}/google/o/oauth2/v2/auth
        token_url: {SANDBOX}/google/token
        keys_url: {SANDBOX}/google/oauth2/v3/certs
        revocation_url: {SANDBOX}/google/revoke
      apple:
        adapter: apple
        client_id: com.example.comfile.signin
        team_id: SANDBOXTEA
        key_id: SANDBOXKEY
        private_key: ${{env:APPLE_KEY}}
        authorization_url: {SANDBOX}/apple/auth/authorize
        token_url: {SANDBOX}/apple/auth/token
        keys_url: {SANDBOX}/apple/auth/keys
        revocation_url: {SANDBOX}/apple/auth/revoke
      facebook:
        adapter: facebook
        client_id: "1066000000000001"
        client_secret: ${{env:FACEBOOK_SECRET}}
        dialog_url: {SANDBOX}/facebook
        graph_url: {SANDBOX}/facebook/graph
      shopify:
        adapter: shopify
        client_id: sandbox-shopify-client
        client_secret: ${{env:SHOPIFY_SECRET}}
        shops: [{SHOP}]
        admin_url: {SANDBOX}/shopify/{{shop}}
    systems:
      shop:
        adapter: shopify-admin
        shop: {SHOP}
        client_id: sandbox-shopify-client
        client_secret: ${{env:SHOPIFY_SECRET}}
        admin_url: {SANDBOX}/shopify/{{shop}}
"""

# Made up for the sandbox, which knows the other half.
APPLE_KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYq+BGR1ArgbJ1vx3
ZviKReu9W7NJFWd2qUs0XR4mX+yhRANCAARp4pQSGqIeup3s4S+xVbulbBETDydG
VUoGDWhoZxYch7zNCQRpqzVWDmYCTLbwCu2C8mGw0NgmrhClnZNsinUs
-----END PRIVATE KEY-----
"""


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """The hub and the sandbox on the ports of the demo: test processes beside this one wait for their turn."""
    configuration = folder / "tenants.yaml"
    configuration.write_text(CONFIGURATION)
    environment = plain_environment() | {
        "GOOGLE_SECRET": "sandbox-google-secret",
        "APPLE_KEY": APPLE_KEY,
        "FACEBOOK_SECRET": "sandbox-facebook-secret",
        "SHOPIFY_SECRET": "sandbox-shopify-secret",
    }
    with (Path(tempfile.gettempdir()) / "comfile-demo.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        assert not (busy := sample.busy_ports()), f"something else listens on ports of the demo: {busy}"
        with sample.running(folder / "sandbox.log", "sandbox", "--listen", "127.0.0.1:8090"):
            eventually(lambda: requests.get("http://127.0.0.1:8090/_sandbox", timeout=5).ok, "the sandbox answers")
            with (folder / "hub.log").open("wb") as log:
                hub = subprocess.Popen(
                    [binary(), "serve", "--config", configuration],
                    env=environment,
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            try:
                ready = f"http://{OPERATOR}/readyz"
                eventually(lambda: requests.get(ready, timeout=5).ok, "the hub is ready")
                yield
            finally:
                hub.terminate()
                try:
                    hub.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    hub.kill()
                    hub.wait()


def invite(role: str = "owner") -> str:
    """A one-time link of the operator, made by the command line."""
    made = subprocess.run(
        [binary(), "people", "invite", "--tenant", "acme", "--role", role, "--operator", OPERATOR],
        env=plain_environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    link, until = made.stdout.splitlines()
    assert until.startswith("works once, until ")
    return link
