"""Google's own Python client takes the sandbox for Drive v3: only the hosts of its bundled description are others."""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import identity_kit
import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload
from identity_kit import CHUNK, GOOGLE_ID, Drive, Pieces, calls, switch
from pywa_kit import Sandbox
from social_kit import control

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"


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


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with identity_kit.running(tmp_path_factory.mktemp("drive")) as made:
        yield made


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    return identity_kit.fresh(running)


@pytest.fixture
def drive(sandbox: Sandbox) -> Drive:
    return Drive(sandbox)


def test_files_and_folders_are_made_and_found(drive: Drive) -> None:
    folder = drive.files.create(body={"name": "Letters", "mimeType": FOLDER}, fields="*").execute()
    letter = drive.create("Ada's letter.txt", b"Dear Charles", parents=[folder["id"]], appProperties={"thread": "t1"})
    drive.create("other.txt", b"x")
    assert (letter["size"], letter["mimeType"]) == ("12", "text/plain")
    assert letter["md5Checksum"] == hashlib.md5(b"Dear Charles").hexdigest()
    assert letter["sha256Checksum"] == hashlib.sha256(b"Dear Charles").hexdigest()
    assert letter["parents"] == [folder["id"]] and letter["ownedByMe"] is True
    assert drive.names() == ["Ada's letter.txt", "Letters", "other.txt"]
    assert drive.names(f"'{folder['id']}' in parents and trashed = false") == ["Ada's letter.txt"]
    assert drive.names(r"name = 'Ada\'s letter.txt'") == ["Ada's letter.txt"]
    assert drive.names("name contains 'lett' and not name contains 'o'") == ["Ada's letter.txt", "Letters"]
    assert drive.names("name contains 'etter'") == [], "names are searched by the beginnings of their words"
    assert drive.names("appProperties has { key='thread' and value='t1' }") == ["Ada's letter.txt"]
    assert drive.names(f"mimeType = '{FOLDER}' or modifiedTime < '2020-01-01T00:00:00'") == ["Letters"]
    assert drive.names("'root' in parents") == ["Letters", "other.txt"]
    for query in ("name = 'Ada's'", "colour = 'red'", "trashed = maybe", "name contains"):
        assert reason(refusal(drive.files.list(q=query))) == (400, "invalid")


def test_a_list_comes_in_pages(drive: Drive) -> None:
    for number in range(5):
        drive.create(f"{number}.txt")
    request, sizes, names = drive.files.list(pageSize=2, orderBy="name desc"), [], []
    while request is not None:
        page = request.execute()
        sizes.append(len(page["files"]))
        names += [file["name"] for file in page["files"]]
        request = drive.files.list_next(request, page)
    assert (sizes, names) == ([2, 2, 1], [f"{number}.txt" for number in reversed(range(5))])
    assert set(page["files"][0]) == {"kind", "id", "name", "mimeType"}
    chosen = drive.files.list(fields="files(id,owners/emailAddress)").execute()
    assert set(chosen["files"][0]) == {"id", "owners"} and "kind" not in chosen
    assert chosen["files"][0]["owners"] == [{"emailAddress": "ada@acme.example"}]
    assert reason(refusal(drive.files.list(fields="files(id"))) == (400, "invalid")


def test_content_alone_makes_a_file(drive: Drive) -> None:
    made = drive.files.create(media_body=MediaInMemoryUpload(b"\x00\xff", "image/png"), fields="*").execute()
    assert (made["name"], made["mimeType"], made["size"]) == ("Untitled", "image/png", "2")
    assert drive.content(made) == b"\x00\xff"


def test_content_with_line_ends_and_dashes_survives_multipart(drive: Drive) -> None:
    content = b"\r\n--===\r\n\r\n" + bytes(range(256)) + b"--\n"
    assert drive.content(drive.create("odd.bin", content)) == content


def test_an_id_that_was_given_out_counts_once(drive: Drive) -> None:
    first, second = drive.files.generateIds(count=2).execute()["ids"]
    made = drive.create("once.txt", b"one", id=first)
    assert made["id"] == first
    again = drive.files.create(body={"id": first, "name": "twice.txt"}, media_body=MediaInMemoryUpload(b"two", "a/b"))
    assert refusal(again).status_code == 409
    resumed = drive.upload(b"two", id=first)
    with pytest.raises(HttpError) as taken:
        resumed.next_chunk()
    assert taken.value.status_code == 409
    assert drive.names() == ["once.txt"] and drive.content(made) == b"one"
    assert drive.create("next.txt", id=second)["id"] == second
    assert refusal(drive.files.create(body={"id": "made-up"})).status_code == 400


