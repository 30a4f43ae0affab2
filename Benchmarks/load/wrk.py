"""wrk at full speed: 256 connections unless told, 2 threads, requests made beforehand."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
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
    """Also answers that were kept."""
    for number in range(THREADS):
        prefix.with_name(f"{prefix.name}.{number + 1}").unlink(missing_ok=True)


def read_answers(kept: Path) -> Iterator[tuple[str, str]]:
    """Location and Set-Cookie of the answers that a run kept."""
    for number in range(THREADS):
        for line in kept.with_name(f"{kept.name}.{number + 1}").read_text().splitlines():
            location, _, cookie = line.partition("\t")
            yield location, cookie


def run(
    url: str,
    prefix: Path,
    seconds: float,
    over_again: bool = False,
    connections: int = CONNECTIONS,
    keep: Path | None = None,
) -> Measured:
    """One run. An answer of 4xx or 5xx, a broken connection or too few requests are errors: then nothing was measured.

    `keep` names the files for `read_answers`.
    """
    command = [
        "wrk",
        "--threads",
        str(THREADS),
        "--connections",
        str(connections),
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
        *([str(keep)] if keep else []),
    ]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"wrk failed: {ended.stderr.strip() or ended.stdout.strip()}")
    result = json.loads(ended.stdout.strip().splitlines()[-1])
    if result["refused"] or result["broken"]:
        raise RuntimeError(f"{url}: {result['refused']} answers were 4xx or 5xx, {result['broken']} connections broke")
    if result["exhausted"]:
        raise RuntimeError(f"{url}: faster than expected, the requests ran out; raise --expect, for (g) MOST_OPEN")
    return Measured(
        result["requests"],
        result["requests"] / result["microseconds"] * 1e6,
        result["p50_us"] / 1000,
        result["p99_us"] / 1000,
    )
