"""The checker itself: it passes a clean record and finds each kind of broken promise."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.checker import Checker, write_lines

Records = dict[str, list[dict[str, Any]]]


def received(sequence: int, number: int) -> dict[str, Any]:
    return {
        "id": f"evt_{sequence}",
        "sequence": sequence,
        "type": "message.received",
        "tenant": "acme",
        "data": {
            "conversation_id": "cnv_1",
            "message": {"provider_id": f"wamid.{number}", "text": {"body": f"1650 {number}"}},
        },
    }


def delivered(event: dict[str, Any], sha256: str = "a") -> dict[str, Any]:
    return {"kind": "delivered", "id": event["id"], "sha256": sha256, "verified": True, "event": event}


def clean() -> Records:
    """Two messages in, both delivered; one send, taken once."""
    events = [received(1, 1), received(2, 2)]
    item = {"tenant": "acme", "phone": "1650"}
    return {
        "channel": [
            {"kind": "sending", "post": 1, "items": [item | {"wamid": "wamid.1", "number": 1}]},
            {"kind": "sending", "post": 2, "items": [item | {"wamid": "wamid.2", "number": 2}]},
            {"kind": "acknowledged", "post": 1},
            {"kind": "acknowledged", "post": 2},
        ],
        "events-acme": events,
        "business-acme": [delivered(events[0]), delivered(events[1])],
        "sends": [
            {"kind": "asked", "key": "k", "tenant": "acme", "to": "44", "number": 1},
            {"kind": "accepted", "key": "k", "id": "msg_1"},
        ],
        "graph": [{"kind": "taken", "opaque": "msg_1", "wamid": "w", "phone_number_id": "1", "to": "44"}],
        "messages": [{"id": "msg_1", "status": "accepted"}],
    }


def problems(folder: Path, records: Records) -> list[str]:
    for name, lines in records.items():
        write_lines(folder / f"{name}.jsonl", lines)
    return Checker(folder).run()


def test_a_clean_record_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, clean()) == []


def test_a_repeat_with_the_same_bytes_is_allowed(tmp_path: Path) -> None:
    records = clean()
    records["business-acme"].insert(1, records["business-acme"][0])
    assert problems(tmp_path, records) == []


def test_an_uncertain_send_that_was_not_taken_is_allowed(tmp_path: Path) -> None:
    records = clean()
    records["graph"], records["messages"][0]["status"] = [], "uncertain"
    assert problems(tmp_path, records) == []


def test_no_records_at_all_are_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) != []


def lose_a_message(records: Records) -> None:
    del records["events-acme"][1]
    del records["business-acme"][1]


def keep_a_message_twice(records: Records) -> None:
    again = copy.deepcopy(records["events-acme"][1]) | {"id": "evt_3", "sequence": 3}
    records["events-acme"].append(again)
    records["business-acme"].append(delivered(again))


def keep_a_message_of_another(records: Records) -> None:
    records["channel"][0]["items"][0]["tenant"] = "globex"


def never_deliver(records: Records) -> None:
    del records["business-acme"][1]


def deliver_other_bytes(records: Records) -> None:
    records["business-acme"].append(delivered(records["events-acme"][0], sha256="b"))


def deliver_out_of_order(records: Records) -> None:
    records["business-acme"].reverse()


def deliver_unsigned(records: Records) -> None:
    records["business-acme"][0]["verified"] = False


def deliver_what_is_not_in_the_log(records: Records) -> None:
    records["business-acme"].append(delivered(received(9, 9)))


def send_twice(records: Records) -> None:
    records["graph"].append(records["graph"][0])


def lose_a_send(records: Records) -> None:
    records["graph"] = []


def leave_a_send_queued(records: Records) -> None:
    records["messages"][0]["status"] = "queued"


def leave_a_taken_send_uncertain(records: Records) -> None:
    records["messages"][0]["status"] = "uncertain"


def make_two_messages_of_one_key(records: Records) -> None:
    records["sends"].append({"kind": "accepted", "key": "k", "id": "msg_2"})
    records["graph"].append(records["graph"][0] | {"opaque": "msg_2"})
    records["messages"].append({"id": "msg_2", "status": "accepted"})


@pytest.mark.parametrize(
    "damage",
    [
        lose_a_message,
        keep_a_message_twice,
        keep_a_message_of_another,
        never_deliver,
        deliver_other_bytes,
        deliver_out_of_order,
        deliver_unsigned,
        deliver_what_is_not_in_the_log,
        send_twice,
        lose_a_send,
        leave_a_send_queued,
        leave_a_taken_send_uncertain,
        make_two_messages_of_one_key,
    ],
    ids=lambda damage: damage.__name__,
)
def test_the_checker_finds(damage: Callable[[Records], None], tmp_path: Path) -> None:
    records = clean()
    damage(records)
    assert problems(tmp_path, records) != []
