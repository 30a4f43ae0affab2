"""`comfile whatsapp` and `comfile tenants` say what is, in lines that a person can read."""

import subprocess
from pathlib import Path

from harness.hub import binary, plain_environment
from harness.waiting import eventually
from harness.world import World


def run(world: World, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A command for the world's hub, named by its operator's address."""
    address = f"127.0.0.1:{world.configuration.operator_port}"
    return subprocess.run(
        [binary(), *arguments, "--operator", address],
        env=plain_environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def chosen(world: World) -> list[str]:
    return ["--tenant", world.acme.id, "--channel", world.acme.channel]


def test_the_operations_are_listed_without_a_hub() -> None:
    listed = subprocess.run(
        [binary(), "whatsapp", "list"], env=plain_environment(), capture_output=True, text=True, timeout=60
    )
    assert listed.returncode == 0, listed.stderr
    assert "request_code" in listed.stdout
    assert "secret, required" in listed.stdout


def test_wrong_usage_is_told_before_anything_is_asked(world: World) -> None:
    for arguments, words in [
        (["nothing"], "no such operation"),
        (["register", "pin=123456"], "does not stand on the command line"),
        (["register"], "needs pin=-"),
        (["register", "pin"], "NAME=VALUE"),
        (["set_profile", "colour=red"], "colour: set_profile takes"),
    ]:
        wrong = run(world, "whatsapp", *arguments, *chosen(world))
        assert wrong.returncode == 64, f"{arguments}: {wrong.returncode} {wrong.stderr}"
        assert words in wrong.stderr, wrong.stderr
        assert "123456" not in wrong.stderr


def test_a_failure_is_one_line_and_holds_no_secret(world: World, tmp_path: Path) -> None:
    absent = run(world, "whatsapp", "health", *chosen(world))
    assert absent.returncode == 1
    assert "no hub answers there" in absent.stderr
    world.start()
    several = run(world, "whatsapp", "health")
    assert several.returncode == 1
    assert f"{world.acme.id}/{world.acme.channel}" in several.stderr
    pin = tmp_path / "pin"
    pin.write_text("987654\n")
    for source, typed in [("-", "987654\n"), (f"@{pin}", "")]:
        refused = run(world, "whatsapp", "register", f"pin={source}", *chosen(world), typed=typed)
        assert refused.returncode == 1
        assert refused.stdout == ""
        assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr
        assert "987654" not in refused.stderr
    short = run(world, "whatsapp", "register", "pin=-", *chosen(world), typed="12\n")
    assert "pin: must be 6 digits" in short.stderr


def test_a_channel_is_shown_paused_and_resumed(world: World) -> None:
    world.start()
    world.graph.access_tokens.clear()
    api = world.api(world.acme)
    template = {"name": "order_shipped", "language": "en_US"}
    body = {"channel": world.acme.channel, "to": "+16505551234", "type": "template", "template": template}
    assert api.post("/messages", body, "one").status_code == 202
    path = f"/channels/{world.acme.channel}"
    paused = eventually(
        lambda: (channel := api.get(path).json()) and channel["status"] == "paused" and channel, "the channel is paused"
    )
    listed = run(world, "tenants", "list").stdout
    assert "paused" in listed
    assert paused["pause"]["code"] in listed
    assert paused["pause"]["title"] in listed
    resumed = run(world, "whatsapp", "resume", *chosen(world))
    assert resumed.stdout == f"{world.acme.channel} sends again.\n"
