"""A sandbox, and pywa beside it: as the client that calls it, and as the application that takes its webhooks."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlparse

import httpx
import requests
import sample
from pywa import WhatsApp
from pywa.types import Message, MessageStatus

from harness.ports import free_port
from harness.server import Handler, StandIn
from harness.waiting import eventually

CUSTOMER = "16505551234"
PERSON = f"+{CUSTOMER}"
BUSINESS_ACCOUNT_ID = "102290129340398"
APP_ID = "670843887433847"
Update = TypeVar("Update")

# What pywa turns a webhook into, each by a decorator of its own.
KINDS = (
    *("message", "edited_message", "deleted_message", "callback_button", "callback_selection", "flow_completion"),
    *("message_status", "group_message_statuses", "phone_number_change", "identity_change"),
    "user_marketing_preferences",
    *("outgoing_message", "outgoing_edited_message", "outgoing_deleted_message"),
    *("template_status_update", "template_category_update", "template_quality_update", "template_components_update"),
    *("call_connect", "call_terminate", "call_status", "call_permission_update", "account_update"),
)


class Sandbox:
    """A sandbox that posts its webhooks to a port of the test's own."""

    def __init__(self) -> None:
        self.port, self.webhook_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = [
            *("sandbox", "--listen", f"127.0.0.1:{self.port}"),
            *("--webhook", f"http://127.0.0.1:{self.webhook_port}{sample.WEBHOOK_PATH}"),
        ]

    def wait_ready(self) -> None:
        eventually(lambda: requests.get(f"{self.url}/_sandbox", timeout=2).status_code == 200, "the sandbox answers")

    def control(self, method: str, path: str, body: Any = None) -> requests.Response:
        answer = requests.request(method, f"{self.url}/_sandbox/whatsapp{path}", json=body, timeout=10)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer

    def inbound(self, **members: Any) -> dict[str, Any]:
        """A customer writes; ``sender`` stands for `from`."""
        body = {"phone_number_id": sample.PHONE_NUMBER_ID, "from": members.pop("sender", PERSON), "name": "Ada"}
        answer = self.control("POST", "/inbound", body | members).json()
        assert answer["acknowledged"], answer
        return answer

    def examples(self) -> dict[str, dict[str, Any]]:
        """The ready-made messages of customers, by name."""
        return {e["name"]: e for e in self.control("GET", "/inbound/examples").json()["examples"]}

    def accepted(self) -> list[dict[str, Any]]:
        """What businesses sent, oldest first."""
        return self.control("GET", "/messages").json()["messages"]

    def body_of(self, wamid: str) -> dict[str, Any]:
        """The message with this id, as it came in at the sandbox."""
        return next(message["body"] for message in self.accepted() if message["id"] == wamid)


class ToTheSandbox(httpx.BaseTransport):
    """Sends what pywa means for Meta to the sandbox, unchanged but for the host.

    The sandbox's own addresses are reached as they are; nothing else is.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.target = httpx.URL(sandbox.url)
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != self.target.host:
            assert request.url.host == "graph.facebook.com", f"pywa called {request.url.host}"
            request.url = request.url.copy_with(scheme="http", host=self.target.host, port=self.target.port)
            request.headers["Host"] = f"{self.target.host}:{self.target.port}"
        return self.inner.handle_request(request)


class Complaints(logging.Handler):
    """What pywa could not understand: it logs such a webhook and goes on."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Receiver:
    """A pywa application that takes the sandbox's webhooks, in the place of a hub."""

    def __init__(self, sandbox: Sandbox, app_secret: str = sample.APP_SECRET) -> None:
        self.updates: list[Any] = []
        self.raw: list[Any] = []
        self.refused = 0
        self.complaints = Complaints()
        logging.getLogger("pywa").setLevel(logging.WARNING)
        logging.getLogger("pywa").addHandler(self.complaints)
        self.client = WhatsApp(
            phone_id=sample.PHONE_NUMBER_ID,
            token=sample.ACCESS_TOKEN,
            waba_id=BUSINESS_ACCOUNT_ID,
            app_id=int(APP_ID),
            app_secret=app_secret,
            verify_token=sample.VERIFY_TOKEN,
            session=httpx.Client(transport=ToTheSandbox(sandbox)),
            server=None,
        )
        for kind in KINDS:
            getattr(self.client, f"on_{kind}")()(lambda _, update: self.updates.append(update))
        self.client.on_raw_update()(lambda _, update: self.raw.append(update))
        self.stand_in = StandIn(self._handler(), port=sandbox.webhook_port)

    @property
    def messages(self) -> list[Message]:
        return self.of(Message)

    @property
    def statuses(self) -> list[MessageStatus]:
        return self.of(MessageStatus)

    def values(self) -> list[dict[str, Any]]:
        """The `value` of every change that came, as it came."""
        return [update["entry"][0]["changes"][0]["value"] for update in self.raw]

    def failures(self) -> list[dict[str, Any]]:
        """The failed statuses, as they came."""
        told = [status for value in self.values() for status in value.get("statuses", [])]
        return [status for status in told if status["status"] == "failed"]

    def of(self, kind: type[Update]) -> list[Update]:
        return [update for update in self.updates if type(update) is kind]

    def wait_for(self, kind: type[Update], what: str, where: Callable[[Update], bool] = lambda _: True) -> Update:
        return eventually(lambda: [update for update in self.of(kind) if where(update)][:1], what)[0]

    def close(self) -> None:
        logging.getLogger("pywa").removeHandler(self.complaints)
        self.stand_in.close()

    def _handler(self) -> type[Handler]:
        receiver = self

        class Hook(Handler):
            def do_GET(self) -> None:
                query = {name: values[0] for name, values in parse_qs(urlparse(self.path).query).items()}
                body, status = receiver.client.webhook_challenge_handler(
                    vt=query.get("hub.verify_token"), ch=query.get("hub.challenge")
                )
                self.reply(status, (body or "").encode(), "text/plain")

            def do_POST(self) -> None:
                assert self.path == sample.WEBHOOK_PATH
                body = self.body()
                refusal = receiver.client.webhook_update_validator(body, self.headers.get("X-Hub-Signature-256"))
                if refusal is not None:
                    receiver.refused += 1
                    return self.reply(refusal[1], refusal[0].encode(), "text/plain")
                text, status = receiver.client.webhook_update_handler(body)
                self.reply(status, text.encode(), "text/plain")

        return Hook
