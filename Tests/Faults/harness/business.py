"""A tenant's business system: verifies and records every body that the hub delivers."""

import hashlib
import json
import threading
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from harness.journal import Journal
from harness.server import Handler, StandIn


class Business:
    """Answers as `mode` says: "answer" (200), "hang" (never, until released), "stumble" (500 to the first attempt of each
    event), or an HTTP status such as 500."""

    def __init__(self, secret: str, journal: Journal) -> None:
        self.journal = journal
        self.mode: str | int = "answer"
        self.deliveries: list[dict[str, Any]] = []
        self.raw: list[tuple[dict[str, str], bytes]] = []
        self.refused: list[str] = []
        self.waiting = 0
        self._verifier = Webhook(secret)
        self._lock = threading.Lock()
        self._release = threading.Event()
        self._stand_in = StandIn(self._handler())
        self.url = f"{self._stand_in.url}/hooks/comfile"

    def release(self) -> None:
        """Ends a hang: what waits gets no answer, what comes from now on gets a 200."""
        self.mode = "answer"
        self._release.set()

    def bodies(self, type: str | None = None) -> list[dict[str, Any]]:
        """The events in the order of their first arrival, each once."""
        with self._lock:
            first = {entry["id"]: entry["event"] for entry in reversed(self.deliveries)}
            order = dict.fromkeys(entry["id"] for entry in self.deliveries)
        return [first[id] for id in order if type is None or first[id]["type"] == type]

    def ids(self) -> set[str]:
        with self._lock:
            return {entry["id"] for entry in self.deliveries}

    def texts(self) -> list[str]:
        """What people wrote, in the order of first arrival."""
        return [event["data"]["message"]["text"]["body"] for event in self.bodies("message.received")]

    def close(self) -> None:
        self._release.set()
        self._stand_in.close()

    def _take(self, headers: dict[str, str], body: bytes) -> None:
        try:
            self._verifier.verify(body, headers, json_parse=False)
            verified = True
        except WebhookVerificationError:
            verified = False
        event = json.loads(body)
        entry = {
            "id": headers.get("webhook-id"),
            "sha256": hashlib.sha256(body).hexdigest(),
            "verified": verified,
            "event": event,
        }
        with self._lock:
            self.journal.write("delivered", **entry)
            self.deliveries.append(entry)
            self.raw.append((headers, body))

    def _handler(self) -> type[Handler]:
        business = self

        class Hook(Handler):
            def do_POST(self) -> None:
                body = self.body()
                if business.mode == "hang":
                    with business._lock:
                        business.waiting += 1
                    business._release.wait(timeout=300)
                    self.close_connection = True
                    return
                id = self.headers["webhook-id"]
                if isinstance(business.mode, int) or (business.mode == "stumble" and id not in business.refused):
                    business.refused.append(id)
                    self.reply(business.mode if isinstance(business.mode, int) else 500)
                    return
                business._take({name.lower(): value for name, value in self.headers.items()}, body)
                self.reply(200)

        return Hook
