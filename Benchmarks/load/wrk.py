"""wrk at full speed: 256 connections, 2 threads, requests made beforehand."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# At 4,300 webhooks a second and 50 ms each, a provider has over 200 requests under way.
CONNECTIONS = 256
THREADS = 2
SCRIPT = Path(__file__).with_name("replay.lua")


@dataclass(frozen=True)
class Measured:
    """One run. Latencies in milliseconds, from the request's sending to its answer."""

    answered: int
    per_second: float
    p50: float
    p99: float


def is_installed() -> bool:
    return shutil.which("wrk") is not None


def write_requests(prefix: Path, requests: Iterable[bytes]) -> int:
    """Deals the requests out to the threads' files, and says how many there are."""
    files = [prefix.with_name(f"{prefix.name}.{number + 1}").open("wb") for number in range(THREADS)]
    count = 0
    for request in requests:
        files[count % THREADS].write(b"%d\n%s" % (len(request), request))
        count += 1
    for file in files:
        file.close()
    return count


def remove_requests(prefix: Path) -> None:
    for number in range(THREADS):
        prefix.with_name(f"{prefix.name}.{number + 1}").unlink(missing_ok=True)


def run(url: str, prefix: Path, seconds: float, over_again: bool = False) -> Measured:
    """One run. An answer that is not 2xx, a broken connection or too few requests are errors: then nothing was measured."""
    command = [
        "wrk",
        "--threads",
        str(THREADS),
        "--connections",
        str(CONNECTIONS),
        "--duration",
        f"{seconds:g}s",
        "--timeout",
        "10s",
        "--script",
        str(SCRIPT),
        url,
        "--",
        str(prefix),
        "repeat" if over_again else "once",
    ]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"wrk failed: {ended.stderr.strip() or ended.stdout.strip()}")
    result = json.loads(ended.stdout.strip().splitlines()[-1])
    if result["refused"] or result["broken"]:
        raise RuntimeError(f"{url}: {result['refused']} answers were not 2xx, {result['broken']} connections broke")
    if result["exhausted"]:
        raise RuntimeError(f"{url}: faster than expected, the prepared requests ran out; raise --expect")
    return Measured(
        result["requests"],
        result["requests"] / result["microseconds"] * 1e6,
        result["p50_us"] / 1000,
        result["p99_us"] / 1000,
    )
