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


def changed(sequence: int, status: str) -> dict[str, Any]:
    return {
        "id": f"evt_{sequence}",
        "sequence": sequence,
        "type": "message.status",
        "tenant": "acme",
        "data": {"conversation_id": "cnv_2", "message_id": "msg_1", "status": status},
    }


def delivered(event: dict[str, Any], sha256: str = "a") -> dict[str, Any]:
    return {"kind": "delivered", "id": event["id"], "sha256": sha256, "verified": True, "event": event}


def clean() -> Records:
    """Two messages in; one send, taken once, and its status; all delivered."""
    events = [received(1, 1), received(2, 2), changed(3, "accepted"), changed(4, "sent")]
    item = {"tenant": "acme", "phone": "1650"}
    return {
        "channel": [
            {"kind": "sending", "post": 1, "items": [item | {"wamid": "wamid.1", "number": 1}]},
            {"kind": "sending", "post": 2, "items": [item | {"wamid": "wamid.2", "number": 2}]},
            {"kind": "acknowledged", "post": 1},
            {"kind": "acknowledged", "post": 2},
            {"kind": "sending", "post": 3, "items": [{"tenant": "acme", "opaque": "msg_1", "status": "sent"}]},
            {"kind": "acknowledged", "post": 3},
        ],
        "events-acme": events,
        "business-acme": [delivered(event) for event in events],
        "sends": [
            {"kind": "asked", "key": "k", "tenant": "acme", "to": "44", "number": 1},
            {"kind": "accepted", "key": "k", "id": "msg_1"},
        ],
        "graph": [{"kind": "taken", "opaque": "msg_1", "wamid": "w", "phone_number_id": "1", "to": "44"}],
        "messages": [{"id": "msg_1", "status": "sent"}],
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
    del records["channel"][4:]
    for name in ("events-acme", "business-acme"):
        del records[name][3:]
    records["events-acme"][2]["data"]["status"] = "uncertain"
    assert problems(tmp_path, records) == []


def test_no_records_at_all_are_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) != []


def lose_a_message(records: Records) -> None:
    del records["events-acme"][1]
    del records["business-acme"][1]


def keep_a_message_twice(records: Records) -> None:
    again = copy.deepcopy(records["events-acme"][1]) | {"id": "evt_5", "sequence": 5}
    records["events-acme"].append(again)
    records["business-acme"].append(delivered(again))


def keep_a_message_of_another(records: Records) -> None:
    records["channel"][0]["items"][0]["tenant"] = "globex"


def lose_a_status(records: Records) -> None:
    del records["events-acme"][3]
    del records["business-acme"][3]
    records["messages"][0]["status"] = "accepted"


def tell_a_status_twice(records: Records) -> None:
    again = changed(5, "sent")
    records["events-acme"].append(again)
    records["business-acme"].append(delivered(again))


def move_a_status_back(records: Records) -> None:
    records["events-acme"][2]["data"]["status"] = "read"


def tell_another_status(records: Records) -> None:
    records["messages"][0]["status"] = "delivered"


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


FINDS = {
    lose_a_message: "acknowledged and lost: 1650 2",
    keep_a_message_twice: "a message is in the log 2 times",
    keep_a_message_of_another: "has a message that belongs to globex",
    lose_a_status: "acknowledged and lost: msg_1 sent",
    tell_a_status_twice: "did not only move forward",
    move_a_status_back: "did not only move forward",
    tell_another_status: "the last that was told is sent",
    never_deliver: "never arrived",
    deliver_other_bytes: "different bodies",
    deliver_out_of_order: "arrived after",
    deliver_unsigned: "signature that does not hold",
    deliver_what_is_not_in_the_log: "is not in the log",
    send_twice: "was sent 2 times",
    lose_a_send: "never took it",
    leave_a_send_queued: "ended as queued",
    leave_a_taken_send_uncertain: "still uncertain",
    make_two_messages_of_one_key: "made 2 messages",
}


@pytest.mark.parametrize(("damage", "words"), FINDS.items(), ids=[damage.__name__ for damage in FINDS])
def test_the_checker_finds(damage: Callable[[Records], None], words: str, tmp_path: Path) -> None:
    records = clean()
    damage(records)
    assert any(words in problem for problem in problems(tmp_path, records))
