"""A tenant's own view of the hub: the HTTP API with the tenant's key."""

import uuid
from collections.abc import Iterator
from typing import Any

import requests

TIMEOUT = 15


class Api:
    """Calls the API as one tenant."""

    def __init__(self, base: str, key: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.session.get(f"{self.base}/api/v1{path}", params=query, timeout=TIMEOUT)

    def post(self, path: str, body: Any = None, key: str | None = None) -> requests.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.session.post(f"{self.base}/api/v1{path}", json=body, headers=headers, timeout=TIMEOUT)

    def send_text(self, channel: str, to: str, text: str, key: str | None = None) -> requests.Response:
        body = {"channel": channel, "to": to, "type": "text", "text": {"body": text}}
        return self.post("/messages", body, key or str(uuid.uuid4()))

    def message(self, message_id: str) -> dict[str, Any]:
        response = self.get(f"/messages/{message_id}")
        assert response.status_code == 200, f"GET message: {response.status_code} {response.text[:300]}"
        return response.json()

    def status(self, message_id: str) -> str:
        return self.message(message_id)["status"]

    def pages(self, path: str, limit: int = 200) -> Iterator[dict[str, Any]]:
        """Every entry of a list, page by page."""
        after: Any = None
        while True:
            query = {"limit": limit} if after is None else {"limit": limit, "after": after}
            response = self.get(path, **query)
            assert response.status_code == 200, f"GET {path}: {response.status_code} {response.text[:300]}"
            page = response.json()
            yield from page["data"]
            if page["next"] is None:
                return
            assert page["data"] and page["next"] != after, f"GET {path}: the cursor does not move"
            after = page["next"]

    def events(self, type: str | None = None) -> list[dict[str, Any]]:
        return [event for event in self.pages("/events", limit=1000) if type is None or event["type"] == type]

    def received(self) -> list[dict[str, Any]]:
        """The inbound messages of the event log, oldest first."""
        return [event["data"]["message"] for event in self.events("message.received")]

    def dead_letters(self) -> list[dict[str, Any]]:
        return list(self.pages("/dead-letters"))
