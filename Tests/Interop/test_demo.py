"""What `make run` prints works when it is pasted."""

import re
import subprocess
from pathlib import Path

import requests
import sample

from harness.waiting import eventually


def curl_command(output: str) -> str:
    """The first curl call, over its continuation lines."""
    found = re.search(r"^\s*(?:\$ )?(curl (?:[^\n]*\\\n)*[^\n]*)", output, re.MULTILINE)
    assert found, f"no curl in:\n{output}"
    return found.group(1)


def test_the_addresses_open_and_the_curl_works(tmp_path: Path) -> None:
    assert not (busy := sample.busy_ports()), f"something else listens on ports of the demo: {busy}"
    log = tmp_path / "demo.log"
    with sample.running(log, "demo"):
        output = eventually(
            lambda: (text := log.read_text()) and "curl " in text and text, "the demo prints what to try", within=30
        )
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
        eventually(lambda: len(log.read_text()) > len(output), "the demo shows what the curl did")
