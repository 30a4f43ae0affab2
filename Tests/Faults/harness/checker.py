"""The offline checker: reads what the stand-ins wrote and what the hub says it has, and lists every broken promise.

    python -m harness.checker FOLDER

The folder's files are described in Tests/Faults/README.md. Exit code 0 when all promises hold, 1 otherwise.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from harness.journal import read

DELIVERED_TYPES = {"message.received", "message.status", "message.failed"}
# A send is settled in one of these; `uncertain` is checked against what the provider took.
SETTLED = {"accepted", "sent", "delivered", "read"}
RANK = {"queued": 0, "sending": 1, "uncertain": 1, "accepted": 2, "sent": 3, "delivered": 4, "read": 5, "failed": 6}


class Checker:
    """Collects problems from one folder of records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self.counts: Counter[str] = Counter()
        self.tenants = sorted(path.stem.removeprefix("events-") for path in folder.glob("events-*.jsonl"))
        self.events = {tenant: list(read(folder / f"events-{tenant}.jsonl")) for tenant in self.tenants}

    def run(self) -> list[str]:
        if not self.tenants:
            self.problems.append("no events-*.jsonl: nothing was recorded")
        self._read_webhooks()
        self._check_messages()
        self._check_statuses()
        for tenant in self.tenants:
            self._check_log(tenant)
            self._check_deliveries(tenant)
        self._check_sends()
        return self.problems

    def summary(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in self.counts.items())

    def _read_webhooks(self) -> None:
        """What was posted, and what of it was acknowledged."""
        posted: dict[int, list[dict[str, Any]]] = {}
        acknowledged: set[int] = set()
        for line in read(self.folder / "channel.jsonl"):
            if line["kind"] == "sending":
                posted[line["post"]] = line["items"]
            else:
                acknowledged.add(line["post"])
        self.posted = [item for items in posted.values() for item in items]
        self.acknowledged = [item for post in acknowledged for item in posted[post]]

    def _check_messages(self) -> None:
        """Once in, once kept: every acknowledged message is in its tenant's log exactly once, and in no other's."""
        owner = {item["wamid"]: item["tenant"] for item in self.posted if "wamid" in item}
        kept: dict[str, Counter[str]] = {tenant: Counter() for tenant in self.tenants}
        for tenant in self.tenants:
            kept[tenant].update(message["provider_id"] for message in self._received(tenant))
            for id, count in kept[tenant].items():
                if owner.get(id) != tenant:
                    self.problems.append(f"{tenant}: has a message that belongs to {owner.get(id, 'nobody')}")
                elif count > 1:
                    self.problems.append(f"{tenant}: a message is in the log {count} times")
        for item in self.acknowledged:
            if "wamid" in item:
                self.counts["acknowledged messages"] += 1
                if not kept.get(item["tenant"], Counter())[item["wamid"]]:
                    self.problems.append(f"{item['tenant']}: acknowledged and lost: {item['phone']} {item['number']}")

    def _check_statuses(self) -> None:
        """Every acknowledged status is in its tenant's log exactly once, a status only moves forward, and a message has the
        status that was told last."""
        now = {line["id"]: line["status"] for line in read(self.folder / "messages.jsonl")}
        for tenant in self.tenants:
            told: dict[str, list[str]] = defaultdict(list)
            for event in self.events[tenant]:
                if event["type"] in ("message.status", "message.failed"):
                    told[event["data"]["message_id"]].append(event["data"]["status"])
            for id, statuses in told.items():
                ranks = [RANK[status] for status in statuses]
                if any(later <= earlier for earlier, later in zip(ranks, ranks[1:])):
                    self.problems.append(f"{tenant}: {id} did not only move forward: {', '.join(statuses)}")
                if now.get(id, statuses[-1]) != statuses[-1]:
                    self.problems.append(f"{tenant}: {id} is {now[id]}, and the last that was told is {statuses[-1]}")
            for item in self.acknowledged:
                if "status" in item and item["tenant"] == tenant:
                    self.counts["acknowledged statuses"] += 1
                    if told[item["opaque"]].count(item["status"]) != 1:
                        self.problems.append(f"{tenant}: acknowledged and lost: {item['opaque']} {item['status']}")

    def _received(self, tenant: str) -> list[dict[str, Any]]:
        return [e["data"]["message"] for e in self.events[tenant] if e["type"] == "message.received"]

    def _check_log(self, tenant: str) -> None:
        """The log is numbered upwards, and each person's messages stand in it in the order in which they were written."""
        events = self.events[tenant]
        sequences = [event["sequence"] for event in events]
        if any(later <= earlier for earlier, later in zip(sequences, sequences[1:])):
            self.problems.append(f"{tenant}: the log's sequence does not grow")
        if len({event["id"] for event in events}) != len(events):
            self.problems.append(f"{tenant}: two events share an id")
        self._check_people(f"{tenant}: log", events)

    def _check_people(self, where: str, events: list[dict[str, Any]]) -> None:
        last: dict[str, int] = defaultdict(int)
        for event in events:
            if event["type"] != "message.received":
                continue
            phone, number = event["data"]["message"]["text"]["body"].split()[:2]
            if int(number) <= last[phone]:
                self.problems.append(f"{where}: {phone}'s message {number} stands after {last[phone]}")
            last[phone] = int(number)

    def _check_deliveries(self, tenant: str) -> None:
        """At least once out, under one id with the same bytes, in order per conversation, or a dead letter."""
        deliveries = [line for line in read(self.folder / f"business-{tenant}.jsonl") if line["kind"] == "delivered"]
        self.counts["deliveries"] += len(deliveries)
        bytes_of: dict[str, set[str]] = defaultdict(set)
        first: dict[str, dict[str, Any]] = {}
        for line in deliveries:
            bytes_of[line["id"]].add(line["sha256"])
            first.setdefault(line["id"], line["event"])
            if not line["verified"]:
                self.problems.append(f"{tenant}: {line['id']} came with a signature that does not hold")
            if line["event"]["id"] != line["id"]:
                self.problems.append(f"{tenant}: webhook-id {line['id']} carries event {line['event']['id']}")
        self.counts["repeated deliveries"] += len(deliveries) - len(first)
        for id, hashes in bytes_of.items():
            if len(hashes) > 1:
                self.problems.append(f"{tenant}: {id} was delivered with {len(hashes)} different bodies")

        known = {event["id"]: event for event in self.events[tenant]}
        dead = {letter["event"]["id"] for letter in read(self.folder / f"dead-letters-{tenant}.jsonl")}
        for id, event in first.items():
            if id not in known:
                self.problems.append(f"{tenant}: {id} was delivered and is not in the log")
            elif known[id] != event:
                self.problems.append(f"{tenant}: {id} was delivered with another content than the log has")
        for id, event in known.items():
            if event["type"] in DELIVERED_TYPES:
                self.counts["events"] += 1
                if id not in first and id not in dead:
                    self.problems.append(f"{tenant}: {event['type']} {id} never arrived and is no dead letter")

        last: dict[str, int] = defaultdict(int)
        for event in first.values():
            conversation = event["data"].get("conversation_id", "")
            if event["sequence"] < last[conversation]:
                self.problems.append(
                    f"{tenant}: {conversation}: {event['sequence']} arrived after {last[conversation]}"
                )
            last[conversation] = max(last[conversation], event["sequence"])
        self._check_people(f"{tenant}: deliveries", list(first.values()))

    def _check_sends(self) -> None:
        """Never send twice by accident, and never lose a send: taken once, or uncertain and not taken."""
        taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in read(self.folder / "graph.jsonl"):
            self.counts["messages taken"] += 1
            taken[line["opaque"]].append(line)
        asked, ids_of_key = {}, defaultdict(set)
        for line in read(self.folder / "sends.jsonl"):
            if line["kind"] == "asked":
                asked[line["key"]] = line
            else:
                ids_of_key[line["key"]].add(line["id"])
        number_of = {}
        for key, ids in ids_of_key.items():
            if len(ids) > 1:
                self.problems.append(f"{asked[key]['tenant']}: one Idempotency-Key made {len(ids)} messages")
            number_of |= {id: asked[key]["number"] for id in ids}

        for opaque, lines in taken.items():
            if len(lines) > 1:
                self.problems.append(f"{opaque} was sent {len(lines)} times")
        statuses = {line["id"]: line["status"] for line in read(self.folder / "messages.jsonl")}
        for id in number_of:
            self.counts["sends accepted"] += 1
            status = statuses.get(id)
            if status in SETTLED and id not in taken:
                self.problems.append(f"{id} is {status}, but the provider never took it")
            elif status == "uncertain" and id in taken:
                self.problems.append(f"{id} is still uncertain after its status came")
            elif status == "uncertain":
                self.counts["uncertain, not taken"] += 1
            elif status not in SETTLED:
                self.problems.append(f"{id} ended as {status}")

        last: dict[tuple[str, str], int] = defaultdict(int)
        for opaque, lines in taken.items():
            if opaque in number_of:
                recipient = (lines[0]["phone_number_id"], lines[0]["to"])
                if number_of[opaque] < last[recipient]:
                    self.problems.append(f"{recipient[1]} got send {number_of[opaque]} after {last[recipient]}")
                last[recipient] = max(last[recipient], number_of[opaque])


def write_lines(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python -m harness.checker FOLDER", file=sys.stderr)
        return 64
    checker = Checker(Path(sys.argv[1]))
    problems = checker.run()
    print(checker.summary())
    for problem in problems:
        print(f"BROKEN {problem}")
    print("all promises hold" if not problems else f"{len(problems)} broken promises")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
