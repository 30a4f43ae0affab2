"""A power failure: what the hub wrote and did not sync is gone."""

import struct
from pathlib import Path

from harness import preload
from harness.hub import Hub

HEAD = struct.Struct("=qqq")


class PowerSupply:
    """Launches hubs whose unsynced writes are on record (`unsynced_writes.c`), and takes those back after a kill.

    That is the worst that a disk which keeps its word may do: nothing is left of what it was not asked to sync.
    """

    def __init__(self, folder: Path) -> None:
        self._library = preload.build("unsynced_writes", folder)
        self._records = folder / "unsynced"
        self._records.mkdir()
        self.lost_writes = 0

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self._library), "UNSYNCED_FOLDER": str(self._records)}

    def fail(self, hub: Hub) -> None:
        """Kills the hub and puts its files back to what was synced."""
        hub.kill()
        for records in self._records.iterdir():
            self._take_back(Path(records.name.replace("%", "/")), records.read_bytes())
            records.unlink()
        # An index in shared memory: no restart of a machine leaves it.
        for index in hub.data.rglob("*.sqlite-shm"):
            index.unlink()

    def _take_back(self, path: Path, records: bytes) -> None:
        writes, position = [], 0
        while position + HEAD.size <= len(records):
            offset, length, size = HEAD.unpack_from(records, position)
            position += HEAD.size
            writes.append((offset, size, records[position : position + length]))
            position += length
        if not writes or not path.exists():
            return
        with path.open("r+b") as file:
            for offset, size, old in reversed(writes):
                file.seek(offset)
                file.write(old)
                file.truncate(size)
        self.lost_writes += len(writes)
