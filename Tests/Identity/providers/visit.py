"""A person's browser at a provider's pages, until the provider sends it away."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin

import requests

from signin.browser import REDIRECTS, TIMEOUT, Callback, Form, Page


@dataclass
class Visit:
    """`base` is the provider's address: a redirect to anywhere else is the way back."""

    base: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        # Never a proxy or a netrc of the machine that the tests run on.
        self.session.trust_env = False

    def open(self, url: str) -> Page | Callback:
        return self._follow(self.session.get(url, allow_redirects=False, timeout=TIMEOUT))

    def submit(self, form: Form) -> Page | Callback:
        answer = self.session.post(
            form.action, form.fields, headers={"Referer": form.action}, allow_redirects=False, timeout=TIMEOUT
        )
        return self._follow(answer)

    def _follow(self, answer: requests.Response) -> Page | Callback:
        while answer.status_code in REDIRECTS:
            address = urljoin(answer.url, answer.headers["Location"])
            if not address.startswith(f"{self.base}/"):
                bare, _, query = address.partition("?")
                return Callback(bare, parse_qsl(query, keep_blank_values=True))
            answer = self.session.get(address, allow_redirects=False, timeout=TIMEOUT)
        assert answer.status_code == 200, f"{answer.url}: {answer.status_code} {answer.text[:500]}"
        return Page(answer.url, answer.text)
