"""What the numbers were measured on."""

import os
import platform
import subprocess
import time
from pathlib import Path


def describe(folder: Path) -> dict[str, str]:
    """Cores, processor, memory, file system of `folder` with the time of one fdatasync, kernel, Swift."""
    return {
        "cores": str(os.cpu_count()),
        "processor": _field("/proc/cpuinfo", "model name") or platform.machine(),
        "memory": f"{int((_field('/proc/meminfo', 'MemTotal') or '0 kB').split()[0]) / 1024 / 1024:.1f} GiB",
        "file system": f"{_file_system(folder)}, fdatasync of 4 KiB p50 {_sync_milliseconds(folder):.2f} ms",
        "kernel": platform.release(),
        "Swift": _swift(),
    }


def _field(path: str, name: str) -> str | None:
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def _file_system(folder: Path) -> str:
    best, kind = "", "unknown"
    for line in Path("/proc/mounts").read_text().splitlines():
        _, point, type, *_ = line.split()
        if str(folder.resolve()).startswith(point) and len(point) > len(best):
            best, kind = point, type
    return kind


def _sync_milliseconds(folder: Path) -> float:
    path, times = folder / "sync-probe", []
    with path.open("wb") as file:
        for _ in range(200):
            file.write(os.urandom(4096))
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    return sorted(times)[len(times) // 2] * 1000


def _swift() -> str:
    try:
        printed = subprocess.run(["swift", "--version"], capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return next((line.strip() for line in printed.splitlines() if "Swift version" in line), "unknown")
