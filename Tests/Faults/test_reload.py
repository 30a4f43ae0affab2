"""SIGHUP: a good file is taken without disturbing anyone, a bad one changes nothing and says why."""

import pytest

from harness import payloads
from harness.configuration import Tenant
from harness.waiting import eventually
from harness.world import World

PHONE = "16505551234"
BAD_FILES = {
    "not YAML": "version: 1\nhub: [\n",
    "an unknown key": "version: 1\nhubb: {}\n",
    "empty": "",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_keeps_the_old_configuration_and_says_why(world: World, content: str) -> None:
    world.start()
    before = len(world.hub.output())
    world.hub.configuration_path.write_text(content)
    world.hub.reload()
    eventually(lambda: "tenants.yaml:" in world.hub.output()[before:], "the log names the file and the line")

    assert world.hub.is_ready()
    world.provider.deliver(payloads.text_message(world.acme, PHONE, "still here"))
    eventually(lambda: world.business["acme"].texts() == ["still here"], "deliveries go on")

    world.configuration.write(world.hub.configuration_path)
    world.hub.reload()
    world.provider.deliver(payloads.text_message(world.acme, PHONE, "and after"))
    eventually(lambda: world.business["acme"].texts() == ["still here", "and after"], "deliveries go on")


def test_a_new_number_works_after_a_reload_and_nothing_is_lost_meanwhile(world: World) -> None:
    world.start()
    world.globex.more_channels["sales"] = "106540352242944"
    world.configuration.write(world.hub.configuration_path)
    for number in range(20):
        world.provider.deliver(payloads.text_message(world.acme, PHONE, f"{number}"))
        if number % 5 == 0:
            world.hub.reload()

    def reaches_the_new_number() -> bool:
        world.provider.deliver(payloads.text_message(world.globex, PHONE, "hello", phone_number_id="106540352242944"))
        return any(message["channel"] == "sales" for message in world.api(world.globex).received())

    eventually(reaches_the_new_number, "the new number works")
    assert [message["text"]["body"] for message in world.api(world.acme).received()] == [str(n) for n in range(20)]


def test_a_system_that_is_added_gets_everything_from_then_on(world: World) -> None:
    """From the very moment: what comes in before the first look at the new system would otherwise be passed over."""
    address, world.acme.system_url = world.acme.system_url, ""
    world.start()
    world.provider.deliver(payloads.text_message(world.acme, PHONE, "before"))
    world.acme.system_url = address
    world.configuration.write(world.hub.configuration_path)
    before = len(world.hub.output())
    world.hub.reload()
    eventually(lambda: "in force" in world.hub.output()[before:], "the new configuration is in force", every=0.001)
    world.provider.deliver(payloads.text_message(world.acme, PHONE, "after"))
    eventually(lambda: world.business["acme"].texts() == ["after"], "the new system has what came after")


def test_a_tenant_that_was_taken_out_is_refused_and_another_is_not_disturbed(world: World) -> None:
    world.start()
    gone: Tenant = world.configuration.tenants[1]
    assert world.api(gone).get("/events").status_code == 200
    world.configuration.tenants = [world.acme]
    world.configuration.write(world.hub.configuration_path)
    world.hub.reload()
    eventually(lambda: world.api(gone).get("/events").status_code == 401, "the key of a removed tenant is refused")
    assert world.api(world.acme).get("/events").status_code == 200
