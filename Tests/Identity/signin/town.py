"""A tenant with every provider there is: the sandbox plays four of them behind a wire, and one more is hostile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
import sample
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness.business import Business
from harness.configuration import acme
from harness.hub import Hub
from harness.journal import Journal
from harness.ports import free_port
from harness.provider import Provider
from harness.waiting import eventually
from signin.browser import REDIRECTS, TIMEOUT, Browser, Page, Start
from signin.canaries import Canaries, Wire, canary, of_browser
from signin.configuration import SignInConfiguration
from signin.ledger import Ledger
from signin.provider_server import HostileProvider

SHOP = "acme-store.myshopify.com"
GOOGLE_CLIENT = "sandbox-google-client.apps.googleusercontent.com"
APPLE_CLIENT = "com.example.comfile.signin"
FACEBOOK_CLIENT = "1066000000000001"
SHOPIFY_CLIENT = "sandbox-shopify-client"
TALK = ["message.received", "message.status", "media.updated"]


class Town:
    """Acme, its providers, its business systems `crm`, `archive` (Drive) and `shop`, and what passes between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.canaries = Canaries()
        self.sandbox = f"http://127.0.0.1:{free_port()}"
        self.wire = Wire(self.sandbox, self.canaries)
        self.hostile = HostileProvider()
        self.staff = self.hostile.issuer("staff")
        self.tenant = acme()
        self.tenant.access_token = sample.ACCESS_TOKEN
        self.journals = [Journal(folder / "business.jsonl"), Journal(folder / "channel.jsonl")]
        self.business = Business(self.tenant.system_secrets[0], self.journals[0])
        self.tenant.system_url = self.business.url
        self.configuration = SignInConfiguration(
            folder / "data", free_port(), free_port(), [self.tenant],
            self.wire.url, sample.APP_SECRET, sample.VERIFY_TOKEN,
        )  # fmt: skip
        self.secrets = {name: canary(name) for name in ("google", "facebook", "shopify", "staff", "closed")}
        self.apple_key = ec.generate_private_key(ec.SECP256R1())
        self._configure()
        self.hub = Hub(folder, self.configuration)
        self.ledger = Ledger(self.configuration.data, "acme")
        self.channel = Provider(self.hub.webhook_url, sample.APP_SECRET, self.journals[1])
        self.browsers: list[Browser] = []
        self.operator_said: list[str] = []

    # What stands in tenants.yaml.

    def _configure(self) -> None:
        hide, at = self.configuration.hide, self.wire.url
        google = {
            "client_id": GOOGLE_CLIENT, "client_secret": hide(self.secrets["google"]),
            "authorization_url": f"{at}/google/o/oauth2/v2/auth", "token_url": f"{at}/google/token",
            "keys_url": f"{at}/google/oauth2/v3/certs", "revocation_url": f"{at}/google/revoke",
        }  # fmt: skip
        shopify = {
            "client_id": SHOPIFY_CLIENT, "client_secret": hide(self.secrets["shopify"]),
            "admin_url": f"{at}/shopify/{{shop}}",
        }  # fmt: skip
        self.configuration.connections["acme"] = {
            "google": google | {"adapter": "google"},
            "facebook": {
                "adapter": "facebook", "client_id": FACEBOOK_CLIENT, "client_secret": hide(self.secrets["facebook"]),
                "dialog_url": f"{at}/facebook", "graph_url": f"{at}/facebook/graph",
            },
            "apple": {
                "adapter": "apple", "client_id": APPLE_CLIENT, "team_id": "SANDBOXTEA", "key_id": "SANDBOXKEY",
                "private_key": hide(self.apple_pem), "authorization_url": f"{at}/apple/auth/authorize",
                "token_url": f"{at}/apple/auth/token", "keys_url": f"{at}/apple/auth/keys",
                "revocation_url": f"{at}/apple/auth/revoke",
            },
            "shopify": shopify | {"adapter": "shopify", "shops": [SHOP]},
            "staff": self._hostile("staff") | {"join": "agent"},
            "closed": self._hostile("closed"),
        }  # fmt: skip
        self.configuration.services["acme"] = {
            "archive": google | {
                "adapter": "google-drive", "drive_url": f"{at}/google/drive/v3",
                "upload_url": f"{at}/google/upload/drive/v3",
            },
            "shop": shopify | {"adapter": "shopify-admin", "shop": SHOP},
        }  # fmt: skip
        self.configuration.routes["acme"] = [
            {"from": "support", "to": "archive", "events": TALK},
            {"from": "support", "to": "shop", "events": ["message.received"]},
            {"to": "crm", "events": ["contact.updated", "order.updated", "system.alert"]},
        ]

    def _hostile(self, name: str) -> dict[str, Any]:
        self.staff.clients[name] = self.secrets[name]
        secret = self.configuration.hide(self.secrets[name])
        return {"adapter": "oidc", "issuer": self.staff.issuer, "client_id": name, "client_secret": secret}

    @property
    def apple_pem(self) -> str:
        pkcs8 = serialization.PrivateFormat.PKCS8
        return self.apple_key.private_bytes(serialization.Encoding.PEM, pkcs8, serialization.NoEncryption()).decode()

    # What of it must not be seen.

    def plant(self) -> None:
        """The secrets of the configuration."""
        add = self.canaries.add
        add("client secret", *self.secrets.values(), sample.APP_SECRET, sample.VERIFY_TOKEN)
        add("access token", sample.ACCESS_TOKEN)
        add("webhook secret", *(secret.removeprefix("whsec_") for secret in self.tenant.system_secrets))
        add("api key", self.tenant.api_key)
        add("apple key", *self.apple_pem.splitlines()[1:-1])

    def reap(self) -> None:
        """What the hostile provider gave and got: it passes by no wire."""
        for token in [*self.staff.given, *self.staff.tokens]:
            kind = "code" if token.startswith("code-") else "state" if len(token) == 43 else "access token"
            self.canaries.add_token(kind, token)
        for asked in list(self.staff.asked):
            self.canaries.add("verifier", asked.form.get("code_verifier"))

    # Running it.

    @contextmanager
    def open(self) -> Iterator["Town"]:
        """The sandbox runs, and knows this hub as its client; the hub is the test's to start."""
        listen = self.sandbox.removeprefix("http://")
        arguments = ("sandbox", "--listen", listen, "--webhook", self.hub.webhook_url)
        try:
            with sample.running(self.folder / "sandbox.log", *arguments):
                eventually(lambda: requests.get(f"{self.sandbox}/_sandbox", timeout=5).ok, "the sandbox answers")
                self._register()
                yield self
        finally:
            self.hub.close()
            self.wire.close()
            self.hostile.close()
            self.business.close()
            for journal in self.journals:
                journal.close()

    def _register(self) -> None:
        base, spki = self.hub.url, serialization.PublicFormat.SubjectPublicKeyInfo
        public = self.apple_key.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()
        clients = {
            "google": {"id": GOOGLE_CLIENT, "secret": self.secrets["google"]},
            "facebook": {"id": FACEBOOK_CLIENT, "secret": self.secrets["facebook"]},
            "shopify": {"id": SHOPIFY_CLIENT, "secret": self.secrets["shopify"]},
            "apple": {"id": APPLE_CLIENT, "public_key": public},
        }
        systems = {"google": "archive", "shopify": "shop"}
        for name, client in clients.items():
            addresses = [f"{base}/auth/acme/{name}/callback"]
            if name in systems:
                addresses.append(f"{base}/connect/acme/{systems[name]}/callback")
            self.control("POST", f"/{name}/clients", client | {"redirect_uris": addresses})

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A control call of the sandbox."""
        answer = requests.request(method, f"{self.sandbox}/_sandbox{path}", json=body, timeout=TIMEOUT)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def consent(self, person: str, decision: str = "allow") -> None:
        """Who is at the providers from now on, and what they say."""
        for provider in ("google", "apple", "facebook", "shopify"):
            self.control("PUT", f"/{provider}/consent", {"person": person, "decision": decision})

    # People.

    def browser(self) -> Browser:
        self.browsers.append(Browser(self.hub.url, "acme"))
        return self.browsers[-1]

    def start(self, browser: Browser, page: Page, ending: str) -> Start:
        """Presses a button; the shop is filled in where it is asked for."""
        form = page.form_to(ending)
        return browser.submit_start(form, **{name: SHOP for name in form.fields if name.endswith("shop")})

    def go(self, browser: Browser, page: Page, ending: str) -> requests.Response:
        """To a provider and back."""
        start = self.start(browser, page, ending)
        callback = browser.authorize(start)
        for name, kind in {"code": "code", "hmac": "callback hmac"}.items():
            self.canaries.add(kind, callback.values.get(name))
        self.canaries.add("state", start.parameters.get("state"))
        self.canaries.add("nonce", start.parameters.get("nonce"))
        of_browser(self.canaries, browser)
        answer = browser.call_back(callback)
        of_browser(self.canaries, browser)
        return answer

    def shown(self, browser: Browser, path: str = "") -> Page:
        """A page of the account."""
        answer = browser.get(f"/account/acme{path}")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:300]}"
        of_browser(self.canaries, browser)
        return Page(answer.url, answer.text)

    def press(self, browser: Browser, path: str, ending: str, **fields: str) -> requests.Response:
        """Sends a form of a page of the account."""
        form = self.shown(browser, path).form_to(ending)
        return browser.post(form.action, form.fields | fields)

    def owner(self, connection: str = "google") -> Browser:
        """Somebody whom the operator invited."""
        answer = requests.post(
            f"{self.hub.operator_url}/tenants/acme/invitations", json={"role": "owner"},
            headers={"Comfile-Operator": "1"}, timeout=TIMEOUT,
        )  # fmt: skip
        assert answer.status_code in (200, 201), answer.text
        self.operator_said.append(answer.text)
        return self.accept(answer.json()["link"], connection)

    def accept(self, link: str, connection: str) -> Browser:
        self.canaries.add("invitation", link.partition("token=")[2])
        browser = self.browser()
        opened = browser.get(link)
        form = Page(opened.url, opened.text).form_to("/invitations")
        assert browser.post(form.action, form.fields).status_code in REDIRECTS
        of_browser(self.canaries, browser)
        answer = self.go(browser, browser.sign_in_page(), f"/{connection}/start")
        assert answer.status_code == 303 and browser.session_cookie, f"{answer.status_code} {answer.text[:400]}"
        return browser

    def connect(self, browser: Browser, system: str) -> None:
        answer = self.go(browser, self.shown(browser, "/services"), f"/connect/acme/{system}/start")
        assert answer.status_code == 303, f"{answer.status_code} {answer.text[:400]}"
        assert self.state_of(browser, system) == "connected"

    def state_of(self, browser: Browser, system: str) -> str:
        """As the page of services says: connected, broken or not connected."""
        answer = browser.get("/account/acme/services")
        assert answer.status_code == 200, answer.status_code
        title = answer.text.partition(f'id="service-{system}-title">')[2].partition("</h2>")[0]
        return title.partition(">")[2].partition("<")[0]
