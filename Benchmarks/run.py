"""Measures the hub on this machine and writes a table: `make bench`.

Builds nothing: COMFILE_BIN, or the release build. Everything is measured in one run, so that the ratios hold.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY / folder) for folder in ("Benchmarks", "Tests/Faults", "Tests/Identity")]
os.environ.setdefault("COMFILE_BIN", str(REPOSITORY / ".build/release/comfile"))

from harness.hub import binary  # noqa: E402
from load import machine, measures, report, sign_in, wrk  # noqa: E402


def main() -> int:
    options = parse()
    if not os.access(binary(), os.X_OK):
        print(
            f"bench: no comfile at {binary()}: run `swift build -c release` first, or set COMFILE_BIN", file=sys.stderr
        )
        return 1
    if not wrk.is_installed():
        print("bench: wrk is missing: apt-get install wrk", file=sys.stderr)
        return 1
    options.output.mkdir(parents=True, exist_ok=True)
    # On the disk that the output is on: /tmp may be memory, where durability costs nothing.
    folder = Path(tempfile.mkdtemp(prefix="work-", dir=options.output))
    effort = measures.Effort(options.seconds, options.rounds, options.expect, options.rate)
    try:
        result = measure(folder, effort, options.only)
    finally:
        if options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    table = report.markdown(result)
    (options.output / "results.json").write_text(json.dumps(result, indent=2) + "\n")
    (options.output / "results.md").write_text(table)
    print(f"\n{table}\nwritten: {options.output}/results.md and results.json")
    return 0


def measure(folder: Path, effort: measures.Effort, only: str) -> dict:
    """Runs what `only` names; the floor always, as everything is told as a part of it."""
    rows, memory, processor = [], {}, {}
    print("measuring (each line takes up to a minute)")
    rows.append(measures.floor(folder, effort))
    if "b" in only:
        rows += measures.webhooks(folder, effort)
    if "c" in only:
        row, memory = measures.hundred_tenants(folder, effort)
        rows.append(row)
    if "d" in only:
        rows += measures.deliveries(folder, effort)
    if "e" in only:
        rows.append(measures.sends(folder, effort))
    if "f" in only:
        rows += measures.isolation(folder, effort)
    if "g" in only:
        more, processor = sign_in.measure(folder, effort)
        rows += more
    return {
        "measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": machine.describe(folder),
        "connections": wrk.CONNECTIONS,
        "seconds": effort.seconds,
        "rounds": effort.rounds,
        "rows": [row.json() for row in rows],
        "memory_mib": memory,
        "processor_cores": processor,
    }


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="length of a round (default 10)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds at full speed, of which the median counts (default 3)"
    )
    parser.add_argument("--rate", type=float, default=4_300, help="webhooks a second of the fixed rate (default 4300)")
    parser.add_argument("--expect", type=int, default=20_000, help="prepare for up to so many webhooks a second")
    parser.add_argument("--only", default="bcdefg", help="which of b to g to measure (default all)")
    parser.add_argument("--output", type=Path, default=REPOSITORY / ".build/benchmarks", help="folder for the results")
    parser.add_argument("--keep", action="store_true", help="keep data folders and logs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
