"""Google's own Python client takes the sandbox for Drive v3: only the hosts of its bundled description are others."""

import hashlib
import io
from datetime import UTC, datetime

import pytest
from drive_kit import drive, finished, reason, refusal, some_bytes  # noqa: F401 - fixtures
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload
from identity_fixtures import running, sandbox  # noqa: F401 - fixtures
from identity_kit import CHUNK, GOOGLE_ID, Drive, Pieces, calls
from pywa_kit import Sandbox
from social_kit import control

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"


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
