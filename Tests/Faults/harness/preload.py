"""Small libraries that are preloaded into the hub, to change what the machine seems to be."""

import shutil
import subprocess
from pathlib import Path

# Swift's toolchain brings clang.
COMPILER = next((found for name in ("clang", "cc", "gcc") if (found := shutil.which(name))), None)


def build(name: str, folder: Path) -> Path:
    """Compiles `harness/NAME.c` into a folder of the test's own."""
    assert COMPILER is not None
    library = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source, "-lpthread"], check=True)
    return library


class ShiftedClock:
    """The hub's wall clock stands ahead, so that a day of retries passes in seconds."""

    def __init__(self, folder: Path) -> None:
        self._library = build("shifted_clock", folder)

    def environment(self, seconds: int) -> dict[str, str]:
        return {"LD_PRELOAD": str(self._library), "SHIFTED_SECONDS": str(seconds)}
