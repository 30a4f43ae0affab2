"""The sample that `comfile demo` and `comfile sandbox` start with: its accounts and tokens, and the ports of the demo."""

import fcntl
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.hub import binary, plain_environment
from harness.waiting import eventually

PORTS = (8080, 8081, 8090, 8091)
WEBHOOK_PATH = "/webhooks/apps/meta-main"
PHONE_NUMBER_ID = "106540352242922"
ACCESS_TOKEN = "sandbox-token-acme"
APP_SECRET = "sandbox-app-secret"
VERIFY_TOKEN = "sandbox-verify-token"


def busy_ports() -> list[int]:
    """Ports of the demo that something else listens on."""
    busy = []
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                busy.append(port)
    return busy


@contextmanager
def running(output: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of `comfile` that runs until it is stopped, with what it prints in a file."""
    with output.open("wb") as file:
        process = subprocess.Popen(
            [binary(), *arguments],
            env=plain_environment(),
            cwd=output.parent,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
            raise AssertionError(f"`comfile {arguments[0]}` did not end within 20 s of SIGTERM") from None


@contextmanager
def demo(folder: Path) -> Iterator[Path]:
    """The demo, running on throw-away data; gives the file that it prints to.

    Its ports are fixed: test processes beside this one wait for their turn.
    """
    with (Path(tempfile.gettempdir()) / "comfile-demo.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        assert not (busy := busy_ports()), f"something else listens on ports of the demo: {busy}"
        log = folder / "demo.log"
        with running(log, "demo"):
            eventually(lambda: "Ctrl-C stops everything" in log.read_text(), "the demo prints what to try")
            yield log
