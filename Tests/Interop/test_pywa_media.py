"""pywa uploads, looks up, fetches and deletes files."""

import hashlib
import io
from pathlib import Path

import pytest
from pywa import errors
from pywa.types import Message
from pywa_kit import Receiver, Sandbox

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 300 + b"\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636460f85f0f0002870180"
    "eb47ba920000000049454e44ae426082"
)


def test_a_file_is_the_same_after_its_way_there_and_back(receiver: Receiver, tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(PDF)
    client = receiver.client
    for source, options in [
        (path, {}),
        (PDF, {"mime_type": "application/pdf", "filename": "invoice.pdf"}),
        (io.BytesIO(PDF), {"mime_type": "application/pdf", "filename": "invoice.pdf"}),
    ]:
        media = client.upload_media(source, **options)
        known = client.get_media_url(media.id)
        assert known.mime_type == "application/pdf"
        assert int(known.file_size) == len(PDF)
        assert known.sha256 == hashlib.sha256(PDF).hexdigest()
        assert client.get_media_bytes(known.url) == PDF
        assert client.download_media(url=known.url, path=tmp_path, filename="back.pdf").read_bytes() == PDF
        assert b"".join(client.stream_media(known.url)) == PDF
        assert client.delete_media(media.id).success
        with pytest.raises(errors.WhatsAppError) as gone:
            client.get_media_url(media.id)
        assert gone.value.code == 100


def test_an_address_lapses_and_a_new_one_can_be_had(receiver: Receiver, sandbox: Sandbox) -> None:
    media = receiver.client.upload_media(PNG, mime_type="image/png", filename="dot.png")
    old = receiver.client.get_media_url(media.id)
    sandbox.control("POST", "/clock", {"advance_ms": 6 * 60_000})
    with pytest.raises(Exception) as lapsed:
        receiver.client.get_media_bytes(old.url)
    assert "404" in str(lapsed.value)
    assert receiver.client.get_media_bytes(receiver.client.get_media_url(media.id).url) == PNG


def test_a_type_that_whatsapp_does_not_take_is_refused(receiver: Receiver) -> None:
    with pytest.raises(errors.WhatsAppError) as refused:
        receiver.client.upload_media(b"GIF89a" + bytes(30), mime_type="image/gif", filename="dance.gif")
    assert refused.value.code in (100, 131009, 131053)


@pytest.mark.parametrize("kind", ["image", "video", "audio", "voice", "document", "sticker"])
def test_what_customers_send_can_be_fetched(receiver: Receiver, sandbox: Sandbox, kind: str) -> None:
    sandbox.inbound(type=kind)
    message = receiver.wait_for(Message, "the file came in")
    media = message.media
    content = media.get_bytes()
    assert media.sha256 and len(content) > 100
    assert receiver.complaints.lines == []
    again = receiver.client.get_media_url(media.id)
    assert receiver.client.get_media_bytes(again.url) == content
    assert again.sha256 == hashlib.sha256(content).hexdigest()
    assert (kind == "voice") == bool(message.voice)
