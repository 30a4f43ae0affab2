"""The real binary under test: started, killed, asked."""

import os
import signal
import subprocess
from pathlib import Path

import requests

from harness.api import Api
from harness.configuration import Configuration, Tenant
from harness.waiting import eventually

REPOSITORY = Path(__file__).resolve().parents[3]
READY_WITHIN = 10.0


def binary() -> Path:
    """The `comfile` under test: `COMFILE_BIN`, or the debug build."""
    return Path(os.environ.get("COMFILE_BIN") or REPOSITORY / ".build/debug/comfile").resolve()


def run(
    *arguments: str | Path, environment: dict[str, str] | None = None, within: float = 30
) -> subprocess.CompletedProcess[str]:
    """Runs one command of `comfile` to its end."""
    return subprocess.run(
        [binary(), *arguments],
        env=plain_environment() | (environment or {}),
        capture_output=True,
        text=True,
        timeout=within,
    )


def plain_environment() -> dict[str, str]:
    """What a service gets from its manager, and nothing of the shell that the tests run in."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH", "LANG") if name in os.environ}


class Hub:
    """One hub with a folder of its own: `tenants.yaml`, `data/`, `tmp/`, and everything that it prints."""

    def __init__(self, folder: Path, configuration: Configuration) -> None:
        self.folder = folder
        self.configuration = configuration
        self.configuration_path = folder / "tenants.yaml"
        self.output_path = folder / "hub.log"
        self.temporary = folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{configuration.port}"
        self.operator_url = f"http://127.0.0.1:{configuration.operator_port}"
        self.webhook_url = f"{self.url}/webhooks/apps/meta-main"

    @property
    def data(self) -> Path:
        return self.configuration.data

    @property
    def environment(self) -> dict[str, str]:
        return plain_environment() | self.configuration.environment | {"TMPDIR": str(self.temporary)}

    def launch(self, **environment: str) -> None:
        """Starts the process without waiting for anything."""
        assert self.process is None or self.process.poll() is not None, "the hub runs already"
        with self.output_path.open("ab") as output:
            self.process = subprocess.Popen(
                [binary(), "serve", "--config", self.configuration_path],
                env=self.environment | environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def start(self) -> "Hub":
        self.configuration.write(self.configuration_path)
        self.launch()
        self.wait_ready()
        return self

    def is_ready(self) -> bool:
        return requests.get(f"{self.operator_url}/readyz", timeout=5).status_code == 200

    def wait_ready(self, within: float = READY_WITHIN) -> None:
        def ready() -> bool:
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"the hub ended with {self.process.returncode}:\n{self.output()[-2000:]}")
            return self.is_ready()

        eventually(ready, "the hub is ready", within=within)

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """`kill -9`."""
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait(timeout=10)

    def reload(self) -> None:
        self.signal(signal.SIGHUP)

    def terminate(self, within: float = 30) -> int:
        """SIGTERM, and the exit code."""
        self.signal(signal.SIGTERM)
        assert self.process is not None
        return self.process.wait(timeout=within)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the command line that talks to this hub."""
        return run(*arguments, "--config", self.configuration_path, environment=self.environment)

    def api(self, tenant: Tenant) -> Api:
        return Api(self.url, tenant.api_key)

    def output(self) -> str:
        return self.output_path.read_text(encoding="utf-8", errors="replace")

    def resident_memory(self) -> int:
        """VmRSS in bytes."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))
