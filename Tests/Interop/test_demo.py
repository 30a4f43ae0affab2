"""What `make run` prints works when it is pasted, and its business system sends and shows every kind of message."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import sample

from harness.waiting import eventually

BUSINESS = "http://127.0.0.1:8091"
SANDBOX = "http://127.0.0.1:8090/_sandbox/whatsapp"
FILES = {"picture": "photo", "audio": "voice"}
KINDS = {"photo": "image", "voice": "audio", "sticker-animated": "sticker"}
PERSON = "+16505551234"


def curl_command(output: str) -> str:
    """The curl call that sends, over its continuation lines."""
    found = re.search(r"^\s*(?:\$ )?(curl -X POST (?:[^\n]*\\\n)*[^\n]*)", output, re.MULTILINE)
    assert found, f"no curl in:\n{output}"
    return found.group(1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo, running; the file that it prints to."""
    with sample.demo(tmp_path_factory.mktemp("demo")) as log:
        yield log


def test_the_addresses_open_and_the_curl_works(demo: Path) -> None:
    output = demo.read_text()
    addresses = dict.fromkeys(
        re.findall(r"https?://127\.0\.0\.1:\d+[^\s'\"\\]*", output.replace(curl_command(output), ""))
    )
    assert len(addresses) >= 3, f"three addresses to open in:\n{output}"
    for address in addresses:
        assert requests.get(address, timeout=10).status_code == 200, address

    tried = subprocess.run(
        ["bash", "-c", curl_command(output) + " --fail --silent --show-error"],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert tried.returncode == 0, f"{curl_command(output)}\n{tried.stderr}"
    eventually(lambda: len(demo.read_text()) > len(output), "the demo shows what the curl did")


def test_the_other_line_works_after_somebody_wrote(demo: Path) -> None:
    output = demo.read_text()
    write("Hello", PERSON)
    words = re.search(r"^\s*(-d '[^']*\"text\"[^']*')$", output, re.MULTILINE)
    assert words, f"no line to answer with in:\n{output}"
    command = re.sub(r"-d '.*'$", lambda _: words.group(1), curl_command(output))
    tried = subprocess.run(
        ["bash", "-c", command + " --silent --show-error"], capture_output=True, text=True, timeout=30
    )
    assert json.loads(tried.stdout).get("status") == "queued", tried.stdout + tried.stderr


def test_every_example_of_the_page_arrives(demo: Path) -> None:
    examples = requests.get(f"{BUSINESS}/assets/examples.json", timeout=10).json()
    assert len({example["id"] for example in examples}) == len(examples) > 40
    # Two people, as one gets no more than a burst of 45.
    people = [Person(f"+1650555{number}") for number in (2001, 2002)]
    sent = {}
    for number, example in enumerate(examples):
        person = people[number % len(people)]
        answer = post("messages", {"channel": "support", "to": person.number, **person.resolved(example["message"])})
        assert answer.status_code == 202, f"{example['id']}: {answer.text}"
        sent[answer.json()["id"]] = example

    def all_there() -> dict[str, Any]:
        accepted = requests.get(f"{SANDBOX}/messages", timeout=10).json()["messages"]
        found = {message["biz_opaque_callback_data"]: message for message in accepted}
        missing = [example["id"] for message, example in sent.items() if message not in found]
        assert not missing, missing
        return found

    accepted = eventually(all_there, "all examples are at the provider", within=120)
    for message, example in sent.items():
        assert accepted[message]["times"] == 1, example["id"]
        whole = set(texts(accepted[message]["body"]))
        lost = [text for text in texts(example["message"]) if text not in whole and not text.startswith("{{")]
        assert not lost, f"{example['id']} without {lost}"

    def all_told() -> bool:
        # What takes a reaction back has no statuses on the real platform either.
        told = {example["id"]: status(message) for message, example in sent.items()}
        open_ones = {name: one for name, one in told.items() if one not in ("delivered", "read")}
        assert not open_ones, open_ones
        return True

    eventually(all_told, "all are delivered", within=120, every=1)


def test_every_example_of_a_customer_is_told_in_words(demo: Path) -> None:
    names = [one["name"] for one in requests.get(f"{SANDBOX}/inbound/examples", timeout=10).json()["examples"]]
    person = "+16505552003"
    write("Hello", person)
    for name in names:
        inbound({"from": person, "name": "Ada", "example": name})
    found = eventually(
        lambda: (shown := arrivals("Ada")) and len(shown) > len(names) * 2 // 3 and shown, "they come in", within=60
    )
    assert all(arrival["summary"].split(":", 1)[1].strip() for arrival in found), found
    said = "\n".join(arrival["summary"] for arrival in found)
    for words in ("tapped “Yes, please” (yes)", "chose “Tuesday” (slot-2)", "279.00 USD", "took a message back"):
        assert words in said, said


def test_no_other_site_can_use_the_page(demo: Path) -> None:
    template = {"name": "hello_world", "language": "en_US"}
    body = {"channel": "support", "to": PERSON, "type": "template", "template": template}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8090"},
        {"Origin": "null"},
        {"Host": "rebound.example.com:8091"},
    ):
        assert post("messages", body, headers).status_code == 403, headers
    seen = requests.get(f"{BUSINESS}/arrivals", headers={"Sec-Fetch-Site": "cross-site"}, timeout=10)
    assert seen.status_code == 403
    as_text = requests.post(f"{BUSINESS}/api/acme/messages", data=json.dumps(body), timeout=10)
    assert as_text.status_code == 415
    for path in ("acme/dead-letters", "acme/messages", "umbrella/conversations", "acme/channels/support/resume"):
        assert requests.get(f"{BUSINESS}/api/{path}", timeout=10).status_code == 404, path


