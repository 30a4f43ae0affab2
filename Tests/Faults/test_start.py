"""What cannot start says in one line what is wrong, where, and ends with 1."""

import base64
import secrets
import socket
import subprocess
from collections.abc import Callable

import pytest

from harness.hub import binary
from harness.world import World


def serve(world: World) -> subprocess.CompletedProcess[str]:
    """Runs a hub that is expected to give up."""
    return subprocess.run(
        [binary(), "serve", "--config", world.hub.configuration_path],
        env=world.hub.environment,
        capture_output=True,
        text=True,
        timeout=30,
    )


def take_the_port(world: World) -> tuple[socket.socket, str]:
    taken = socket.socket()
    taken.bind(("127.0.0.1", world.configuration.port))
    taken.listen()
    return taken, str(world.configuration.port)


def take_the_operator_port(world: World) -> tuple[socket.socket, str]:
    taken = socket.socket()
    taken.bind(("127.0.0.1", world.configuration.operator_port))
    taken.listen()
    return taken, str(world.configuration.operator_port)


def put_a_file_where_the_data_folder_is(world: World) -> tuple[None, str]:
    """Nobody can write there, not even root."""
    world.configuration.data.write_text("not a folder")
    return None, str(world.configuration.data)


def change_the_master_key(world: World) -> tuple[None, str]:
    world.hub.start()
    assert world.hub.terminate() == 0
    world.configuration.master_key_path.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
    return None, "master"


def lose_the_master_key(world: World) -> tuple[None, str]:
    """A new one is only made for a new data folder."""
    world.hub.start()
    assert world.hub.terminate() == 0
    world.configuration.master_key_path.unlink()
    return None, "master"


def shorten_the_master_key(world: World) -> tuple[None, str]:
    world.configuration.master_key_path.write_text(base64.b64encode(secrets.token_bytes(8)).decode())
    return None, "master"


def remove_the_configuration(world: World) -> tuple[None, str]:
    world.hub.configuration_path.unlink()
    return None, "tenants.yaml"


@pytest.mark.parametrize(
    "spoil",
    [
        take_the_port,
        take_the_operator_port,
        put_a_file_where_the_data_folder_is,
        change_the_master_key,
        lose_the_master_key,
        shorten_the_master_key,
        remove_the_configuration,
    ],
    ids=lambda spoil: spoil.__name__,
)
def test_a_hub_that_cannot_start_says_why_in_one_line(world: World, spoil: Callable[[World], tuple]) -> None:
    world.configuration.write(world.hub.configuration_path)
    held, named = spoil(world)
    try:
        ended = serve(world)
    finally:
        if held is not None:
            held.close()
    assert ended.returncode == 1, ended.stderr
    # Everything else on standard error is the log: a JSON object a line.
    errors = [line for line in ended.stderr.splitlines() if line.strip() and not line.startswith("{")]
    assert errors and named in errors[-1], f"{named} is not named: {ended.stderr}"
    assert len(errors) == 1, f"more than one line: {ended.stderr}"
    assert spoil is not lose_the_master_key or not world.configuration.master_key_path.exists(), "the key was replaced"
    for secret in world.configuration.environment.values():
        assert secret not in ended.stderr + ended.stdout


def test_a_second_hub_on_the_same_data_folder_gives_up_and_the_first_goes_on(world: World, tmp_path_factory) -> None:
    world.start()
    second = World(tmp_path_factory.mktemp("second"), data=world.hub.data)
    try:
        second.configuration.write(second.hub.configuration_path)
        ended = serve(second)
    finally:
        second.close()
    assert ended.returncode == 1 and str(world.hub.data) in ended.stderr, ended.stderr
    assert world.hub.is_ready()