def test_a_large_file_goes_up_in_parts_and_comes_down_in_ranges(drive: Drive) -> None:
    content = some_bytes(3 * 1024 * 1024 + 17)
    request, shares = drive.upload(content), []
    made = None
    while made is None:
        status, made = request.next_chunk()
        shares.append(status.resumable_progress if status else len(content))
    assert shares == [*range(CHUNK, len(content), CHUNK), len(content)]
    assert calls(drive.sandbox)["drive.upload.part"] == 13
    assert made["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    into = io.BytesIO()
    loader, done = MediaIoBaseDownload(into, drive.files.get_media(fileId=made["id"]), chunksize=1_000_000), False
    steps = 0
    while not done:
        _, done = loader.next_chunk()
        steps += 1
    assert into.getvalue() == content and steps == 4


def test_a_stream_without_a_known_size_and_an_empty_one(drive: Drive) -> None:
    class Endless(Pieces):
        def size(self) -> None:
            return None

    content = some_bytes(2 * CHUNK + 5)
    made = finished(drive.files.create(body={"name": "a"}, media_body=Endless(content), fields="*"))
    assert (made["size"], drive.content(made) == content) == (str(len(content)), True)
    empty = finished(drive.upload(b""))
    assert empty["size"] == "0" and drive.content(empty) == b""
    loader = MediaIoBaseDownload(io.BytesIO(), drive.files.get_media(fileId=empty["id"]))
    assert loader.next_chunk()[1] is True


def test_parts_that_are_no_steps_of_256_kib_are_refused(drive: Drive) -> None:
    request = drive.files.create(body={}, media_body=Pieces(some_bytes(CHUNK), chunk=100_000))
    with pytest.raises(HttpError) as refused:
        request.next_chunk()
    assert refused.value.status_code == 400


def test_ranges_by_hand(drive: Drive) -> None:
    made = drive.create("alphabet.txt", b"abcdefghijklmnopqrstuvwxyz")
    for asked, told in {"bytes=0-2": b"abc", "bytes=24-": b"yz", "bytes=-3": b"xyz", "bytes=20-99": b"uvwxyz"}.items():
        request = drive.files.get_media(fileId=made["id"])
        request.headers["range"] = asked
        assert request.execute() == told
    request.headers["range"] = "bytes=26-"
    assert refusal(request).status_code == 416


def test_a_document_is_exported_and_has_no_bytes(drive: Drive) -> None:
    made = drive.create("Notes", "Grüße".encode(), mimeType=DOCUMENT)
    assert "size" not in made and "md5Checksum" not in made and "text/plain" in made["exportLinks"]
    text = drive.files.export_media(fileId=made["id"], mimeType="text/plain").execute()
    assert text == "\ufeffGrüße".encode()
    assert reason(refusal(drive.files.get_media(fileId=made["id"]))) == (403, "fileNotDownloadable")
    assert refusal(drive.files.export_media(fileId=made["id"], mimeType="video/mp4")).status_code == 400
    plain = drive.files.export_media(fileId=drive.create("plain.txt", b"x")["id"], mimeType="text/plain")
    assert reason(refusal(plain)) == (403, "fileNotExportable")


def test_files_are_changed_moved_trashed_and_deleted(drive: Drive) -> None:
    folder = drive.files.create(body={"name": "in", "mimeType": FOLDER}).execute()["id"]
    made = drive.create("a.txt", b"one", properties={"a": "1", "b": "2"})
    id = made["id"]
    changed = drive.files.update(fileId=id, body={"name": "b.txt", "properties": {"a": None}}, fields="*").execute()
    assert (changed["name"], changed["properties"]) == ("b.txt", {"b": "2"})
    assert int(changed["version"]) > int(made["version"]) and changed["md5Checksum"] == made["md5Checksum"]
    moved = drive.files.update(fileId=id, addParents=folder, removeParents=made["parents"][0], fields="parents")
    assert moved.execute() == {"parents": [folder]}
    assert refusal(drive.files.update(fileId=id, body={"parents": ["root"]})).status_code == 403
    assert drive.files.update(fileId=id, media_body=MediaInMemoryUpload(b"two", "text/css")).execute()
    assert drive.content(made) == b"two"
    large = some_bytes(CHUNK + 1)
    assert finished(drive.files.update(fileId=id, body={"name": "c.txt"}, media_body=Pieces(large)))["name"] == "c.txt"
    assert drive.content(made) == large
    drive.files.update(fileId=id, body={"trashed": True}).execute()
    assert drive.names("trashed = true") == ["c.txt"] and drive.names("trashed = false") == ["in"]
    assert drive.files.delete(fileId=folder).execute() == ""
    assert reason(refusal(drive.files.get(fileId=id))) == (404, "notFound"), "what lay in the folder is gone too"
    assert reason(refusal(drive.files.delete(fileId=folder))) == (404, "notFound")


def test_changes_are_followed(drive: Drive) -> None:
    kept = drive.create("kept.txt")["id"]
    start = drive.changes.getStartPageToken().execute()["startPageToken"]
    assert drive.changes.list(pageToken=start).execute()["changes"] == []
    made = [drive.create(f"{number}.txt")["id"] for number in range(3)]
    drive.files.update(fileId=kept, body={"name": "renamed.txt"}).execute()
    drive.files.delete(fileId=made[0]).execute()
    request, told, pages = drive.changes.list(pageToken=start, pageSize=2), {}, 0
    while request is not None:
        page = request.execute()
        pages += 1
        told |= {one["fileId"]: None if one["removed"] else one["file"]["name"] for one in page["changes"]}
        assert ("nextPageToken" in page) is not ("newStartPageToken" in page)
        request = drive.changes.list_next(request, page)
    assert told == {kept: "renamed.txt", made[0]: None, made[1]: "1.txt", made[2]: "2.txt"} and pages == 2
    assert drive.changes.list(pageToken=page["newStartPageToken"]).execute()["changes"] == []
    assert refusal(drive.changes.list(pageToken="nonsense")).status_code == 400


def test_an_app_sees_what_its_scopes_open(sandbox: Sandbox) -> None:
    writer = Drive(sandbox)
    own = writer.create("made by the app.txt", b"x")
    other = control(sandbox, "POST", "drive/files", {"person": "ada", "name": "by hand.txt", "text": "y"})
    control(sandbox, "POST", "drive/files", {"person": "ada", "name": "picked.txt", "client": GOOGLE_ID})
    assert writer.names() == ["made by the app.txt", "picked.txt"]
    assert reason(refusal(writer.files.get(fileId=other["id"]))) == (404, "notFound")
    prefix = "https://www.googleapis.com/auth/drive"
    assert Drive(sandbox, prefix, person="grace").names() == []
    reader = Drive(sandbox, f"{prefix}.readonly")
    assert reader.names() == ["by hand.txt", "made by the app.txt", "picked.txt"]
    assert reader.content(other) == b"y"
    assert refusal(reader.files.update(fileId=own["id"], body={"name": "z"})).status_code == 403
    looker = Drive(sandbox, f"{prefix}.metadata.readonly")
    assert len(looker.names()) == 3
    assert refusal(looker.files.get_media(fileId=own["id"])).status_code == 403
    nobody = Drive(sandbox, "openid")
    assert refusal(nobody.files.list()).status_code == 403


def test_about_names_the_person(drive: Drive) -> None:
    drive.create("a.txt", b"12345")
    about = drive.service.about().get(fields="user(emailAddress,me),storageQuota,exportFormats").execute()
    assert about["user"] == {"emailAddress": "ada@acme.example", "me": True}
    assert about["storageQuota"]["usage"] == "5"
    assert about["exportFormats"] == {DOCUMENT: ["text/plain"]}
    assert refusal(drive.service.about().get()).status_code == 400


# Faults.


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


# Tokens.


def test_an_expired_token_is_refreshed_and_the_call_made_again(drive: Drive) -> None:
    before = drive.credentials.token
    drive.create("a.txt", b"x")
    control(drive.sandbox, "POST", "whatsapp/clock", {"advance_ms": 3_600_000})
    assert drive.names() == ["a.txt"]
    assert drive.credentials.token != before
    left = drive.credentials.expiry - datetime.now(UTC).replace(tzinfo=None)
    assert 3300 < left.total_seconds() <= 3599
    assert calls(drive.sandbox)["token.refresh_token"] == 1
    assert drive.names() == ["a.txt"] and calls(drive.sandbox)["token.refresh_token"] == 1


def test_a_token_that_dies_amid_an_upload_is_refreshed(drive: Drive) -> None:
    content = some_bytes(3 * CHUNK)
    request = drive.upload(content)
    request.next_chunk()
    control(drive.sandbox, "POST", "whatsapp/clock", {"advance_ms": 3_600_000})
    assert finished(request)["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    assert calls(drive.sandbox)["token.refresh_token"] == 1


def test_what_a_person_has_taken_back_is_at_an_end(drive: Drive) -> None:
    drive.create("a.txt", b"x")
    control(drive.sandbox, "POST", "google/revoke", {"person": "ada"})
    with pytest.raises(RefreshError, match="invalid_grant"):
        drive.names()
    assert Drive(drive.sandbox).names() == ["a.txt"], "what was made stays, and is the app's still"


def test_a_token_that_no_refresh_helps_is_given_up(drive: Drive) -> None:
    switch(drive.sandbox, "google", drive_unauthorized=True)
    assert reason(refusal(drive.files.list())) == (401, "authError")
    assert calls(drive.sandbox)["token.refresh_token"] == 2
