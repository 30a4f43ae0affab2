"""social-auth-core beside a sandbox: an application that signs people in, without a web framework."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from pywa_kit import Sandbox
from social_core.backends.base import BaseAuth
from social_core.storage import NonceMixin
from social_core.strategy import BaseStrategy


def signed_in(backend: BaseAuth, details: dict, uid: Any, response: dict, **_: Any) -> dict[str, Any]:
    """The end of the pipeline: whom the backend has found, in the place of a user of some web site."""
    return {"user": SimpleNamespace(id=str(uid), uid=str(uid), details=details, response=response, is_active=True)}


class Nonces(NonceMixin):
    """States that were given out and have not come back."""

    def __init__(self) -> None:
        self.open: set[tuple[str, int, str]] = set()

    def use(self, server_url: str, timestamp: int, salt: str) -> bool:  # type: ignore[override]
        self.open.add((server_url, timestamp, salt))
        return True

    def consume(self, server_url: str, timestamp: int, salt: str) -> bool:  # type: ignore[override]
        known = (server_url, timestamp, salt) in self.open
        self.open.discard((server_url, timestamp, salt))
        return known


class Strategy(BaseStrategy):
    """One browser's session: its settings, what it remembers, and the parameters of the request at hand."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings | {
            "SOCIAL_AUTH_PIPELINE": (
                "social_core.pipeline.social_auth.social_details",
                "social_core.pipeline.social_auth.social_uid",
                "social_kit.signed_in",
            )
        }
        self.session: dict[str, Any] = {}
        self.data: dict[str, Any] = {}
        super().__init__(storage=SimpleNamespace(nonce=Nonces()))

    def get_setting(self, name: str) -> Any:
        return self.settings[name]

    def get_request_data(self, merge: bool = True) -> dict[str, Any]:
        return self.data

    def redirect(self, url: str) -> str:
        return url

    def build_absolute_uri(self, path: str | None = None) -> str:
        return path or ""

    def session_get(self, name: str, default: Any = None) -> Any:
        return self.session.get(name, default)

    def session_set(self, name: str, value: Any) -> None:
        self.session[name] = value

    def session_pop(self, name: str) -> Any:
        return self.session.pop(name, None)


class Page:
    """A consent page, and what came of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.response = requests.get(url, allow_redirects=False, timeout=10)

    def answer(
        self, person: str = "ada", decision: str = "allow", scopes: tuple[str, ...] = ()
    ) -> requests.Response:
        assert self.response.status_code == 200, self.response.text
        fields = [("request", self.input("request")), ("person", person), ("decision", decision)]
        fields += [("scope", scope) for scope in scopes]
        action = self.response.text.split('<form id="consent" method="post" action="')[1].split('"')[0]
        return requests.post(urljoin(self.url, action), data=fields, allow_redirects=False, timeout=10)

    def input(self, name: str) -> str:
        return self.response.text.split(f'name="{name}" value="')[1].split('"')[0]


def callback(response: requests.Response) -> dict[str, str]:
    """The parameters that a browser brings to the application; a fragment stays in the browser."""
    assert response.status_code == 302, response.text
    query = parse_qs(urlsplit(response.headers["location"]).query, keep_blank_values=True)
    assert all(len(values) == 1 for values in query.values()), query
    return {name: values[0] for name, values in query.items()}


def control(sandbox: Sandbox, method: str, path: str, body: Any = None) -> Any:
    """A control call of a sign-in provider: ``facebook/faults`` and the like."""
    answer = requests.request(method, f"{sandbox.url}/_sandbox/{path}", json=body, timeout=10)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()
