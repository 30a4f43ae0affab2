"""pywa, a WhatsApp Cloud client for Python, takes the sandbox for WhatsApp Cloud."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import httpx
import pytest
import requests
import sample
from pywa import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types import Message, MessageStatus, MessageStatusType
from pywa.types.templates import TemplateLanguage

from harness.ports import free_port
from harness.server import Handler, StandIn
from harness.waiting import eventually

CUSTOMER = "16505551234"


class ToTheSandbox(httpx.BaseTransport):
    """Sends what pywa means for Meta to the sandbox, unchanged but for the host."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.target = httpx.URL(sandbox.url)
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "graph.facebook.com", f"pywa called {request.url.host}"
        request.url = request.url.copy_with(scheme="http", host=self.target.host, port=self.target.port)
        request.headers["Host"] = f"{self.target.host}:{self.target.port}"
        return self.inner.handle_request(request)


class Receiver:
    """A pywa application that takes the sandbox's webhooks, in the place of a hub."""

    def __init__(self, sandbox: "Sandbox", app_secret: str = sample.APP_SECRET) -> None:
        self.messages: list[Message] = []
        self.statuses: list[MessageStatus] = []
        self.refused = 0
        self.client = WhatsApp(
            phone_id=sample.PHONE_NUMBER_ID,
            token=sample.ACCESS_TOKEN,
            app_secret=app_secret,
            verify_token=sample.VERIFY_TOKEN,
            session=httpx.Client(transport=ToTheSandbox(sandbox)),
            server=None,
        )
        self.client.on_message()(lambda _, message: self.messages.append(message))
        self.client.on_message_status()(lambda _, status: self.statuses.append(status))
        self.stand_in = StandIn(self._handler(), port=sandbox.webhook_port)

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


class Sandbox:
    """A sandbox that posts its webhooks to a port of the test's own."""

    def __init__(self) -> None:
        self.port, self.webhook_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = [
            *("sandbox", "--listen", f"127.0.0.1:{self.port}"),
            *("--webhook", f"http://127.0.0.1:{self.webhook_port}{sample.WEBHOOK_PATH}"),
        ]

    def control(self, method: str, path: str, body: dict) -> requests.Response:
        answer = requests.request(method, f"{self.url}/_sandbox/whatsapp{path}", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    logging.getLogger("pywa").setLevel(logging.WARNING)
    made = Sandbox()
    with sample.running(tmp_path / "sandbox.log", *made.arguments):
        eventually(lambda: requests.get(f"{made.url}/_sandbox", timeout=2).status_code == 200, "the sandbox answers")
        yield made


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    made = Receiver(sandbox)
    yield made
    made.stand_in.close()


def test_a_text_is_taken_and_its_statuses_come_in_order(receiver: Receiver) -> None:
    sent = receiver.client.send_message(to=f"+{CUSTOMER}", text="Your parcel is on its way.", tracker="parcel-1")
    assert sent.id.startswith("wamid.")
    wanted = [MessageStatusType.SENT, MessageStatusType.DELIVERED, MessageStatusType.READ]
    eventually(lambda: [status.status for status in receiver.statuses] == wanted, "sent, delivered and read were told")
    assert {status.id for status in receiver.statuses} == {sent.id}
    assert {status.tracker for status in receiver.statuses} == {"parcel-1"}
    assert receiver.refused == 0


def test_a_template_is_taken(receiver: Receiver) -> None:
    sent = receiver.client.send_template(
        to=f"+{CUSTOMER}", name="hello_world", language=TemplateLanguage.ENGLISH_US, params=[]
    )
    assert sent.id.startswith("wamid.")


def test_a_wrong_template_and_a_wrong_token_are_the_errors_that_pywa_knows(
    receiver: Receiver, sandbox: Sandbox
) -> None:
    with pytest.raises(WhatsAppError) as unknown:
        receiver.client.send_template(
            to=f"+{CUSTOMER}", name="no_such_template", language=TemplateLanguage.ENGLISH_US, params=[]
        )
    assert unknown.value.code == 132001
    stranger = WhatsApp(
        phone_id=sample.PHONE_NUMBER_ID, token="EAAGwrong", session=httpx.Client(transport=ToTheSandbox(sandbox))
    )
    with pytest.raises(WhatsAppError) as refused:
        stranger.send_message(to=f"+{CUSTOMER}", text="hello")
    assert refused.value.code == 190


def test_throttling_on_request_is_the_error_that_pywa_knows(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control("PUT", "/faults", {"throttle": {"code": 130429, "count": 1}})
    with pytest.raises(WhatsAppError) as throttled:
        receiver.client.send_message(to=f"+{CUSTOMER}", text="hello")
    assert throttled.value.code == 130429
    assert receiver.client.send_message(to=f"+{CUSTOMER}", text="hello again").id


def test_what_a_customer_writes_reaches_a_pywa_handler(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control(
        "POST",
        "/inbound",
        {"phone_number_id": sample.PHONE_NUMBER_ID, "from": CUSTOMER, "name": "Zoë Nelson", "text": "Grüße 👋"},
    )
    message = eventually(lambda: receiver.messages and receiver.messages[0], "the message came in")
    assert message.text == "Grüße 👋"
    assert message.from_user.name == "Zoë Nelson"
    assert message.from_user.wa_id == CUSTOMER
    assert receiver.refused == 0


def test_a_receiver_with_another_app_secret_refuses_the_webhooks(sandbox: Sandbox) -> None:
    stranger = Receiver(sandbox, app_secret="not-the-app-secret")
    try:
        sandbox.control(
            "POST", "/inbound", {"phone_number_id": sample.PHONE_NUMBER_ID, "from": CUSTOMER, "text": "hello"}
        )
        eventually(lambda: stranger.refused > 0, "the signature was refused")
        assert stranger.messages == []
    finally:
        stranger.stand_in.close()


def test_the_handshake_is_the_one_that_pywa_answers(receiver: Receiver, sandbox: Sandbox) -> None:
    assert sandbox.control("POST", "/handshake", {"phone_number_id": sample.PHONE_NUMBER_ID}).json()["verified"] is True
