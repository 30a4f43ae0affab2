"""A business that uses the sandbox: it takes webhooks and sends by the Graph API."""

import json
import subprocess
import threading
from pathlib import Path
from typing import Any, Self

import requests

from harness.hub import binary, plain_environment
from harness.ports import free_port
from harness.server import Handler, StandIn
from harness.waiting import eventually

ACME = "106540352242922"
GLOBEX = "106540352242933"
TOKENS = {ACME: "sandbox-token-acme", GLOBEX: "sandbox-token-globex"}


class Business:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._values: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._stand_in = StandIn(self._handler())
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        with (self._folder / "sandbox.log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    binary(),
                    "sandbox",
                    "--listen",
                    f"127.0.0.1:{self.port}",
                    "--webhook",
                    f"{self._stand_in.url}/webhooks/apps/meta-main",
                ],
                env=plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        eventually(lambda: requests.get(f"{self.url}/_sandbox", timeout=5).ok, "the sandbox answers")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stand_in.close()

    def _handler(self) -> type[Handler]:
        business = self

        class Hook(Handler):
            def do_POST(self) -> None:
                body = json.loads(self.body())
                with business._lock:
                    business._values += [change["value"] for entry in body["entry"] for change in entry["changes"]]
                self.reply(200)

        return Hook

    def values(self, customer: str) -> list[dict[str, Any]]:
        """The webhooks that are about a customer, oldest first."""
        with self._lock:
            return [value for value in self._values if customer in json.dumps(value)]

    def message(self, customer: str, kind: str, count: int = 1) -> dict[str, Any]:
        """The customer's newest message of that type, once there are as many."""

        def found() -> dict[str, Any] | None:
            messages = [message for value in self.values(customer) for message in value.get("messages", [])]
            of_kind = [message for message in messages if message["type"] == kind]
            return of_kind[count - 1] if len(of_kind) >= count else None

        return eventually(found, f"a message of type {kind}")

    def statuses(self, message_id: str) -> list[str]:
        with self._lock:
            every = [status for value in self._values for status in value.get("statuses", [])]
        return [status["status"] for status in every if status["id"] == message_id]

    def send(self, customer: str, kind: str, content: Any, number: str = ACME, **more: Any) -> str:
        """Sends a message; gives its id."""
        body = {"messaging_product": "whatsapp", "to": f"+{customer}", "type": kind, kind: content, **more}
        return self.call(f"{number}/messages", body, number)["messages"][0]["id"]

    def call(self, path: str, body: dict[str, Any], number: str = ACME) -> dict[str, Any]:
        answer = requests.post(
            f"{self.url}/v25.0/{path}", json=body, headers={"Authorization": f"Bearer {TOKENS[number]}"}, timeout=30
        )
        assert answer.ok, answer.text
        return answer.json()

    def upload(self, file: bytes, mime_type: str) -> str:
        answer = requests.post(
            f"{self.url}/v25.0/{ACME}/media",
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": ("file", file, mime_type)},
            headers={"Authorization": f"Bearer {TOKENS[ACME]}"},
            timeout=30,
        )
        assert answer.ok, answer.text
        return answer.json()["id"]

    def download(self, media_id: str) -> bytes:
        """A customer's file, as a business gets it: its address first, then the bytes, both with the token."""
        headers = {"Authorization": f"Bearer {TOKENS[ACME]}"}
        described = requests.get(f"{self.url}/v25.0/{media_id}", headers=headers, timeout=30).json()
        answer = requests.get(described["url"], headers=headers, timeout=30)
        assert answer.ok, answer.text
        return answer.content

    def button_message(self, customer: str, *titles: str) -> str:
        buttons = [{"type": "reply", "reply": {"id": title.lower(), "title": title}} for title in titles]
        return self.send(
            customer,
            "interactive",
            {"type": "button", "body": {"text": "Shall we deliver it tomorrow?"}, "action": {"buttons": buttons}},
        )
