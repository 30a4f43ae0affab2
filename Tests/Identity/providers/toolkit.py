"""django-oauth-toolkit as a provider: strict about redirect addresses, PKCE, codes and who the client is."""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from providers.process import ProviderProcess
from providers.visit import Visit
from signin.browser import Callback, Page
from signin.hostile_provider import Person
from signin.jose import rsa_key

PEOPLE = 60
ISSUED = ("oauth2_provider_accesstoken", "oauth2_provider_refreshtoken")


def pem() -> str:
    return rsa_key().as_pem(private=True).decode()


class Toolkit(ProviderProcess):
    """Everybody's `sub` is the number of their row, so two of these sites have the same ones."""

    path = "/o"

    def __init__(self, folder: Path, issuer: str | None = None, **claims: Any) -> None:
        """With `issuer`, the site says that it is that one, whatever its address. `claims` are of everybody."""
        super().__init__(folder)
        self.posed = issuer
        self.keys = [pem()]
        self.clients: list[dict[str, Any]] = []
        self.people = [
            Person(sub=str(number), email=f"q{secrets.token_hex(6)}@acme.example", claims=claims)
            for number in range(1, PEOPLE + 1)
        ]
        self._strangers = list(self.people)
        self._password = secrets.token_urlsafe(12)
        self._secret = secrets.token_urlsafe(32)

    def somebody(self) -> Person:
        """Somebody whom no test has sent to the hub yet."""
        assert self._strangers, "nobody new is left: raise PEOPLE"
        return self._strangers.pop(0)

    def add_client(self, id: str, redirect: str, secret: str = "", **fields: Any) -> None:
        """Registers a client, before the start. Without a secret it is a public one."""
        self.clients.append(
            {
                "client_id": id,
                "client_secret": secret,
                "redirect_uris": redirect,
                "client_type": "confidential" if secret else "public",
                "algorithm": "RS256",
                "name": id,
            }
            | fields
        )

    def arguments(self) -> Sequence[str]:
        site = {
            "port": self.port,
            "database": str(self.folder / "site.sqlite"),
            "secret": self._secret,
            "issuer": self.posed,
            "keys": self.keys,
            "password": self._password,
            # In the order of their numbers.
            "claims": {person.name: self._claims(person) for person in self.people},
            "clients": self.clients,
        }
        path = self.folder / "site.json"
        path.write_text(json.dumps(site), encoding="utf-8")
        return ["-m", "providers.toolkit_site", str(path)]

    @staticmethod
    def _claims(person: Person) -> dict[str, Any]:
        return {name: value for name, value in person.told().items() if name != "sub"}

    def change_key(self) -> None:
        """Signs with a new key from now on, and still publishes the old one."""
        self.keys.insert(0, pem())
        self.restart()

    def issued(self) -> list[str]:
        """Every access and refresh token that was given out."""
        with closing(sqlite3.connect(f"file:{self.folder / 'site.sqlite'}?mode=ro", uri=True, timeout=30)) as store:
            return [token for table in ISSUED for (token,) in store.execute(f"SELECT token FROM {table}")]

    def log_in(self, visit: Visit, url: str, person: Person) -> Page | Callback:
        """Goes there and logs in, which the site wants of everybody first."""
        login = visit.open(url)
        assert isinstance(login, Page), f"sent back before anybody logged in: {login}"
        login.forms[0].fields |= {"username": person.name, "password": self._password}
        return visit.submit(login.forms[0])

    def consent(self, url: str, person: Person, allow: bool = True) -> Callback:
        visit = Visit(self.url)
        asked = self.log_in(visit, url, person)
        assert isinstance(asked, Page) and "allow" in asked.forms[0].fields, f"no consent page: {asked}"
        if not allow:
            # Its "Cancel" has no name.
            del asked.forms[0].fields["allow"]
        back = visit.submit(asked.forms[0])
        assert isinstance(back, Callback), f"not sent back: {back.text[:500]}"
        return back
