"""What stands in a tenant's store, read from the bytes on disk while the hub runs: how many of what, and the audit.

The pages show the same; this is quick enough to be looked at before and after every single row.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

COUNTED = ("people", "person_identities", "sessions", "grants")


@dataclass(frozen=True)
class Entry:
    """A line of the audit."""

    number: int
    kind: str
    reason: str | None
    connection: str | None
    person: int | None
    actor: str | None


@dataclass(frozen=True)
class Standing:
    """One moment of a store."""

    counts: dict[str, int]
    last_entry: int
    open_transactions: int

    def of(self, table: str) -> int:
        return self.counts[table]


class Ledger:
    """One tenant's store. Never writes to it."""

    def __init__(self, data: Path, tenant: str) -> None:
        self.path = data / "tenants" / tenant / "store.sqlite"

    def rows(self, query: str, *values: object) -> list[tuple]:
        store = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)
        try:
            return store.execute(query, values).fetchall()
        finally:
            store.close()

    def exists(self) -> bool:
        """Whether the hub has made it, with all its tables."""
        tables = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'audit_entries'"
        return self.path.exists() and self.rows(tables)[0][0] == 1

    def standing(self) -> Standing:
        if not self.path.exists():
            return Standing(dict.fromkeys(COUNTED, 0), 0, 0)
        parts = [f"(SELECT COUNT(*) FROM {table})" for table in COUNTED]
        parts.append("(SELECT COALESCE(MAX(id), 0) FROM audit_entries)")
        parts.append("(SELECT COUNT(*) FROM sign_in_transactions WHERE spent_at IS NULL)")
        *counts, last, open_ = self.rows(f"SELECT {', '.join(parts)}")[0]
        return Standing(dict(zip(COUNTED, counts, strict=True)), last, open_)

    def audit(self, since: Standing | None = None) -> list[Entry]:
        """The entries after a moment, oldest first."""
        found = self.rows(
            "SELECT id, kind, reason, connection, person_id, actor FROM audit_entries WHERE id > ? ORDER BY id",
            since.last_entry if since else 0,
        )
        return [Entry(*row) for row in found]
