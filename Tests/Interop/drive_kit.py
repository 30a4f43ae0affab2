"""What the proofs of the sandbox's Drive share: a Drive for a test, and what became of a call."""

import hashlib
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from identity_kit import Drive
from pywa_kit import Sandbox


def refusal(request: Any, **options: Any) -> HttpError:
    with pytest.raises(HttpError) as caught:
        request.execute(**options)
    return caught.value


def reason(error: HttpError) -> tuple[int, str]:
    return error.status_code, error.error_details[0]["reason"]


def finished(request: Any) -> dict[str, Any]:
    """Sends the parts that are left; the file."""
    made = None
    while made is None:
        _, made = request.next_chunk()
    return made


def some_bytes(count: int) -> bytes:
    return hashlib.shake_256(b"drive").digest(count)


@pytest.fixture
def drive(sandbox: Sandbox) -> Drive:
    return Drive(sandbox)
