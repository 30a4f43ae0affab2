"""Starting and stopping what is measured."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.configuration import Configuration, Tenant, acme, globex
from harness.hub import Hub, binary, plain_environment
from harness.ports import free_port
from harness.waiting import eventually


def many_tenants(count: int) -> list[Tenant]:
    return [Tenant(f"tenant{n:03}", "support", f"1063000000{n:05}", f"1022000000{n:05}") for n in range(count)]


def sample_tenants() -> list[Tenant]:
    """The sample's two, with the sandbox's tokens, as fast as a channel may be."""
    tenants = [acme(), globex()]
    for tenant in tenants:
        tenant.access_token = f"sandbox-token-{tenant.id}"
        tenant.messages_per_second = 1000
    return tenants


@contextmanager
def hub(folder: Path, tenants: list[Tenant], port: int | None = None, sandbox_port: int | None = None) -> Iterator[Hub]:
    """A hub on a fresh data folder, with all the durability that it has by default: there is no other setting."""
    configuration = Configuration(folder / "data", port or free_port(), free_port(), tenants)
    if sandbox_port is not None:
        configuration.graph_url = f"http://127.0.0.1:{sandbox_port}"
        configuration.app_secret, configuration.verify_token = "sandbox-app-secret", "sandbox-verify-token"
    with configured(folder, configuration) as running:
        yield running


@contextmanager
def configured(folder: Path, configuration: Configuration) -> Iterator[Hub]:
    """A hub in the folder, which is made."""
    folder.mkdir()
    running = Hub(folder, configuration)
    try:
        yield running.start()
    finally:
        running.close()


@contextmanager
def command(log: Path, arguments: list[str], address: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is not the hub, from when its address answers."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            env=plain_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=Path(__file__).resolve().parents[1],
        )
    try:
        eventually(lambda: is_answering(address), f"{address} answers", within=10)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def floor(log: Path, port: int):
    """The hub's HTTP server, answering an empty 200 to any POST."""
    address = f"127.0.0.1:{port}"
    return command(log, [str(binary()), "bench-floor", "--listen", address], f"http://{address}/")


def sandbox(log: Path, port: int, hub_port: int):
    """The provider's stand-in, with its webhooks to a hub."""
    listen, webhook = f"127.0.0.1:{port}", f"http://127.0.0.1:{hub_port}/webhooks/apps/meta-main"
    arguments = [str(binary()), "sandbox", "--listen", listen, "--webhook", webhook]
    return command(log, arguments, f"http://{listen}/_sandbox")


def sink(log: Path, port: int):
    """The fast business system."""
    return command(log, [sys.executable, "-m", "load.sink", str(port)], f"http://127.0.0.1:{port}/")


def provider(log: Path, port: int):
    """The fast OpenID provider."""
    return command(log, [sys.executable, "-m", "load.provider", str(port)], f"http://127.0.0.1:{port}/")


def is_answering(address: str) -> bool:
    """Whether anything answers there, be it with an error."""
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except urllib.error.HTTPError:
        pass
    return True


def get_json(address: str) -> dict:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return json.load(answer)


def put_json(address: str, value: dict) -> None:
    body = json.dumps(value).encode()
    urllib.request.urlopen(urllib.request.Request(address, body, method="PUT"), timeout=60).close()


def wait_until_count(read, count: int, within: float) -> float:
    """When (Unix seconds) `read()` reached `count`, looked at every 50 ms."""
    eventually(lambda: read() >= count, f"{count} arrived", within=within)
    return time.time()


def count_received(running: Hub, tenants: list[Tenant]) -> int:
    """The inbound messages in the tenants' event logs."""
    return sum(len(running.api(tenant).received()) for tenant in tenants)


def memory(running: Hub, field: str) -> float:
    """`VmRSS` (now) or `VmHWM` (the most so far) in MiB."""
    assert running.process is not None
    for line in Path(f"/proc/{running.process.pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {field}")
