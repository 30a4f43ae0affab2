"""oidc-provider-mock as a provider: its ID tokens name no key, and it forgets everything when it ends.

It takes any code verifier, so nothing here is about PKCE.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from providers.process import ProviderProcess
from providers.visit import Visit
from signin.browser import TIMEOUT, Callback, Form, Page
from signin.hostile_provider import Person


@dataclass
class Client:
    id: str
    secret: str


class Mock(ProviderProcess):
    def __init__(self, folder: Path, *options: str) -> None:
        super().__init__(folder)
        self.options = options

    def arguments(self) -> Sequence[str]:
        return ["-m", "oidc_provider_mock", "--port", str(self.port), *self.options]

    def register(self, redirect: str) -> Client:
        """Dynamic registration (RFC 7591)."""
        answer = requests.post(f"{self.url}/oauth2/clients", json={"redirect_uris": [redirect]}, timeout=TIMEOUT)
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        assert told["redirect_uris"] == [redirect]
        return Client(told["client_id"], told["client_secret"])

    def keep(self, person: Person) -> Person:
        """Says who somebody is from now on."""
        claims = {name: value for name, value in person.told().items() if name != "sub"}
        answer = requests.put(f"{self.url}/users/{person.sub}", json=claims, timeout=TIMEOUT)
        assert answer.status_code == 204, answer.text
        return person

    def consent(self, url: str, person: Person, allow: bool = True) -> Callback:
        visit = Visit(self.url)
        asked = visit.open(url)
        assert isinstance(asked, Page), f"sent back without being asked: {asked}"
        back = visit.submit(Form(asked.address, "post", {"sub": person.sub} if allow else {"action": "deny"}))
        assert isinstance(back, Callback), f"not sent back: {back.text[:500]}"
        return back
