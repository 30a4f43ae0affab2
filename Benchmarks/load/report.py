"""The results as Markdown, ready for docs/performance.md."""


def markdown(result: dict) -> str:
    """A table of rates and latencies, each rate also as a part of the floor's, then memory, cores and the machine."""
    rates = {row["key"]: row["per_second"] for row in result["rows"]}
    lines = ["| what | per second | of (a) | p50 | p99 |", "|---|---:|---:|---:|---:|"]
    for row in result["rows"]:
        # A fixed rate is what was offered: its part of the floor says nothing.
        share = "" if row["key"].endswith("_paced") else f"{row['per_second'] / rates[row['floor']]:.2f}"
        lines.append(f"| {row['what']} | {row['per_second']:,.0f} | {share} | {_ms(row['p50'])} | {_ms(row['p99'])} |")
    if memory := result["memory_mib"]:
        lines += ["", "| memory | MiB |", "|---|---:|"]
        lines += [f"| {what} | {mib:.0f} |" for what, mib in memory.items()]
    if shares := result["processor_cores"]:
        names = list(next(iter(shares.values())))
        lines += ["", f"| cores used | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
        lines += [f"| {what} | {' | '.join(f'{used[n]:.2f}' for n in names)} |" for what, used in shares.items()]
    lines += [
        "",
        f"Measured {result['measured_at']}, {result['connections']} connections, rounds of {result['seconds']:g} s,",
    ]
    lines += [f"median of {result['rounds']}; load generator and stand-ins on the same machine."]
    lines += ["Machine: " + "; ".join(f"{what}: {value}" for what, value in result["machine"].items()) + "."]
    return "\n".join(lines) + "\n"


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} ms"
