"""The running hub does what its own OpenAPI document says."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests
import schemathesis
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness import payloads
from harness.waiting import eventually
from harness.world import World

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# A live stream has no end to wait for; the operator's routes stand on another port.
OUT_OF_REACH = r"/events/stream$|^/(healthz|readyz|metrics)"


@pytest.fixture
def lived_in(world: World) -> World:
    """A hub with a conversation, an answer and events to read."""
    world.start()
    for number in range(3):
        world.provider.deliver(payloads.text_message(world.acme, "16505551234", f"hello {number}"))
    api = world.api(world.acme)
    id = api.send_text(world.acme.channel, "+16505551234", "hello yourself").json()["id"]
    eventually(lambda: api.status(id) == "accepted", "the answer is accepted")
    return world


def test_the_document_is_valid_openapi_3_1(world: World) -> None:
    world.start()
    answer = requests.get(f"{world.hub.url}/openapi.json", timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_document_names_every_route_of_the_api(world: World) -> None:
    world.start()
    paths = requests.get(f"{world.hub.url}/openapi.json", timeout=10).json()["paths"]
    shapes = {"/".join("{}" if part.startswith("{") else part for part in path.split("/")) for path in paths}
    expected = {
        "/webhooks/apps/{}",
        "/webhooks/{}/{}",
        "/api/v1/messages",
        "/api/v1/messages/{}",
        "/api/v1/messages/{}/read",
        "/api/v1/media",
        "/api/v1/media/{}",
        "/api/v1/media/{}/metadata",
        "/api/v1/media/{}/retry",
        "/api/v1/conversations",
        "/api/v1/conversations/{}/messages",
        "/api/v1/contacts",
        "/api/v1/contacts/{}",
        "/api/v1/contacts/{}/block",
        "/api/v1/contacts/{}/unblock",
        "/api/v1/channels",
        "/api/v1/channels/{}",
        "/api/v1/channels/{}/resume",
        "/api/v1/channels/{}/probe",
        "/api/v1/channels/{}/operations",
        "/api/v1/channels/{}/operations/{}",
        "/api/v1/channels/{}/templates",
        "/api/v1/channels/{}/templates/sync",
        "/api/v1/channels/{}/templates/{}",
        "/api/v1/events",
        "/api/v1/events/stream",
        "/api/v1/dead-letters",
        "/api/v1/dead-letters/{}/replay",
    }
    assert expected - shapes == set()


def test_answers_about_real_data_match_the_document(lived_in: World) -> None:
    schema = schemathesis.openapi.from_url(f"{lived_in.hub.url}/openapi.json")
    schema.config.update(base_url=lived_in.hub.url)
    message = lived_in.api(lived_in.acme).received()[0]
    upload = lived_in.api(lived_in.acme).session.post(
        f"{lived_in.hub.url}/api/v1/media", params={"kind": "document"}, data=b"hello", timeout=10
    )
    assert upload.status_code == 201, upload.text
    ids = {
        "messages": message["id"],
        "conversations": message["conversation_id"],
        "contacts": message["contact_id"],
        "media": upload.json()["id"],
        "channels": lived_in.acme.channel,
    }
    key = {"Authorization": f"Bearer {lived_in.acme.api_key}"}
    called = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if (
            operation.method.upper() != "GET"
            or not operation.path.startswith("/api/v1/")
            or operation.path.endswith("/stream")
        ):
            continue
        names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
        kind = operation.path.split("/")[3]
        if (names and kind not in ids) or len(names) > 1:
            continue
        case = operation.Case(path_parameters={name: ids[kind] for name in names}, headers=key)
        answer = case.call_and_validate()
        assert answer.status_code == 200, f"{operation.path}: {answer.status_code}"
        called += 1
    assert called >= 12


@pytest.mark.timeout(600)
def test_schemathesis_finds_no_answer_that_the_document_does_not_allow(lived_in: World, tmp_path: Path) -> None:
    run = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            "--no-color",
            "run",
            f"{lived_in.hub.url}/openapi.json",
            "--url",
            lived_in.hub.url,
            "--header",
            f"Authorization: Bearer {lived_in.acme.api_key}",
            "--checks",
            CHECKS,
            "--phases",
            "examples,coverage,fuzzing",
            "--max-examples",
            "20",
            "--seed",
            "1",
            "--exclude-path-regex",
            OUT_OF_REACH,
            "--request-timeout",
            "10",
            "--workers",
            "1",
            "--warnings",
            "off",
            "--suppress-health-check",
            "all",
            "--generation-database",
            "none",
            "--continue-on-failure",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
    assert lived_in.hub.is_ready()
    assert "Fatal error" not in lived_in.hub.output()
