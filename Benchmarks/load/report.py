"""The results as Markdown, ready for docs/performance.md."""


def markdown(result: dict) -> str:
    """A table of rates and latencies, each rate also as a part of the floor's, then memory and the machine."""
    floor = next(row["per_second"] for row in result["rows"] if row["key"] == "floor")
    lines = ["| what | per second | of (a) | p50 | p99 |", "|---|---:|---:|---:|---:|"]
    for row in result["rows"]:
        # A fixed rate is what was offered: its part of the floor says nothing.
        share = "" if row["key"].endswith("_paced") else f"{row['per_second'] / floor:.2f}"
        lines.append(f"| {row['what']} | {row['per_second']:,.0f} | {share} | {_ms(row['p50'])} | {_ms(row['p99'])} |")
    lines += ["", "| memory | MiB |", "|---|---:|"]
    lines += [f"| {what} | {mib:.0f} |" for what, mib in result["memory_mib"].items()]
    lines += [
        "",
        f"Measured {result['measured_at']}, {result['connections']} connections, rounds of {result['seconds']:g} s,",
    ]
    lines += [f"median of {result['rounds']}; load generator and stand-ins on the same machine."]
    lines += ["Machine: " + "; ".join(f"{what}: {value}" for what, value in result["machine"].items()) + "."]
    return "\n".join(lines) + "\n"


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} ms"
