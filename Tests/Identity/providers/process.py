"""A provider as a process: started on a port of loopback, asked by its access log what it was asked, ended."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import requests

from harness.ports import free_port
from harness.waiting import eventually
from signin.browser import TIMEOUT, Callback
from signin.hostile_provider import Person

PACKAGES = Path(__file__).resolve().parents[1]
READY_WITHIN = 90.0
# As both servers write it: "POST /o/token/ HTTP/1.1" 200
LINE = re.compile(r'"([A-Z]+) ([^ ?"]+)[^"]*" (\d{3})')


class ProviderProcess:
    """What the two providers have in common. `path` is what the issuer has after its port."""

    path = ""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "provider.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return self.url + self.path

    def arguments(self) -> Sequence[str]:
        """What Python is started with."""
        raise NotImplementedError

    def launch(self) -> None:
        """Starts the process without waiting for anything."""
        assert self.process is None or self.process.poll() is not None, "the provider runs already"
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *self.arguments()],
                env=environment | {"PYTHONPATH": str(PACKAGES), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_ready(self) -> None:
        eventually(self._answers, f"the provider answers at {self.issuer}", within=READY_WITHIN, every=0.2)

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise RuntimeError(f"the provider ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
        return requests.get(self.metadata_url, timeout=TIMEOUT).status_code == 200

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)

    def restart(self) -> None:
        self.close()
        self.launch()
        self.wait_ready()

    # What it was asked, and what it says.

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def metadata(self) -> dict[str, str]:
        return requests.get(self.metadata_url, timeout=TIMEOUT).json()

    def requests(self, path: str) -> list[tuple[str, int]]:
        """Method and status of every request to a path, oldest first, over restarts too."""
        found = LINE.findall(self.log.read_text(errors="replace"))
        return [(method, int(status)) for method, at, status in found if at == path]

    # A person at its pages.

    def consent(self, url: str, person: Person, allow: bool = True) -> Callback:
        """Somebody goes where the hub sent them, says who they are, and agrees or does not."""
        raise NotImplementedError
