"""What goes through `POST /api/v1/messages` is whole at the customer's phone, and what may not be sent is refused."""

from typing import Any

import pytest
import sample
from linked import Linked
from pywa_kit import BUSINESS_ACCOUNT_ID, PERSON

from harness.waiting import eventually
from test_whatsapp_hub import FILES, within

LINK = "https://files.example/"
BODY = {"body": {"text": "What shall it be?"}}
ROWS = [{"title": "Week 1", "rows": [{"id": "mon", "title": "Monday", "description": "9 to 12"}]}]
CARD = {"body": {"text": "A sofa"}, "type": "cta_url", "header": {"type": "image", "image": {"link": LINK + "1.png"}}}
OPEN = {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://shop.example"}}
PRODUCTS = [{"title": "Chairs", "product_items": [{"product_retailer_id": "chair-7"}]}]


def interactive(type: str, action: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    return "interactive", {"type": type, **BODY, "action": action, **more}


def template(name: str, *components: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "template", {"name": name, "language": "en_US", "components": list(components)}


def texts(*values: str, type: str = "body", **more: Any) -> dict[str, Any]:
    return {"type": type, **more, "parameters": [{"type": "text", "text": value} for value in values]}


PAYLOAD = {"type": "payload", "payload": "sofa"}
CARDS = [
    {
        "card_index": index,
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"link": LINK + f"{index}.png"}}]},
            {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [PAYLOAD]},
            texts("7", type="button", sub_type="url", index="1"),
        ],
    }
    for index in range(2)
]
SENDS = {
    "text": ("text", {"body": "See https://shop.example/7 👋", "preview_url": True}),
    "image": ("image", {"link": LINK + "cat.png", "caption": "A cat"}),
    "video": ("video", {"link": LINK + "cat.mp4", "caption": "A cat"}),
    "audio": ("audio", {"link": LINK + "cat.mp3"}),
    "voice": ("audio", {"link": LINK + "cat.ogg", "voice": True}),
    "document": ("document", {"link": LINK + "cat.pdf", "caption": "Yours", "filename": "Invoice 7.pdf"}),
    "sticker": ("sticker", {"link": LINK + "cat.webp"}),
    "location": ("location", {"latitude": 37.4847, "longitude": -122.1484, "name": "Philz", "address": "101 Forest"}),
    "contacts": (
        "contacts",
        [{"name": {"formatted_name": "Grace Hopper", "first_name": "Grace"}, "phones": [{"phone": "+12125550142"}]}],
    ),
    "button": interactive(
        "button",
        {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Yes"}}]},
        header={"type": "text", "text": "Acme"},
        footer={"text": "Acme Ltd"},
    ),
    "list": interactive("list", {"button": "Choose", "sections": ROWS}),
    "cta_url": interactive("cta_url", OPEN),
    "location_request": interactive("location_request_message", {"name": "send_location"}),
    "contact_info": interactive("request_contact_info", {"name": "request_contact_info"}),
    "call_permission": interactive("call_permission_request", {"name": "call_permission_request"}),
    "voice_call": interactive(
        "voice_call", {"name": "voice_call", "parameters": {"display_text": "Call", "ttl_minutes": 60}}
    ),
    "address": interactive("address_message", {"name": "address_message", "parameters": {"country": "IN"}}),
    "flow": interactive(
        "flow",
        {
            "name": "flow",
            "parameters": {
                "flow_message_version": "3",
                "flow_token": "token-7",
                "flow_id": "1234567890",
                "flow_cta": "Book",
                "flow_action": "navigate",
                "flow_action_payload": {"screen": "FIRST", "data": {"name": "Ada"}},
            },
        },
    ),
    "product": interactive("product", {"catalog_id": "194836987003835", "product_retailer_id": "chair-7"}),
    "product_list": interactive(
        "product_list",
        {"catalog_id": "194836987003835", "sections": PRODUCTS},
        header={"type": "text", "text": "Garden"},
    ),
    "catalog_message": interactive("catalog_message", {"name": "catalog_message"}),
    "carousel": interactive("carousel", {"cards": [CARD | {"card_index": n, "action": OPEN} for n in range(2)]}),
    "template": template("hello_world"),
    "template_values": template("order_confirmation", texts("Ada", "860198", "Tuesday")),
    "template_named": template(
        "appointment_reminder",
        {"type": "header", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Ada"}]},
        {
            "type": "body",
            "parameters": [
                {"type": "text", "parameter_name": "first_name", "text": "Ada"},
                {"type": "text", "parameter_name": "visit_day", "text": "Tuesday"},
            ],
        },
    ),
    "template_image": template(
        "new_arrivals",
        {"type": "header", "parameters": [{"type": "image", "image": {"link": LINK + "new.png"}}]},
        texts("Ada"),
    ),
    "template_link": template("track_parcel", texts("Ada"), texts("A-8", type="button", sub_type="url", index="0")),
    "template_code": template(
        "sign_in_code", texts("123456"), texts("123456", type="button", sub_type="url", index="0")
    ),
    "template_carousel": template("two_sofas", texts("Ada"), {"type": "carousel", "cards": CARDS}),
}


def test_every_type_is_whole_at_the_phone(linked: Linked) -> None:
    linked.writes(text="Hello?")
    answers = {name: linked.post(type, content, PERSON, name) for name, (type, content) in SENDS.items()}
    assert {name: answer.text for name, answer in answers.items() if answer.status_code != 202} == {}
    for name, (type, content) in SENDS.items():
        body = linked.went_out(answers[name])
        assert body["type"] == type
        if type == "template":
            content = dict(content, language={"code": content["language"]})
            content = {key: value for key, value in content.items() if value}
        assert within(content, body[type]), f"{name}: {content} of {body}"
    for name, answer in answers.items():
        id = answer.json()["id"]
        eventually(lambda: linked.api.status(id) == "read", f"{name} was read", within=60)
    assert {message["times"] for message in linked.sandbox.accepted()} == {1}


def test_a_reply_a_reaction_and_its_removal_name_the_message_by_the_hub_s_id(linked: Linked) -> None:
    message = linked.writes(text="Thanks!")["message"]
    reply = linked.went_out(linked.post("text", {"body": "You are welcome"}, PERSON, "1", reply_to=message["id"]))
    assert reply["context"] == {"message_id": message["provider_id"]}
    set = linked.post("reaction", {"message_id": message["id"], "emoji": "🎉"}, PERSON, "2")
    assert linked.went_out(set)["reaction"] == {"message_id": message["provider_id"], "emoji": "🎉"}
    removed = linked.post("reaction", {"message_id": message["id"]}, PERSON, "3")
    assert linked.went_out(removed)["reaction"] == {"message_id": message["provider_id"], "emoji": ""}
    assert linked.api.post(f"/messages/{message['id']}/read", {"typing": True}).status_code in (200, 202, 204)


@pytest.mark.parametrize("kind", FILES)
def test_an_uploaded_file_is_the_same_bytes_on_the_phone(linked: Linked, kind: str) -> None:
    mime_type, content = FILES[kind]
    type = "audio" if kind == "voice" else kind
    linked.writes(text="Send it, please")
    media = linked.upload(content, type, mime_type)
    for key in ("first", "second"):
        sent = linked.went_out(linked.post(type, {"id": media}, PERSON, key))
        assert sent[type]["id"] != media
        headers = {"Authorization": f"Bearer {sample.ACCESS_TOKEN}"}
        session = linked.api.session
        known = session.get(f"{linked.sandbox.url}/v25.0/{sent[type]['id']}", headers=headers, timeout=10).json()
        assert session.get(known["url"], headers=headers, timeout=10).content == content
        assert known["mime_type"].split(";")[0] == mime_type.split(";")[0]


def test_outside_the_window_only_a_template_goes_out(linked: Linked) -> None:
    stranger = "+16505557777"
    refused = linked.post("text", {"body": "Hello"}, stranger, "1")
    assert (refused.status_code, refused.json()["code"]) == (422, "window_closed")
    assert {"name": "hello_world", "language": "en_US"} in refused.json()["templates"]
    linked.went_out(linked.post(*template("hello_world"), stranger, "2"))
    linked.writes(text="Hi", sender=stranger)
    linked.went_out(linked.post("text", {"body": "Hello"}, stranger, "3"))
    windows = [c["window_closes_at"] for c in linked.api.pages("/conversations") if c["window_closes_at"]]
    assert len(windows) == 1


def test_a_template_that_cannot_be_sent_is_refused_by_name(linked: Linked) -> None:
    for content, code, pointer in [
        (template("order_update_paused", texts("Ada")), "template_paused", "/template/name"),
        (template("no_such_template"), "unknown_template", "/template/name"),
        (template("order_confirmation", texts("Ada")), None, "/template/components"),
    ]:
        refused = linked.post(*content, PERSON, content[1]["name"])
        assert refused.status_code == 422, refused.text
        errors = refused.json()["errors"]
        assert any(error["pointer"].startswith(pointer) for error in errors), errors
        assert code is None or code in [error["code"] for error in errors], errors
    # Meta pauses one while the hub runs: the webhook is enough.
    pause = {"business_account_id": BUSINESS_ACCOUNT_ID, "name": "spring_offer", "quality": "RED"}
    linked.sandbox.control("POST", "/template", pause)
    path = f"/channels/{linked.acme.channel}/templates"
    eventually(
        lambda: "paused" in [t["status"] for t in linked.api.pages(path) if t["name"] == "spring_offer"],
        "the pause is known",
    )
    eventually(lambda: linked.business.bodies("template.updated"), "the pause was told")
    refused = linked.post(*template("spring_offer", texts("Ada")), PERSON, "spring")
    assert [error["code"] for error in refused.json()["errors"]] == ["template_paused"]
    assert linked.sandbox.accepted() == []


def test_who_stopped_marketing_gets_none_until_they_resume(linked: Linked) -> None:
    linked.writes(text="Hello?")
    field = {"phone_number_id": sample.PHONE_NUMBER_ID}
    linked.sandbox.control("POST", "/field", field | {"example": "user_preferences.stop"})
    told = eventually(
        lambda: [e for e in linked.business.bodies("contact.updated") if "consent" in str(e)], "the stop was told"
    )
    assert "marketing" in str(told[-1]["data"]["contact"])
    refused = linked.post(*template("spring_offer", texts("Ada")), PERSON, "1")
    assert (refused.status_code, refused.json()["code"]) == (422, "marketing_stopped"), refused.text
    linked.went_out(linked.post(*template("hello_world"), PERSON, "2"))
    # Meta's times are seconds: of two words of one second nobody knows which is the later one.
    linked.sandbox.control("POST", "/clock", {"advance_ms": 2000})
    linked.sandbox.control("POST", "/field", field | {"example": "user_preferences.resume"})
    eventually(lambda: len(linked.business.bodies("contact.updated")) > len(told), "the word to go on was told")
    linked.went_out(linked.post(*template("spring_offer", texts("Ada")), PERSON, "3"))


def test_a_dead_token_pauses_the_channel_with_an_alert_and_a_good_one_resumes_it(linked: Linked) -> None:
    linked.writes(text="Hello?")
    path = f"/channels/{linked.acme.channel}"
    linked.sandbox.control("POST", "/tokens/kill", {"token": sample.ACCESS_TOKEN, "subcode": 463})
    waiting = linked.post("text", {"body": "It waits"}, PERSON, "1").json()["id"]
    eventually(lambda: linked.api.get(path).json()["status"] == "paused", "the channel is paused")
    assert linked.api.get(path).json()["pause"]["code"] == "190"
    assert eventually(linked.alerts, "the alert was told")[0]["code"] == "190"
    assert linked.api.status(waiting) == "queued"
    linked.sandbox.control("POST", "/tokens/kill", {"token": sample.ACCESS_TOKEN, "subcode": None})
    assert linked.api.post(f"{path}/resume").status_code in (200, 202, 204)
    eventually(lambda: linked.api.status(waiting) in ("accepted", "sent", "delivered", "read"), "what waited went out")
    assert {message["times"] for message in linked.sandbox.accepted()} == {1}


def test_what_meta_says_of_an_account_is_an_alert(linked: Linked) -> None:
    for example in ("account_update.ACCOUNT_VIOLATION", "account_alerts", "security.PIN_CHANGED"):
        before = len(linked.alerts())
        linked.sandbox.control("POST", "/field", {"phone_number_id": sample.PHONE_NUMBER_ID, "example": example})
        eventually(lambda: len(linked.alerts()) > before, f"{example} was told")
    assert all(alert["channel"] == linked.acme.channel and alert["title"] for alert in linked.alerts())


def test_the_sandbox_takes_the_hub_s_proof_and_would_miss_it(linked: Linked) -> None:
    linked.sandbox.control("PUT", "/app", {"require_appsecret_proof": True})
    linked.went_out(linked.post(*template("hello_world"), PERSON, "1"))
