"""pywa sends a message of every type, and each is whole at the sandbox."""

from pathlib import Path

import pytest
from pywa.types import (
    Button,
    CallPermissionRequestButton,
    Contact,
    FlowButton,
    ImageCarouselCard,
    ProductsSection,
    Section,
    SectionList,
    SectionRow,
    URLButton,
    VoiceCallButton,
)
from pywa.types.flows import FlowActionType
from pywa_kit import PERSON, Receiver, Sandbox

SAMPLES = Path(__file__).resolve().parents[2] / "Sources/HubSandbox/WhatsApp/Samples"
LINK = "https://files.example/"


def sent_body(sandbox: Sandbox, receiver: Receiver, sent) -> dict:
    assert sent.id.startswith("wamid.")
    body = sandbox.body_of(sent.id)
    assert body["messaging_product"] == "whatsapp"
    assert body["to"].removeprefix("+") == PERSON.removeprefix("+")
    return body


@pytest.mark.parametrize(
    ("kind", "file", "mime_type", "extra"),
    [
        ("image", "photo.jpg", "image/jpeg", {"caption": "Our garden"}),
        ("video", "video.mp4", "video/mp4", {"caption": "Look"}),
        ("audio", "voice.ogg", "audio/ogg; codecs=opus", {}),
        ("voice", "voice.ogg", "audio/ogg; codecs=opus", {}),
        ("document", "document.pdf", "application/pdf", {"caption": "Yours", "filename": "Invoice 7.pdf"}),
        ("sticker", "sticker.webp", "image/webp", {}),
        ("sticker", "sticker-animated.webp", "image/webp", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_media_by_upload_are_the_same_bytes_at_the_other_end(
    receiver: Receiver, sandbox: Sandbox, kind: str, file: str, mime_type: str, extra: dict
) -> None:
    content = (SAMPLES / file).read_bytes()
    send = getattr(receiver.client, f"send_{kind}")
    sent = send(PERSON, content, mime_type=mime_type, **extra)
    body = sent_body(sandbox, receiver, sent)
    type = "audio" if kind == "voice" else kind
    assert body["type"] == type
    assert body[type].get("voice", False) is (kind == "voice")
    for name, value in extra.items():
        assert body[type][name] == value
    url = receiver.client.get_media_url(body[type]["id"])
    assert receiver.client.get_media_bytes(url.url) == content
    assert receiver.failures() == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("image", "cat.png"),
        ("video", "cat.mp4"),
        ("audio", "cat.mp3"),
        ("document", "cat.pdf"),
        ("sticker", "cat.webp"),
    ],
)
def test_media_by_link_are_taken(receiver: Receiver, sandbox: Sandbox, kind: str, name: str) -> None:
    # Without a name of its own, pywa 4 cannot write a document's JSON.
    extra = {"filename": name} if kind == "document" else {}
    sent = getattr(receiver.client, f"send_{kind}")(PERSON, LINK + name, **extra)
    body = sent_body(sandbox, receiver, sent)
    assert body["type"] == kind
    assert body[kind]["link"] == LINK + name


def test_a_text_with_its_preview_and_a_reply(receiver: Receiver, sandbox: Sandbox) -> None:
    asked = sandbox.inbound(text="Where is it?")
    sent = receiver.client.send_message(
        PERSON, "See https://shop.example/7", preview_url=True, reply_to_message_id=asked["id"], tracker="row-7"
    )
    body = sent_body(sandbox, receiver, sent)
    assert body["text"] == {"body": "See https://shop.example/7", "preview_url": True}
    assert body["context"] == {"message_id": asked["id"]}
    assert body["biz_opaque_callback_data"] == "row-7"


def test_a_reaction_and_its_removal(receiver: Receiver, sandbox: Sandbox) -> None:
    asked = sandbox.inbound(text="Thanks!")
    set = receiver.client.send_reaction(PERSON, "🎉", asked["id"])
    assert sent_body(sandbox, receiver, set)["reaction"] == {"emoji": "🎉", "message_id": asked["id"]}
    removed = receiver.client.remove_reaction(PERSON, asked["id"])
    assert sent_body(sandbox, receiver, removed)["reaction"] == {"emoji": "", "message_id": asked["id"]}


def test_a_location_and_the_request_for_one(receiver: Receiver, sandbox: Sandbox) -> None:
    sent = receiver.client.send_location(PERSON, 37.4847, -122.1484, "Philz Coffee", "101 Forest Ave")
    wanted = {"latitude": 37.4847, "longitude": -122.1484, "name": "Philz Coffee", "address": "101 Forest Ave"}
    location = sent_body(sandbox, receiver, sent)["location"]
    assert {name: location[name] for name in wanted} == wanted
    asked = receiver.client.request_location(PERSON, "Where are you?")
    body = sent_body(sandbox, receiver, asked)["interactive"]
    assert body["type"] == "location_request_message"
    assert body["body"] == {"text": "Where are you?"}
    assert body["action"]["name"] == "send_location"


def test_contact_cards_and_the_request_for_one(receiver: Receiver, sandbox: Sandbox) -> None:
    card = Contact(
        name=Contact.Name(formatted_name="Grace Hopper", first_name="Grace", last_name="Hopper"),
        birthday="1906-12-09",
        phones=[Contact.Phone(phone="+12125550142", type="WORK", wa_id="12125550142")],
        emails=[Contact.Email(email="grace@example.com", type="WORK")],
        urls=[Contact.Url(url="https://grace.example", type="WORK")],
        addresses=[Contact.Address(city="Arlington", country="United States", country_code="US")],
        org=Contact.Org(company="Harbor", department="Compilers", title="Admiral"),
    )
    sent = receiver.client.send_contact(PERSON, [card, card])
    cards = sent_body(sandbox, receiver, sent)["contacts"]
    assert [made["name"]["formatted_name"] for made in cards] == ["Grace Hopper"] * 2
    assert cards[0]["phones"][0]["phone"] == "+12125550142"
    assert cards[0]["org"]["title"] == "Admiral"
    asked = receiver.client.request_contact_info(PERSON, "What is your number?")
    assert sent_body(sandbox, receiver, asked)["interactive"]["type"] == "request_contact_info"


BUTTONS = [Button("Yes", "yes"), Button("No", "no"), Button("Later", "later")]
ROWS = SectionList(
    "Choose",
    [
        Section("Week 1", [SectionRow("Monday", "mon", "9 to 12"), SectionRow("Tuesday", "tue")]),
        Section("Week 2", [SectionRow("Friday", "fri")]),
    ],
)
FLOW = FlowButton(
    "Book",
    flow_id="1234567890",
    flow_token="token-7",
    flow_action_type=FlowActionType.NAVIGATE,
    flow_action_screen="FIRST",
    flow_action_payload={"name": "Ada"},
)


@pytest.mark.parametrize(
    ("type", "buttons", "action"),
    [
        ("button", BUTTONS, lambda action: [b["reply"]["id"] for b in action["buttons"]] == ["yes", "no", "later"]),
        ("list", ROWS, lambda action: [r["id"] for s in action["sections"] for r in s["rows"]] == ["mon", "tue", "fri"]),
        ("cta_url", URLButton("Open", "https://shop.example"), lambda action: action["name"] == "cta_url"),
        ("flow", FLOW, lambda action: action["parameters"]["flow_action_payload"]["screen"] == "FIRST"),
        ("voice_call", VoiceCallButton("Call us", ttl_minutes=60), lambda action: action["name"] == "voice_call"),
        ("call_permission_request", CallPermissionRequestButton(), lambda action: "call_permission" in action["name"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_interactive_messages(receiver: Receiver, sandbox: Sandbox, type: str, buttons, action) -> None:
    # A call's button and its permission have no footer, as Meta says.
    footer = None if "call" in type else "Acme Ltd"
    sent = receiver.client.send_message(PERSON, "What shall it be?", footer=footer, buttons=buttons)
    interactive = sent_body(sandbox, receiver, sent)["interactive"]
    assert interactive["type"] == type
    assert interactive["body"] == {"text": "What shall it be?"}
    assert action(interactive["action"]), interactive
    if footer:
        assert interactive["footer"] == {"text": footer}


def test_buttons_under_a_picture_a_film_and_a_document(receiver: Receiver, sandbox: Sandbox) -> None:
    for kind, name in [("image", "cat.png"), ("video", "cat.mp4"), ("document", "cat.pdf")]:
        extra = {"filename": name} if kind == "document" else {}
        send = getattr(receiver.client, f"send_{kind}")
        sent = send(PERSON, LINK + name, caption="This one?", buttons=BUTTONS, **extra)
        interactive = sent_body(sandbox, receiver, sent)["interactive"]
        assert interactive["type"] == "button"
        assert interactive["header"]["type"] == kind
        assert interactive["header"][kind]["link"] == LINK + name


def test_products_and_the_catalogue(receiver: Receiver, sandbox: Sandbox) -> None:
    one = receiver.client.send_product(PERSON, "194836987003835", "garden-chair-7", body="This one?")
    interactive = sent_body(sandbox, receiver, one)["interactive"]
    assert interactive["type"] == "product"
    assert interactive["action"] == {"catalog_id": "194836987003835", "product_retailer_id": "garden-chair-7"}
    sections = [ProductsSection("Chairs", ["chair-7", "chair-8"]), ProductsSection("Tables", ["table-1"])]
    many = receiver.client.send_products(PERSON, "194836987003835", sections, "Garden", "All that we have")
    interactive = sent_body(sandbox, receiver, many)["interactive"]
    assert interactive["type"] == "product_list"
    assert interactive["header"] == {"type": "text", "text": "Garden"}
    assert [len(section["product_items"]) for section in interactive["action"]["sections"]] == [2, 1]
    all = receiver.client.send_catalog(PERSON, "Look around", "Acme", thumbnail_product_sku="chair-7")
    interactive = sent_body(sandbox, receiver, all)["interactive"]
    assert interactive["type"] == "catalog_message"
    assert interactive["action"]["parameters"] == {"thumbnail_product_retailer_id": "chair-7"}


def test_a_carousel_of_links_and_one_of_buttons(receiver: Receiver, sandbox: Sandbox) -> None:
    for buttons, kind in [(URLButton("Open", "https://shop.example/1"), "cta_url"), ([Button("This", "this")], None)]:
        cards = [ImageCarouselCard(body="A sofa", image=LINK + f"{n}.png", buttons=buttons) for n in range(3)]
        sent = receiver.client.send_carousel(PERSON, body="Three sofas", cards=cards)
        interactive = sent_body(sandbox, receiver, sent)["interactive"]
        assert interactive["type"] == "carousel"
        made = interactive["action"]["cards"]
        assert [card["card_index"] for card in made] == [0, 1, 2]
        assert [card["header"]["image"]["link"] for card in made] == [LINK + f"{n}.png" for n in range(3)]
        assert [card["action"].get("name") for card in made] == [kind] * 3


def test_reading_and_typing_are_told(receiver: Receiver, sandbox: Sandbox) -> None:
    asked = sandbox.inbound(text="Hello?")
    assert receiver.client.mark_message_as_read(asked["id"]).success
    assert receiver.client.indicate_typing(asked["id"]).success
