"""Somebody in front of the pages of Acme and of the sandbox's providers."""

import json

from chromium import Chromium, Page
from signin_hub import HUB, SANDBOX, SHOP

ACCOUNT = f"{HUB}/account/acme"
HEADING = "document.querySelector('h1').innerText"


class Person:
    """Somebody with a browser of their own: no cookie is shared with anybody else's."""

    def __init__(
        self, browser: Chromium, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> None:
        self._browser = browser
        self._context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.page = Page(browser, target, session)
        for domain in ("Page", "Runtime", "Log", "DOM", "Network"):
            self.page.call(f"{domain}.enable")
        self.resize(width, height, dark)
        if not scripts:
            self.page.call("Emulation.setScriptExecutionDisabled", value=True)

    def resize(self, width: int, height: int, dark: bool = False) -> None:
        self.page.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.page.call("Emulation.setEmulatedMedia", features=features)

    def open(self, url: str, end: str | None = None) -> None:
        """Opens an address, and waits until its page is there, or that of the path where it leads."""
        self.page.call("Page.navigate", url=url)
        path = end or url.removeprefix(HUB).split("?")[0]
        self.wait_for(f"location.pathname === {json.dumps(path)}")

    def wait_for(self, expression: str) -> None:
        self.page.wait(f"document.readyState === 'complete' && ({expression})")

    def wait_at(self, url: str) -> None:
        self.wait_for(f"location.href.startsWith({json.dumps(url)})")

    @property
    def text(self) -> str:
        return self.page.evaluate("document.body.innerText")

    def accept(self, link: str) -> None:
        self.open(link)
        assert "invited" in self.text
        self.page.click("main button[type=submit]")
        self.wait_for("location.pathname === '/auth/acme'")

    def choose(self, provider: str) -> None:
        """Presses the provider's button, and answers its consent page."""
        if provider == "shopify":
            self.page.write("input[name='with.shop']", SHOP)
        self.page.click(f"button.provider-{provider}")
        self.wait_at(SANDBOX)

    def allow(self, who: str = "ada") -> None:
        self.wait_for("document.getElementById('allow') !== null")
        self.page.click(f"label[for='person-{who}']")
        self.page.click("#allow")

    def sign_in(self, provider: str, who: str = "ada") -> None:
        self.choose(provider)
        self.allow(who)
        self.wait_at(ACCOUNT)

    def cookies(self) -> list[dict]:
        return self.page.call("Network.getCookies", urls=[HUB])["cookies"]

    def close(self) -> list[str]:
        errors = self.page.errors
        self._browser.call("Target.disposeBrowserContext", browserContextId=self._context)
        return errors