class Person:
    """Somebody who wrote, and what the examples need for them."""

    def __init__(self, number: str) -> None:
        self.number = number
        self._values: dict[str, str] = {}
        write(f"Hello from {number}", number)
        arrival = eventually(
            lambda: next((one for one in arrivals() if f"Hello from {number}" in one["summary"]), None), "it comes in"
        )
        self._values["message"] = arrival["event"]["data"]["message"]["id"]

    def resolved(self, message: Any) -> Any:
        """The message with ids in place of the words in {{}}."""
        text = json.dumps(message)
        for name in set(re.findall(r'"\{\{([a-z-]+)\}\}"', text)):
            if name not in self._values:
                self._values[name] = upload(FILES.get(name, name))
            text = text.replace(f'"{{{{{name}}}}}"', json.dumps(self._values[name]))
        return json.loads(text)


def texts(value: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def upload(name: str) -> str:
    file = requests.get(f"{BUSINESS}/samples/{name}", timeout=10)
    assert file.ok, name
    answer = requests.post(
        f"{BUSINESS}/api/acme/media?kind={KINDS.get(name, name)}",
        data=file.content,
        headers={"Content-Type": file.headers["Content-Type"]},
        timeout=30,
    )
    assert answer.status_code == 201, f"{name}: {answer.text}"
    media = answer.json()["id"]
    assert requests.get(f"{BUSINESS}/api/acme/media/{media}", timeout=10).content == file.content
    return media


def post(path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> requests.Response:
    return requests.post(f"{BUSINESS}/api/acme/{path}", json=body, headers=headers, timeout=30)


def status(message: str) -> str:
    found = requests.get(
        f"http://127.0.0.1:8080/api/v1/messages/{message}",
        headers={"Authorization": "Bearer demo-key-of-acme-for-the-sandbox-only"},
        timeout=10,
    )
    return found.json()["status"]


def inbound(body: dict[str, Any]) -> None:
    answer = requests.post(f"{SANDBOX}/inbound", json={"phone_number_id": sample.PHONE_NUMBER_ID, **body}, timeout=30)
    assert answer.ok, answer.text


def write(text: str, number: str) -> None:
    """A customer writes to Acme, and the hub has it."""
    inbound({"from": number, "name": "Ada", "text": text})


def arrivals(name: str = "") -> list[dict[str, Any]]:
    """What the page shows of messages that came in."""
    every = requests.get(f"{BUSINESS}/arrivals?after=0", timeout=10).json()
    received = [one for one in every if one["event"]["type"] == "message.received"]
    return [one for one in received if one["summary"].startswith(name)]
