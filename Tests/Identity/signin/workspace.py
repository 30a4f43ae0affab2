"""A hub that believes its providers: `email_verified` counts; Google comes with a Workspace, without one, and as a Drive."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.server import Handler, StandIn
from signin.hostile_provider import Issuer
from signin.people import Member
from signin.scene import Attempt, Scene

GOOGLE = "https://accounts.google.com"
DOMAIN = "canary.example"
SECOND_DOMAIN = "kayak.example"
DRIVE_FILES = "https://www.googleapis.com/auth/drive.file"


class Drive:
    """Answers all that it is asked well enough, and keeps whose token it was asked with."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        asked = self.tokens

        class Endpoint(Handler):
            def do_GET(self) -> None:
                self.body()
                asked.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
                self.reply(200, b'{"user":{"emailAddress":"a@canary.example"},"files":[],"ids":["id1"],"id":"id1"}')

            do_POST = do_PATCH = do_GET

        self._stand_in = StandIn(Endpoint)
        self.url = self._stand_in.url

    def close(self) -> None:
        self._stand_in.close()


class Workspace(Scene):
    """Besides what every scene has, at acme: `believed` and `guarded` (both with `trust_email`, of one issuer; nobody
    joins by the second), `google` (any account), `workspace` and `workspaces` (accounts of one domain, or two, alone),
    and the business system `archive`, a Drive. At globex: `believed`, another client of acme's issuer."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.drive = Drive()
        believed = self.provider.issuer("believed")
        self.connect("acme", "believed", believed, join="agent", trust_email=True)
        self.connect("acme", "guarded", believed, trust_email=True)
        self.connect("globex", "believed", believed, join="agent", trust_email=True)
        for name, domains in {"google": [], "workspace": [DOMAIN], "workspaces": [DOMAIN, SECOND_DOMAIN]}.items():
            issuer = self.provider.issuer(name, issuer=GOOGLE)
            rule = {"allowed_domains": domains} if domains else {}
            self.connect("acme", name, issuer, **google_addresses(issuer), adapter="google", join="agent", **rule)
            del self.configuration.connections["acme"][name]["issuer"]
        self._add_drive()

    def _add_drive(self) -> None:
        issuer = self.provider.issuer("archive", issuer=GOOGLE)
        issuer.clients["archive-client"] = "the archive's secret"
        self.issuers["acme", "archive"] = issuer
        self.configuration.services["acme"] = {
            "archive": {
                "adapter": "google-drive",
                "client_id": "archive-client",
                "client_secret": self.configuration.hide(issuer.clients["archive-client"]),
                "drive_url": f"{self.drive.url}/drive/v3",
                "upload_url": f"{self.drive.url}/upload/drive/v3",
            }
            | google_addresses(issuer)
        }

    def reset(self) -> None:
        super().reset()
        self.drive.tokens.clear()

    def close(self) -> None:
        super().close()
        self.drive.close()

    def is_verified(self, tried: Attempt, tenant: str = "acme") -> bool:
        """Whether the address of who signed in last counts as theirs."""
        query = "SELECT is_email_verified FROM person_identities WHERE person_id = ?"
        found = self.ledgers[tenant].rows(query, tried.entries[-1].person)
        assert len(found) == 1, "somebody with one identity"
        return bool(found[0][0])


@pytest.fixture(scope="module")
def running_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One for all tests of a file, which has to import it."""
    made = Workspace(tmp_path_factory.mktemp("workspace"))
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.fixture
def workspace(running_workspace: Workspace) -> Workspace:
    """As if nothing had been spoiled before."""
    running_workspace.reset()
    return running_workspace


def google_addresses(issuer: Issuer) -> dict[str, Any]:
    return {
        "authorization_url": f"{issuer.url}/authorize",
        "token_url": f"{issuer.url}/token",
        "keys_url": f"{issuer.url}/keys",
        "revocation_url": f"{issuer.url}/revoke",
    }


def connect_archive(member: Member) -> Attempt:
    """Connects the Drive under "Connected services"."""
    issuer = member.scene.issuers[member.tenant, "archive"]
    tried = Attempt(member.browser, "archive", issuer)
    tried.start = member.browser.submit_start(member.page("/services").form_to("/archive/start"))
    tried.callback = member.browser.authorize(tried.start)
    before = member.scene.ledgers[member.tenant].standing()
    tried.response = member.browser.call_back(tried.callback)
    tried.entries = member.scene.ledgers[member.tenant].audit(before)
    return tried
