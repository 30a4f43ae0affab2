"""What the proofs of the sandbox's Google, Apple and Drive share: a sandbox for many tests, and people who sign in."""

import io
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from time import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
import sample
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseUpload
from pywa_kit import Sandbox
from social_core.backends.google import GoogleOAuth2
from social_core.backends.google_openidconnect import GoogleOpenIdConnect
from social_core.exceptions import SocialAuthBaseException
from social_core.storage import AssociationMixin
from social_kit import Page, Strategy, callback, control

GOOGLE_ID = "sandbox-google-client.apps.googleusercontent.com"
GOOGLE_SECRET = "sandbox-google-secret"
GOOGLE_REDIRECT = "http://127.0.0.1:8080/auth/acme/google/callback"
GOOGLE_ISSUER = "https://accounts.google.com"
# Addresses that social-auth-core has in its code, and has no setting for.
GOOGLE_USERINFO = ("https://openidconnect.googleapis.com/v1/userinfo", "https://www.googleapis.com/oauth2/v3/userinfo")
# Parts of an upload but the last are multiples of this.
CHUNK = 256 * 1024
DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"


@contextmanager
def running(folder: Path) -> Iterator[Sandbox]:
    """A sandbox that many tests share: each of them begins with ``fresh``."""
    made = Sandbox()
    with sample.running(folder / "sandbox.log", *made.arguments):
        made.wait_ready()
        yield made


def fresh(sandbox: Sandbox) -> Sandbox:
    """The sandbox as after its start."""
    answer = requests.post(f"{sandbox.url}/_sandbox/reset", timeout=30)
    assert answer.status_code == 200, answer.text
    return sandbox


def switch(sandbox: Sandbox, provider: str, **faults: Any) -> None:
    """Switches these faults of the provider on, and all others off."""
    control(sandbox, "PUT", f"{provider}/faults", faults)


def calls(sandbox: Sandbox, provider: str = "google") -> dict[str, int]:
    """How often each endpoint was called."""
    return control(sandbox, "GET", f"{provider}/calls")["calls"]


class Associations(AssociationMixin):
    """The nonces that social-auth-core has sent out, which it keeps as associations."""

    def __init__(self) -> None:
        self.kept: dict[int, SimpleNamespace] = {}
        self.numbers = itertools.count(1)

    def store(self, server_url: str, association: Any) -> None:  # type: ignore[override]
        number = next(self.numbers)
        until = association.issued + association.lifetime
        self.kept[number] = SimpleNamespace(
            id=number,
            url=server_url,
            handle=association.handle,
            assoc_type=association.assoc_type,
            is_expired=lambda: time() > until,
        )

    def get(self, server_url: str | None = None, handle: str | None = None) -> list[Any]:  # type: ignore[override]
        return [one for one in self.kept.values() if (one.url, one.handle) == (server_url, handle)]

    def remove(self, ids_to_delete: list[int]) -> None:  # type: ignore[override]
        for number in ids_to_delete:
            self.kept.pop(number, None)


