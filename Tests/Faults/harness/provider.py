"""The channel's side of the webhooks: signs, posts, repeats, and keeps a record of every 2xx."""

import itertools
import threading
import time
from typing import Any

import requests

from harness import payloads
from harness.journal import Journal
from harness.payloads import Change

TIMEOUT = 15


class Provider:
    """Posts webhooks to one hub. Records what it is about to post, and after a 2xx that it was acknowledged."""

    def __init__(self, url: str, secret: str, journal: Journal) -> None:
        self.url = url
        self.secret = secret
        self.journal = journal
        self._numbers = itertools.count(1)
        self._local = threading.local()

    def post(self, *changes: Change, notes: list[dict[str, Any]] | None = None) -> int | None:
        """One attempt. The status, or nil when no answer came."""
        return self._attempt(payloads.envelope(*changes), self._announce(notes))

    def deliver(self, *changes: Change, notes: list[dict[str, Any]] | None = None, within: float = 60) -> None:
        """Posts the same bytes until they are acknowledged, as the provider does (for days; here for `within`)."""
        body, number = payloads.envelope(*changes), self._announce(notes)
        end = time.monotonic() + within
        while self._attempt(body, number) != 200:
            assert time.monotonic() < end, f"a webhook was not acknowledged within {within:g} s"
            time.sleep(0.05)

    def post_raw(self, body: bytes, headers: dict[str, str]) -> requests.Response:
        """Bytes and headers as they are, for what a provider would not do. Not recorded."""
        return self._session.post(self.url, data=body, headers=headers, timeout=TIMEOUT)

    def _announce(self, notes: list[dict[str, Any]] | None) -> int:
        number = next(self._numbers)
        self.journal.write("sending", post=number, items=notes or [])
        return number

    def _attempt(self, body: bytes, number: int) -> int | None:
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": payloads.signature(self.secret, body)}
        try:
            response = self._session.post(self.url, data=body, headers=headers, timeout=TIMEOUT)
        except requests.RequestException:
            self._session.close()
            return None
        if 200 <= response.status_code < 300:
            self.journal.write("acknowledged", post=number)
        return response.status_code

    @property
    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        return self._local.session
