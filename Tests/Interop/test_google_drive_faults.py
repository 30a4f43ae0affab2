"""Each fault of the sandbox's Drive, and what Google's own Python client makes of it."""

import hashlib
from typing import Any

import pytest
from drive_kit import drive, finished, reason, refusal, some_bytes  # noqa: F401 - fixtures
from googleapiclient.errors import HttpError
from identity_fixtures import running, sandbox  # noqa: F401 - fixtures
from identity_kit import CHUNK, Drive, Pieces, calls, switch


@pytest.mark.parametrize(
    "fault",
    [
        {"upload_range_smaller": {"next": 1}},
        {"upload_without_range": {"next": 1}},
        {"upload_unauthorized": {"next": 1}},
        {"drive_unauthorized": {"next": 1}},
    ],
)
def test_the_client_sends_again_what_was_not_taken(drive: Drive, fault: dict[str, Any]) -> None:
    content = some_bytes(5 * CHUNK + 3)
    request = drive.upload(content)
    request.next_chunk()
    switch(drive.sandbox, "google", **fault)
    made = finished(request)
    assert made["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    assert calls(drive.sandbox)["drive.upload.part"] == 7, "one more than without the fault"


def test_a_part_that_is_kept_short_goes_on_from_there(drive: Drive) -> None:
    content = some_bytes(8 * CHUNK)
    request = drive.files.create(body={}, media_body=Pieces(content, chunk=4 * CHUNK), fields="*")
    switch(drive.sandbox, "google", upload_range_smaller={"next": 1})
    status, _ = request.next_chunk()
    assert status.resumable_progress == 2 * CHUNK
    assert finished(request)["sha256Checksum"] == hashlib.sha256(content).hexdigest()


def test_an_upload_goes_on_after_it_was_refused_or_lost(drive: Drive) -> None:
    content = some_bytes(4 * CHUNK)
    request = drive.upload(content)
    request.next_chunk()
    switch(drive.sandbox, "google", upload_unavailable={"next": 1})
    with pytest.raises(HttpError) as refused:
        request.next_chunk()
    assert refused.value.status_code == 503
    # Now the client asks what is there.
    assert request.next_chunk()[0].resumable_progress == 2 * CHUNK
    switch(drive.sandbox, "google", upload_unavailable={"next": 2})
    assert request.next_chunk(num_retries=2)[0].resumable_progress == 3 * CHUNK
    sent = calls(drive.sandbox)["drive.upload.part"]
    switch(drive.sandbox, "google", upload_reply_lost={"next": 1})
    # The connection closes, and the client's own transport sends the last part a second time.
    _, made = request.next_chunk()
    assert calls(drive.sandbox)["drive.upload.part"] == sent + 2
    assert made["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    assert drive.names() == ["large"], "not twice"


def test_an_id_makes_a_lost_answer_harmless(drive: Drive) -> None:
    id = drive.files.generateIds(count=1).execute()["ids"][0]
    switch(drive.sandbox, "google", create_reply_lost={"next": 1})
    assert reason(refusal(drive.files.create(body={"name": "once", "id": id}))) == (409, "fileIdInUse")
    switch(drive.sandbox, "google", create_reply_lost={"next": 1})
    drive.files.create(body={"name": "twice"}).execute()
    assert drive.names() == ["once", "twice", "twice"], "without one, what the transport sends again is made again"


def test_a_session_that_is_gone_begins_anew(drive: Drive) -> None:
    request = drive.upload(some_bytes(2 * CHUNK))
    request.next_chunk()
    switch(drive.sandbox, "google", upload_session_gone={"next": 1})
    for _ in range(2):
        with pytest.raises(HttpError) as gone:
            request.next_chunk()
        assert gone.value.status_code == 404
    assert drive.names() == []
    switch(drive.sandbox, "google", upload_location={"value": f"{drive.sandbox.url}/elsewhere", "next": 1})
    astray = drive.upload(b"x")
    with pytest.raises(HttpError, match="/elsewhere"):
        astray.next_chunk()
    assert finished(drive.upload(b"x"))["size"] == "1"


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        ({"user_rate_limit_exceeded": {"value": 1, "next": 2}}, 403, "userRateLimitExceeded"),
        ({"rate_limit_429": {"value": 1, "next": 2}}, 429, "rateLimitExceeded"),
        ({"drive_error": {"next": 2}}, 503, "backendError"),
        ({"drive_error": {"status": 500, "reason": "internalError", "next": 2}}, 500, "internalError"),
    ],
)
def test_limits_and_failures_are_tried_again(drive: Drive, fault: dict[str, Any], status: int, told: str) -> None:
    request = drive.files.list()
    request._rand = lambda: 0.0
    switch(drive.sandbox, "google", **fault)
    refused = refusal(request)
    assert reason(refused) == (status, told)
    assert refused.resp.get("retry-after") == ("1" if "exceeded" in str(fault) or status == 429 else None)
    assert request.execute(num_retries=2)["files"] == []
    assert calls(drive.sandbox)["drive.files.list"] == 3


@pytest.mark.parametrize(("status", "told"), [(403, "domainPolicy"), (403, "dailyLimitExceeded"), (404, "notFound")])
def test_what_stays_refused_is_asked_once(drive: Drive, status: int, told: str) -> None:
    switch(drive.sandbox, "google", drive_error={"status": status, "reason": told, "next": 5})
    request = drive.files.list()
    request._rand = lambda: 0.0
    assert reason(refusal(request, num_retries=3)) == (status, told)
    assert calls(drive.sandbox)["drive.files.list"] == 1


def test_a_full_drive_takes_nothing_more(drive: Drive) -> None:
    made = drive.create("a.txt", b"x")
    switch(drive.sandbox, "google", storage_quota_exceeded=True)
    full = (403, "storageQuotaExceeded")
    assert reason(refusal(drive.files.create(body={"name": "b"}), num_retries=2)) == full
    assert reason(refusal(drive.files.update(fileId=made["id"], body={"name": "b"}))) == full
    with pytest.raises(HttpError) as refused:
        drive.upload(b"y").next_chunk()
    assert reason(refused.value) == full
    assert drive.content(made) == b"x" and drive.names() == ["a.txt"]


def test_a_download_that_is_wrong_is_noticed(drive: Drive) -> None:
    made = drive.create("a.txt", some_bytes(1000))
    switch(drive.sandbox, "google", download_corrupt={"next": 1})
    assert hashlib.md5(drive.content(made)).hexdigest() != made["md5Checksum"]
    assert hashlib.md5(drive.content(made)).hexdigest() == made["md5Checksum"]
    switch(drive.sandbox, "google", download_truncated=True)
    with pytest.raises(Exception, match="IncompleteRead"):
        drive.content(made)
    switch(drive.sandbox, "google", download_redirect=f"{drive.sandbox.url}/elsewhere")
    assert refusal(drive.files.get_media(fileId=made["id"])).status_code == 404, "the client follows"


def test_a_token_that_no_refresh_helps_is_given_up(drive: Drive) -> None:
    switch(drive.sandbox, "google", drive_unauthorized=True)
    assert reason(refusal(drive.files.list())) == (401, "authError")
    assert calls(drive.sandbox)["token.refresh_token"] == 2
