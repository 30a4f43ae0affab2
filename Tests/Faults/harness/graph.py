"""The provider's side of sending: takes messages, records each, and misbehaves on request."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness import payloads
from harness.journal import Journal
from harness.server import Handler, StandIn

PATH = re.compile(r"^/v\d+\.\d+/(\d+)/messages$")


@dataclass(frozen=True)
class Taken:
    """One message that the provider took, and will bring to the person."""

    opaque: str | None
    wamid: str
    phone_number_id: str
    to: str
    body: dict[str, Any]


class Graph:
    """Takes messages of the given access tokens. `drop_answers`: takes, then resets the connection.

    `before_answer` is called with what was taken before the answer goes out, to let a status overtake it.
    """

    def __init__(self, access_tokens: list[str], journal: Journal) -> None:
        self.journal = journal
        self.access_tokens = set(access_tokens)
        self.drop_answers = False
        self.before_answer: Callable[[Taken], None] | None = None
        self._taken: list[Taken] = []
        self._lock = threading.Lock()
        self._stand_in = StandIn(self._handler())
        self.url = self._stand_in.url

    @property
    def taken(self) -> list[Taken]:
        with self._lock:
            return list(self._taken)

    def taken_as(self, opaque: str) -> list[Taken]:
        """How often the message that the hub calls `opaque` was taken."""
        return [taken for taken in self.taken if taken.opaque == opaque]

    def close(self) -> None:
        self._stand_in.close()

    def _take(self, phone_number_id: str, body: dict[str, Any]) -> Taken:
        to = body.get("to", "")
        digits = re.sub(r"\D", "", to)
        taken = Taken(body.get("biz_opaque_callback_data"), payloads.wamid(digits), phone_number_id, digits, body)
        with self._lock:
            self.journal.write(
                "taken", opaque=taken.opaque, wamid=taken.wamid, phone_number_id=phone_number_id, to=digits
            )
            self._taken.append(taken)
        return taken

    def _handler(self) -> type[Handler]:
        graph = self

        class Messages(Handler):
            def do_GET(self) -> None:
                self.body()
                self.refuse(404, 100, "Unsupported get request")

            def do_DELETE(self) -> None:
                self.body()
                self.refuse(404, 100, "Unsupported delete request")

            def do_POST(self) -> None:
                raw = self.body()
                path = PATH.match(self.path.partition("?")[0])
                if path is None:
                    return self.refuse(404, 100, "Unsupported post request")
                scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
                if scheme != "Bearer" or token not in graph.access_tokens:
                    return self.refuse(401, 190, "Invalid OAuth access token")
                body = json.loads(raw)
                if body.get("messaging_product") != "whatsapp" or not body.get("to"):
                    return self.refuse(400, 100, "Invalid parameter")
                taken = graph._take(path.group(1), body)
                if graph.before_answer is not None:
                    graph.before_answer(taken)
                if graph.drop_answers:
                    return self.drop()
                answer = {
                    "messaging_product": "whatsapp",
                    "contacts": [{"input": body["to"], "wa_id": taken.to}],
                    "messages": [{"id": taken.wamid, "message_status": "accepted"}],
                }
                self.reply(200, json.dumps(answer).encode())

            def refuse(self, status: int, code: int, message: str) -> None:
                error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
                self.reply(status, json.dumps({"error": error}).encode())

        return Messages