class PostedForm(HTMLParser):
    """A page that posts its form by itself (``response_mode=form_post``): where to, and with what."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__()
        assert response.status_code == 200, response.text
        self.action = self.method = ""
        self.fields: dict[str, str] = {}
        self.feed(response.text)
        assert self.method == "post", response.text

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.action, self.method = values["action"], values["method"]
        elif tag == "input":
            assert values["name"] not in self.fields, f"{values['name']} comes twice"
            self.fields[values["name"]] = values["value"]


def refusal(action: Callable[..., Any], *arguments: Any) -> Any:
    """What the library raises, and makes of it."""
    with pytest.raises(SocialAuthBaseException) as caught:
        action(*arguments)
    return caught.value


class GoogleLogin:
    """A person's browser at an application that signs in with Google."""

    def __init__(self, sandbox: Sandbox, base: type[Any] = GoogleOpenIdConnect, **settings: Any) -> None:
        self.sandbox = sandbox
        google = f"{sandbox.url}/google"
        given = {"KEY": GOOGLE_ID, "SECRET": GOOGLE_SECRET, "REQUESTS_TIMEOUT": 60} | settings
        hosts: dict[str, Any] = {"REVOKE_TOKEN_METHOD": "POST"}
        if base is GoogleOAuth2:
            hosts["AUTHORIZATION_URL"] = f"{google}/o/oauth2/v2/auth"
            hosts["ACCESS_TOKEN_URL"] = f"{google}/token"
            hosts["REVOKE_TOKEN_URL"] = f"{google}/revoke"
        else:
            # Nothing but the discovery document says where things are. The issuer is the one of today's tokens: the
            # library's own is what they had years ago.
            hosts |= dict.fromkeys(("AUTHORIZATION_URL", "ACCESS_TOKEN_URL", "REVOKE_TOKEN_URL"), "")
            hosts["OIDC_ENDPOINT"] = google
            given = {"ID_TOKEN_ISSUER": GOOGLE_ISSUER, "USE_PKCE": True} | given

        def request(backend: Any, url: str, *arguments: Any, **more: Any) -> Any:
            moved = f"{google}/v1/userinfo" if url in GOOGLE_USERINFO else url
            assert moved.startswith(google), f"the library called {url}"
            return base.request(backend, moved, *arguments, **more)

        self.kind = type("AtTheSandbox", (base,), hosts | {"request": request})
        prefix = "SOCIAL_AUTH_" + base.name.upper().replace("-", "_")
        self.strategy = Strategy({f"{prefix}_{name}": value for name, value in given.items()})
        self.strategy.storage.association = Associations()

    def backend(self, data: dict[str, str] | None = None) -> Any:
        self.strategy.data = data or {}
        return self.kind(self.strategy, redirect_uri=GOOGLE_REDIRECT)

    def open(self) -> Page:
        return Page(self.backend().start())

    def back(self, person: str = "ada", **answer: Any) -> dict[str, str]:
        return callback(self.open().answer(person, **answer))

    def complete(self, data: dict[str, str]) -> tuple[Any, Any]:
        backend = self.backend(data)
        return backend, backend.complete()

    def sign_in(self, person: str = "ada") -> Any:
        return self.complete(self.back(person))[1]


def google_tokens(sandbox: Sandbox, *scopes: str, person: str = "ada", **asked: str) -> dict[str, Any]:
    """What Google's token endpoint hands out after a person has allowed these scopes, for a time without them too."""
    query = {
        "client_id": GOOGLE_ID,
        "redirect_uri": GOOGLE_REDIRECT,
        "response_type": "code",
        "scope": " ".join(scopes),
        "access_type": "offline",
        "prompt": "consent",
        "state": "s1",
    }
    page = Page(f"{sandbox.url}/google/o/oauth2/v2/auth?{urlencode(query | asked)}")
    form = {
        "grant_type": "authorization_code",
        "code": callback(page.answer(person, scopes=scopes))["code"],
        "redirect_uri": GOOGLE_REDIRECT,
        "client_id": GOOGLE_ID,
        "client_secret": GOOGLE_SECRET,
    }
    answer = requests.post(f"{sandbox.url}/google/token", data=form, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


class Pieces(MediaIoBaseUpload):
    """A file that is sent in parts, each as bytes: a stream would be at its end when a part is sent again."""

    def __init__(self, content: bytes, chunk: int = CHUNK) -> None:
        super().__init__(io.BytesIO(content), "application/octet-stream", chunksize=chunk, resumable=True)

    def has_stream(self) -> bool:
        return False


class Drive:
    """A person's Drive, as an application with their permission sees it."""

    def __init__(self, sandbox: Sandbox, *scopes: str, person: str = "ada") -> None:
        self.sandbox = sandbox
        asked = scopes or (DRIVE_FILE,)
        reply = google_tokens(sandbox, *asked, person=person)
        self.credentials = Credentials(
            reply["access_token"],
            refresh_token=reply["refresh_token"],
            token_uri=f"{sandbox.url}/google/token",
            client_id=GOOGLE_ID,
            client_secret=GOOGLE_SECRET,
            scopes=asked,
        )
        description = json.loads(get_static_doc("drive", "v3"))
        description["rootUrl"] = f"{sandbox.url}/google/"
        self.service = build_from_document(description, credentials=self.credentials)
        self.files, self.changes = self.service.files(), self.service.changes()

    def create(self, name: str, content: bytes = b"", **body: Any) -> dict[str, Any]:
        media = MediaInMemoryUpload(content, "text/plain")
        return self.files.create(body={"name": name} | body, media_body=media, fields="*").execute()

    def names(self, query: str | None = None, **more: Any) -> list[str]:
        found = self.files.list(q=query, orderBy="name", **more).execute()
        return [file["name"] for file in found["files"]]

    def content(self, file: dict[str, Any]) -> bytes:
        return self.files.get_media(fileId=file["id"]).execute()

    def upload(self, content: bytes, **body: Any) -> Any:
        """The request of a resumable upload, which is sent part by part."""
        request = self.files.create(body={"name": "large"} | body, media_body=Pieces(content), fields="*")
        request._rand = lambda: 0.0
        return request
