"""Looking at what the hub has on disk."""

import base64
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path


def files(folder: Path) -> list[Path]:
    """Every file under a folder, databases, write-ahead logs and leftovers alike."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def size(folder: Path) -> int:
    """The bytes in all files; a file that goes away meanwhile counts as nothing."""
    total = 0
    for path in files(folder):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            pass
    return total


def integrity_problems(folder: Path) -> list[str]:
    """What `PRAGMA integrity_check` finds wrong in the SQLite files of a stopped hub; also when there are none."""
    databases = [path for path in files(folder) if path.suffix == ".sqlite"]
    problems = [] if databases else [f"no SQLite file under {folder.name}/"]
    for path in databases:
        connection = sqlite3.connect(path)
        try:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as error:
            found = [str(error)]
        finally:
            connection.close()
        if found != ["ok"]:
            problems += [f"{path.relative_to(folder)}: {line}" for line in found]
    return problems


def integrity_problems_of_copy(folder: Path, scratch: Path) -> list[str]:
    """The same for a hub that was killed: on a copy, so that its recovery stays its own."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(folder, scratch)
    problems = integrity_problems(scratch)
    shutil.rmtree(scratch)
    return problems


def forms(secret: str) -> dict[str, bytes]:
    """How a text could stand in a file: as it is, in UTF-16, in hex, and in base64 at each of its three offsets."""
    raw = secret.encode()
    found = {"utf-8": raw, "utf-16": secret.encode("utf-16-le"), "hex": raw.hex().encode()}
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)
        # The first and last characters of base64 depend on what stands beside the text.
        first = 0 if offset == 0 else 4
        found[f"base64+{offset}"] = encoded[first : len(encoded) - 4]
    return {name: form for name, form in found.items() if len(form) >= 8}


def plaintext(folder: Path, secrets: list[str]) -> list[str]:
    """Where one of the texts stands readable in any file under a folder."""
    found = []
    for path in files(folder):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        for secret in secrets:
            for name, form in forms(secret).items():
                if form in content:
                    found.append(f"{path.relative_to(folder)}: {secret!r} as {name}")
    return found


class SmallDisk:
    """A file system of its own in memory that can be filled up. Needs root."""

    def __init__(self, path: Path, megabytes: int) -> None:
        self.path = path
        self._ballast = path / "ballast"
        path.mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)], check=True, capture_output=True
        )

    def fill(self, leaving: int) -> None:
        """Takes all free space but `leaving` bytes."""
        free = os.statvfs(self.path)
        amount = free.f_bavail * free.f_frsize - leaving
        with self._ballast.open("ab") as file:
            os.posix_fallocate(file.fileno(), file.tell(), max(amount, 1))

    def free(self) -> None:
        self._ballast.unlink()

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.path)], check=False, capture_output=True)
