"""A hub whose WhatsApp is the sandbox: a business system on one side, a customer's phone on the other."""

from pathlib import Path
from typing import Any

import requests
import sample
from pywa_kit import Sandbox

from harness.api import Api
from harness.waiting import eventually
from harness.world import World

EVENTS = ["message.*", "media.updated", "channel.alert", "template.updated"]


class Linked:
    """One hub with two tenants, the sandbox as their WhatsApp, and all that is needed to drive both."""

    def __init__(self, folder: Path) -> None:
        self.sandbox = Sandbox()
        self.world = World(folder)
        configuration = self.world.configuration
        configuration.app_secret, configuration.verify_token = sample.APP_SECRET, sample.VERIFY_TOKEN
        configuration.graph_url = self.sandbox.url
        self.acme = self.world.acme
        self.acme.access_token, self.world.globex.access_token = sample.ACCESS_TOKEN, "sandbox-token-globex"
        for tenant in self.world.tenants:
            tenant.check_window = True
            tenant.events, tenant.events_of_no_channel = EVENTS, ["contact.updated"]
        self.sandbox.arguments[-1] = self.world.hub.webhook_url

    def start(self) -> None:
        """The hub takes the templates over when it starts, and sends with them right after."""
        self.sandbox.wait_ready()
        self.world.start()
        path = f"/channels/{self.acme.channel}/templates"
        eventually(lambda: self.api.get(path).json()["data"], "the hub knows the templates")

    @property
    def api(self) -> Api:
        return self.world.api(self.acme)

    @property
    def business(self):
        return self.world.business[self.acme.id]

    def came_in(self, provider_id: str) -> dict[str, Any]:
        """The event of the message with this id, as the business system got it."""

        def found() -> list[dict[str, Any]]:
            bodies = self.business.bodies("message.received")
            return [event["data"] for event in bodies if event["data"]["message"]["provider_id"] == provider_id]

        return eventually(found, "the message is at the business system")[0]

    def writes(self, **members: Any) -> dict[str, Any]:
        """A customer writes; what the business system got of it."""
        return self.came_in(self.sandbox.inbound(**members)["id"])

    def post(self, type: str, content: Any, to: str, key: str, **more: Any) -> requests.Response:
        body = {"channel": self.acme.channel, "to": to, "type": type, type: content} | more
        return self.api.post("/messages", body, key)

    def went_out(self, answer: requests.Response) -> dict[str, Any]:
        """The body of a message that the API took, as the sandbox got it."""
        assert answer.status_code == 202, answer.text
        id = answer.json()["id"]

        def found() -> list[dict[str, Any]]:
            message = self.api.message(id)
            assert message["status"] != "failed", message
            return [m["body"] for m in self.sandbox.accepted() if m["biz_opaque_callback_data"] == id]

        return eventually(found, "the message is at the sandbox")[0]

    def upload(self, content: bytes, kind: str, mime_type: str) -> str:
        answer = self.api.session.post(
            f"{self.world.hub.url}/api/v1/media",
            params={"kind": kind, "filename": f"file.{kind}"},
            data=content,
            headers={"Content-Type": mime_type},
            timeout=15,
        )
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def alerts(self) -> list[dict[str, Any]]:
        return [event["data"] for event in self.business.bodies("channel.alert")]
