"""Answers get lost, statuses overtake each other: a message is sent once, and its status only moves forward."""

import uuid

import pytest

from harness import payloads
from harness.graph import Taken
from harness.waiting import always, eventually
from harness.world import World

TO = "+447700900123"
RANK = {"queued": 0, "sending": 1, "uncertain": 1, "accepted": 2, "sent": 3, "delivered": 4, "read": 5}


def send(world: World, text: str = "Your parcel is on its way.") -> str:
    response = world.api(world.acme).send_text(world.acme.channel, TO, text)
    assert response.status_code == 202, response.text
    assert response.json()["status"] == "queued"
    return response.json()["id"]


@pytest.mark.parametrize("restart", ["none", "killed", "stopped"])
def test_a_send_whose_answer_is_lost_is_uncertain_until_its_status_and_never_sent_twice(
    world: World, restart: str
) -> None:
    world.graph.drop_answers = True
    world.start()
    api = world.api(world.acme)
    id = send(world)
    eventually(lambda: api.status(id) == "uncertain", "the send is uncertain")
    world.graph.drop_answers = False

    if restart == "killed":
        world.hub.kill()
        world.hub.launch()
    elif restart == "stopped":
        assert world.hub.terminate() == 0
        world.hub.launch()
    world.hub.wait_ready()
    always(lambda: len(world.graph.taken_as(id)) == 1, "it was sent once", during=5)
    assert api.status(id) == "uncertain"

    taken = world.graph.taken_as(id)[0]
    world.provider.deliver(payloads.status(world.acme, taken.wamid, "sent", taken.to, opaque=id))
    eventually(lambda: api.status(id) == "sent", "the status settles it")
    assert len(world.graph.taken_as(id)) == 1


def test_an_uncertain_send_does_not_hold_up_other_recipients(world: World) -> None:
    world.graph.drop_answers = True
    world.start()
    api = world.api(world.acme)
    lost = send(world)
    eventually(lambda: api.status(lost) == "uncertain", "the send is uncertain")
    world.graph.drop_answers = False
    other = api.send_text(world.acme.channel, "+447700900999", "hello").json()["id"]
    eventually(lambda: api.status(other) == "accepted", "the next one goes out")


def test_the_same_idempotency_key_is_one_message(world: World) -> None:
    world.start()
    api, key = world.api(world.acme), str(uuid.uuid4())
    answers = [api.send_text(world.acme.channel, TO, "once", key) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    id = answers[0].json()["id"]
    eventually(lambda: api.status(id) == "accepted", "it is accepted")
    world.hub.kill()
    world.hub.launch()
    world.hub.wait_ready()
    again = api.send_text(world.acme.channel, TO, "once", key)
    assert again.status_code == 202 and again.json()["id"] == id, "the key outlives a restart"
    assert api.send_text(world.acme.channel, TO, "something else", key).status_code == 409
    assert len(world.graph.taken) == 1


def test_statuses_that_overtake_the_answer_and_each_other_never_move_a_message_back(world: World) -> None:
    """`read` before `delivered` before `sent`, each twice, all before the provider's own answer to the send."""
    seen: list[str] = []

    def overtake(taken: Taken) -> None:
        for word in ("read", "read", "delivered", "delivered", "sent", "sent"):
            world.provider.deliver(payloads.status(world.acme, taken.wamid, word, taken.to, opaque=taken.opaque))
            seen.append(world.api(world.acme).status(taken.opaque))

    world.graph.before_answer = overtake
    world.start()
    id = send(world)
    api = world.api(world.acme)
    eventually(lambda: len(seen) == 6, "the provider has sent its statuses")
    assert seen == ["read"] * 6
    always(lambda: api.status(id) == "read", "the late answer does not move it back", during=2)

    told = [e["data"]["status"] for e in api.events("message.status") if e["data"]["message_id"] == id]
    ranks = [RANK[word] for word in told]
    assert ranks == sorted(ranks) and told.count("read") == 1, told
    assert len(world.graph.taken_as(id)) == 1


def test_repeated_and_reordered_messages_are_one_message_each(world: World) -> None:
    world.start()
    phone, now = "16505551234", 1_750_000_000
    first = payloads.text_message(world.acme, phone, "first", timestamp=now)
    second = payloads.text_message(world.acme, phone, "second", timestamp=now + 1)
    for change in (second, first, second, first):
        world.provider.deliver(change)
    world.provider.deliver(first, second, first)
    world.hub.kill()
    world.hub.launch()
    world.hub.wait_ready()
    world.provider.deliver(second, first)

    messages = world.api(world.acme).received()
    assert [message["text"]["body"] for message in messages] == ["second", "first"]
    assert len({message["conversation_id"] for message in messages}) == 1
    assert len(list(world.api(world.acme).pages("/contacts"))) == 1


def test_a_status_for_a_message_that_the_hub_never_sent_is_taken_and_harms_nothing(world: World) -> None:
    world.start()
    world.provider.deliver(payloads.status(world.acme, payloads.wamid("16505551234"), "read", "16505551234"))
    world.provider.deliver(payloads.text_message(world.acme, "16505551234", "and on it goes"))
    assert [message["text"]["body"] for message in world.api(world.acme).received()] == ["and on it goes"]
