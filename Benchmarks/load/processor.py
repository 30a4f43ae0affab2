"""Whose the processor's time was, as everybody shares the machine."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WRK = "wrk"


def _seconds(process: int) -> float:
    """What the process used so far, in its own code and the kernel (proc(5): fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ended_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def shares(processes: dict[str, int]) -> Iterator[dict[str, float]]:
    """In cores, filled in at the end: those of the processes, and that of wrk, which ran and ended meanwhile."""
    before = {name: _seconds(process) for name, process in processes.items()}
    children, began = _ended_children(), time.perf_counter()
    used: dict[str, float] = {}
    yield used
    took = time.perf_counter() - began
    used |= {name: (_seconds(process) - before[name]) / took for name, process in processes.items()}
    used[WRK] = (_ended_children() - children) / took
