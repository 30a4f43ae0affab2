"""One function for each number of the table."""

import multiprocessing
import signal
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from harness.configuration import Tenant, acme, globex
from harness.hub import Hub
from harness.ports import free_port
from load import paced, requests, scene, wrk


BACKLOG = 20_000
SENDS = 10_000
EASY_RATE = 200
FLOOD_RATE = 1_000


@dataclass(frozen=True)
class Row:
    """A line of the table: a rate, and latencies in milliseconds where they mean something."""

    key: str
    what: str
    per_second: float
    p50: float | None = None
    p99: float | None = None
    floor: str = "floor"
    """The row that it is told as a part of."""

    def __post_init__(self) -> None:
        print(
            f"  {self.what}: {self.per_second:,.0f}/s"
            + (f", p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms" if self.p50 else "")
        )

    def json(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Effort:
    """How long and how often."""

    seconds: float
    rounds: int
    expect: int
    rate: float


def median(runs: list[wrk.Measured]) -> wrk.Measured:
    return sorted(runs, key=lambda run: run.per_second)[len(runs) // 2]


def floor(folder: Path, effort: Effort, connections: int = wrk.CONNECTIONS) -> Row:
    port = free_port()
    prefix = folder / "empty"
    wrk.write_requests(prefix, requests.empty_posts(f"127.0.0.1:{port}", 1_000))
    with scene.floor(folder / "floor.log", port):
        url = f"http://127.0.0.1:{port}/"

        def measure(seconds: float) -> wrk.Measured:
            return wrk.run(url, prefix, seconds, over_again=True, connections=connections)

        measure(2)
        best = median([measure(effort.seconds) for _ in range(effort.rounds)])
    key, what = "floor", "(a) the same server answering an empty POST"
    if connections != wrk.CONNECTIONS:
        key, what = f"floor_{connections}", f"(a) the same over {connections} connections"
    return Row(key, what, best.per_second, best.p50, best.p99, key)


def _full_speed(running: Hub, folder: Path, tenants: list[Tenant], effort: Effort, already: int = 0) -> wrk.Measured:
    """Rounds of webhooks as fast as they are taken; then every acknowledged one has to be in the event logs, where
    `already` messages stood before."""
    prefix, runs = folder / "requests", []
    for round in range(effort.rounds + 1):
        seconds = effort.seconds if round else 2
        count = int(effort.expect * seconds)
        made = requests.webhooks(
            f"127.0.0.1:{running.configuration.port}",
            running.configuration.app_secret,
            tenants,
            count,
            f"round {round}",
        )
        wrk.write_requests(prefix, (request for _, request in made))
        runs.append(wrk.run(running.url, prefix, seconds))
    wrk.remove_requests(prefix)
    acknowledged, kept = sum(run.answered for run in runs), scene.count_received(running, tenants) - already
    # What was on its way when wrk stopped was kept, too, without its answer being counted.
    if not acknowledged <= kept <= acknowledged + len(runs) * wrk.CONNECTIONS:
        raise RuntimeError(f"{acknowledged} webhooks were acknowledged, {kept} are in the event logs")
    return median(runs[1:])


def webhooks(folder: Path, effort: Effort) -> list[Row]:
    """Full speed, then the fixed rate on the same data."""
    tenant = acme()
    with scene.hub(folder / "webhooks", [tenant]) as running:
        full = _full_speed(running, folder, [tenant], effort)
        rows = [
            Row("webhooks", "(b) signed text webhooks kept as message and event", full.per_second, full.p50, full.p99)
        ]
        count = int(effort.rate * effort.seconds)
        made = list(
            requests.webhooks(
                f"127.0.0.1:{running.configuration.port}",
                running.configuration.app_secret,
                [tenant],
                count,
                "fixed rate",
            )
        )
        fixed = paced.run("127.0.0.1", running.configuration.port, made, effort.rate)
        if fixed.refused:
            raise RuntimeError(f"{fixed.refused} of {count} webhooks were refused at {effort.rate:g}/s")
    what = f"(b) the same, {effort.rate:,.0f}/s offered"
    return rows + [Row("webhooks_paced", what, fixed.per_second, fixed.percentile(50), fixed.percentile(99))]


def hundred_tenants(folder: Path, effort: Effort) -> tuple[Row, dict[str, float]]:
    """Also the memory: at rest once every store was opened, and the most under load."""
    tenants = scene.many_tenants(100)
    with scene.hub(folder / "tenants", tenants) as running:
        greetings = list(
            requests.webhooks(
                f"127.0.0.1:{running.configuration.port}",
                running.configuration.app_secret,
                tenants,
                len(tenants),
                "greeting",
            )
        )
        paced.run("127.0.0.1", running.configuration.port, greetings, rate=100)
        time.sleep(3)  # At rest means that nothing has happened for a while.
        rest = scene.memory(running, "VmRSS")
        full = _full_speed(running, folder, tenants, effort, already=len(greetings))
        memory = {"at rest, 100 tenants": rest, "most under load, 100 tenants": scene.memory(running, "VmHWM")}
    return Row("tenants", "(c) the same over 100 tenants", full.per_second, full.p50, full.p99), memory


def deliveries(folder: Path, effort: Effort) -> list[Row]:
    """A backlog that is drained at full speed; then, at an easy rate, how long an event takes from webhook to delivery."""
    tenant, port = acme(), free_port()
    tenant.system_url, tenant.timeout_seconds, tenant.events = f"http://127.0.0.1:{port}/", 60, ["message.received"]
    address = f"http://127.0.0.1:{port}/"
    with scene.sink(folder / "sink.log", port) as sink, scene.hub(folder / "deliveries", [tenant]) as running:
        host, secret = f"127.0.0.1:{running.configuration.port}", running.configuration.app_secret
        backlog = list(requests.webhooks(host, secret, [tenant], BACKLOG, "backlog"))
        # A stopped process answers nothing and breaks nothing: the backlog grows without a single failed attempt.
        sink.send_signal(signal.SIGSTOP)
        paced.run("127.0.0.1", running.configuration.port, backlog, rate=paced.FULL_SPEED)
        began = time.time()
        sink.send_signal(signal.SIGCONT)
        scene.wait_until_count(lambda: scene.get_json(address)["count"], len(backlog), within=120)
        drained = scene.get_json(address)["last"] - began

        easy = list(requests.webhooks(host, secret, [tenant], int(EASY_RATE * effort.seconds), "easy"))
        sent = paced.run("127.0.0.1", running.configuration.port, easy, EASY_RATE).sent_at
        scene.wait_until_count(lambda: scene.get_json(address)["count"], len(backlog) + len(easy), within=60)
        arrived = scene.get_json(f"{address}?arrivals")["arrivals"]
    took = sorted((arrived[id] - sent[id]) * 1000 for id in sent)
    quantiles = statistics.quantiles(took, n=100)
    return [
        Row("deliveries", "(d) events delivered to one business system", len(backlog) / drained),
        Row(
            "deliveries_paced",
            f"(d) from webhook to delivery, {EASY_RATE}/s offered",
            EASY_RATE,
            quantiles[49],
            quantiles[98],
        ),
    ]


def sends(folder: Path, effort: Effort) -> Row:
    """Messages handed in through the API as fast as it takes them, until the sandbox has them all. Their statuses come
    back meanwhile. The latency is that of the API's 202; two channels at 1,000/s each are the ceiling."""
    tenants, count = scene.sample_tenants(), SENDS
    port, sandbox_port = free_port(), free_port()
    taken = f"http://127.0.0.1:{sandbox_port}/_sandbox/whatsapp/messages?to=1"
    with (
        scene.sandbox(folder / "sandbox.log", sandbox_port, port),
        scene.hub(folder / "sends", tenants, port, sandbox_port) as running,
    ):
        host = f"127.0.0.1:{running.configuration.port}"
        made = [(str(number), request) for number, request in enumerate(requests.sends(host, tenants, count))]
        began = time.time()
        handed_in = paced.run("127.0.0.1", running.configuration.port, made, rate=paced.FULL_SPEED)
        if handed_in.refused:
            raise RuntimeError(f"{handed_in.refused} of {count} sends were refused")
        ended = scene.wait_until_count(lambda: scene.get_json(taken)["accepted"], count, within=120)
    what = "(e) sends taken by the sandbox; latency of the API's answer"
    return Row("sends", what, count / (ended - began), handed_in.percentile(50), handed_in.percentile(99))


def isolation(folder: Path, effort: Effort) -> list[Row]:
    """One tenant's webhooks at an easy rate: alone, then while another tenant sends five times as many."""
    quiet, loud = globex(), acme()
    with scene.hub(folder / "isolation", [quiet, loud]) as running:
        port, secret = running.configuration.port, running.configuration.app_secret

        def made(tenant: Tenant, rate: float, seconds: float, seed: str) -> list[tuple[str, bytes]]:
            return list(requests.webhooks(f"127.0.0.1:{port}", secret, [tenant], int(rate * seconds), seed))

        def measure(seed: str) -> paced.Paced:
            return paced.run("127.0.0.1", port, made(quiet, EASY_RATE, effort.seconds, seed), EASY_RATE)

        measure("warm-up")
        alone = measure("alone")
        flood = made(loud, FLOOD_RATE, effort.seconds + 3, "flood")
        sender = multiprocessing.Process(target=paced.run, args=("127.0.0.1", port, flood, FLOOD_RATE))
        sender.start()
        time.sleep(1)
        beside = measure("beside")
        sender.join()
    what = f"(f) one tenant's webhooks, {EASY_RATE}/s offered"
    return [
        Row("alone_paced", f"{what}, alone", EASY_RATE, alone.percentile(50), alone.percentile(99)),
        Row(
            "beside_paced",
            f"{what}, while another tenant sends {FLOOD_RATE:,}/s",
            EASY_RATE,
            beside.percentile(50),
            beside.percentile(99),
        ),
    ]
