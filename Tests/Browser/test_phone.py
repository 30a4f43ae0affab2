"""The phone page in a real browser: what a customer does reaches the business, and the other way round."""

import json
from pathlib import Path

from business import ACME, GLOBEX, Business
from chromium import Chromium, Page

from harness.waiting import eventually

SAMPLES = Path(__file__).resolve().parents[2] / "Sources/HubSandbox/WhatsApp/Samples"
LAST = "document.querySelector('#thread > :last-child')"


def bubble(message_id: str) -> str:
    return f"document.querySelector('[data-id=\"{message_id}\"]')"


def arrived(phone: Page, message_id: str) -> None:
    phone.wait(f"{bubble(message_id)} !== null")


def open_menu(phone: Page, message_id: str) -> None:
    arrived(phone, message_id)
    phone.click(f'[data-id="{message_id}"] .more')
    phone.wait("document.querySelector('.emoji-row') !== null")


def press(phone: Page, text: str) -> None:
    """Presses the button or menu line with that text."""
    first_line = f"e.innerText.trim().split('\\n')[0] === {json.dumps(text)}"
    found = f"[...document.querySelectorAll('button, a')].filter((e) => e.offsetParent && {first_line})"
    phone.wait(f"{found}.length > 0")
    phone.evaluate(f"{found}.at(-1).setAttribute('data-pressed', '')")
    phone.click("[data-pressed]")
    phone.evaluate("document.querySelectorAll('[data-pressed]').forEach((e) => e.removeAttribute('data-pressed'))")


def test_a_text_and_its_answer(phone: Page, business: Business, customer: str) -> None:
    phone.write("#text", "Where is my *order*?")
    phone.press("Enter")
    assert business.message(customer, "text")["text"]["body"] == "Where is my *order*?"
    phone.wait(f"{LAST}.querySelector('strong')?.textContent === 'order'")
    phone.wait(f"{LAST}.classList.contains('delivered')")
    business.call(
        f"{ACME}/messages",
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": business.message(customer, "text")["id"],
            "typing_indicator": {"type": "text"},
        },
    )
    phone.wait("document.querySelector('.bubble.mine.read') !== null && document.querySelector('.typing') !== null")
    answer = business.send(customer, "text", {"body": "On its way <b>now</b>"})
    arrived(phone, answer)
    assert "On its way <b>now</b>" in phone.evaluate(f"{bubble(answer)}.innerText")
    assert phone.evaluate("document.querySelector('.typing')") is None
    eventually(lambda: business.statuses(answer) == ["sent", "delivered", "read"], "the answer is read on sight")


def test_a_picture_goes_out_with_its_caption(phone: Page, business: Business, customer: str) -> None:
    phone.choose_files("#file", SAMPLES / "photo.jpg")
    phone.wait("document.querySelector('.preview')?.naturalWidth > 0")
    phone.write("[name=caption]", "Our garden")
    press(phone, "Send")
    image = business.message(customer, "image")["image"]
    assert image["caption"] == "Our garden" and image["mime_type"] == "image/jpeg"
    assert business.download(image["id"]) == (SAMPLES / "photo.jpg").read_bytes()
    phone.wait(f"{LAST}.querySelector('img')?.naturalWidth > 0")


def test_a_voice_message_is_recorded(phone: Page, business: Business, customer: str) -> None:
    phone.click("#record")
    phone.wait(
        "!document.getElementById('recording').hidden && document.getElementById('record-time').textContent !== '0:00'"
    )
    phone.click("#record-send")
    audio = business.message(customer, "audio")["audio"]
    assert audio["voice"] is True and audio["mime_type"].startswith(("audio/ogg", "audio/mp4"))
    assert len(business.download(audio["id"])) > 500
    phone.wait(f"{LAST}.querySelector('audio')?.readyState > 0")


def test_playing_a_voice_message_is_told(phone: Page, business: Business, customer: str) -> None:
    voice = business.upload((SAMPLES / "voice.ogg").read_bytes(), "audio/ogg; codecs=opus")
    sent = business.send(customer, "audio", {"id": voice, "voice": True})
    arrived(phone, sent)
    eventually(lambda: "read" in business.statuses(sent), "it is read")
    phone.evaluate(f"{bubble(sent)}.querySelector('audio').play()")
    eventually(lambda: business.statuses(sent)[-1] == "played", "it is played")
    # That it was played is shown without starting it over.
    phone.wait(f"{bubble(sent)}.classList.contains('played')")
    phone.wait(f"{bubble(sent)}.querySelector('audio').currentTime > 0")


def test_buttons_lists_and_flows_are_answered(phone: Page, business: Business, customer: str) -> None:
    asked = business.button_message(customer, "Yes", "No")
    arrived(phone, asked)
    press(phone, "No")
    reply = business.message(customer, "interactive")
    assert reply["interactive"]["button_reply"] == {"id": "no", "title": "No"}
    assert reply["context"]["id"] == asked

    rows = [{"id": "s1", "title": "Monday"}, {"id": "s2", "title": "Tuesday", "description": "before noon"}]
    action = {"button": "Slots", "sections": [{"title": "Days", "rows": rows}]}
    asked = business.send(customer, "interactive", {"type": "list", "body": {"text": "When?"}, "action": action})
    arrived(phone, asked)
    press(phone, "Slots")
    phone.click("input[value=s2]")
    press(phone, "Send")
    chosen = business.message(customer, "interactive", 2)["interactive"]
    assert chosen["list_reply"] == {"id": "s2", "title": "Tuesday", "description": "before noon"}

    parameters = {
        "flow_message_version": "3",
        "flow_id": "7",
        "flow_token": "token-7",
        "flow_cta": "Book",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": "DAYS", "data": {"day": "Monday", "people": 2}},
    }
    action = {"name": "flow", "parameters": parameters}
    asked = business.send(customer, "interactive", {"type": "flow", "body": {"text": "Book a visit"}, "action": action})
    arrived(phone, asked)
    press(phone, "Book")
    phone.write("[name='data.people']", "5")
    press(phone, "Send")
    answers = business.message(customer, "interactive", 3)["interactive"]["nfm_reply"]["response_json"]
    assert json.loads(answers) == {"flow_token": "token-7", "day": "Monday", "people": 5}


def test_a_template_and_its_quick_reply(phone: Page, business: Business, customer: str) -> None:
    image = business.upload((SAMPLES / "photo.jpg").read_bytes(), "image/jpeg")
    components = [
        {"type": "header", "parameters": [{"type": "image", "image": {"id": image}}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Ada"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "1",
            "parameters": [{"type": "payload", "payload": "stop-7"}],
        },
    ]
    template = {"name": "new_arrivals", "language": {"code": "en_US"}, "components": components}
    sent = business.send(customer, "template", template)
    arrived(phone, sent)
    assert "Hi Ada, have a look" in phone.evaluate(f"{bubble(sent)}.innerText")
    phone.wait(f"{bubble(sent)}.querySelector('img')?.naturalWidth > 0")
    press(phone, "Stop")
    reply = business.message(customer, "button")
    assert reply["button"] == {"payload": "stop-7", "text": "Stop"}
    assert reply["context"]["id"] == sent


def test_reactions_quotes_edits_and_deletion(phone: Page, business: Business, customer: str) -> None:
    sent = business.send(customer, "text", {"body": "Which one?"})
    open_menu(phone, sent)
    phone.click("[aria-label='React 👍']")
    assert business.message(customer, "reaction")["reaction"] == {"message_id": sent, "emoji": "👍"}
    phone.wait(f"{bubble(sent)}.querySelector('.reactions')?.textContent === '👍'")
    open_menu(phone, sent)
    press(phone, "Take your reaction back")
    assert "emoji" not in business.message(customer, "reaction", 2)["reaction"]
    phone.wait(f"{bubble(sent)}.querySelector('.reactions') === null")

    open_menu(phone, sent)
    press(phone, "Reply")
    phone.write("#text", "The red one")
    phone.press("Enter")
    reply = business.message(customer, "text")
    assert reply["context"] == {"from": "15550783881", "id": sent}
    phone.wait(f"{bubble(reply['id'])}.querySelector('.quote')?.innerText.includes('Which one?')")

    open_menu(phone, reply["id"])
    press(phone, "Edit")
    phone.write("#text", "The blue one")
    phone.press("Enter")
    edit = business.message(customer, "edit")["edit"]
    assert edit["original_message_id"] == reply["id"]
    assert edit["message"]["text"]["body"] == "The blue one"
    phone.wait(f"{bubble(reply['id'])}.innerText.includes('The blue one')")

    open_menu(phone, reply["id"])
    press(phone, "Delete for everyone")
    assert business.message(customer, "revoke")["revoke"] == {"original_message_id": reply["id"]}
    phone.wait(f"{bubble(reply['id'])}.innerText.includes('This message was deleted')")


def test_places_cards_orders_and_samples(phone: Page, business: Business, customer: str) -> None:
    phone.click("#attach")
    phone.click("[data-tile=location]")
    phone.write("[name=name]", "Harbour")
    press(phone, "Send")
    assert business.message(customer, "location")["location"]["name"] == "Harbour"

    phone.click("#attach")
    phone.click("[data-tile=contact]")
    phone.write("[name=name]", "Grace Hopper")
    press(phone, "Send")
    card = business.message(customer, "contacts")["contacts"][0]
    assert card["name"] == {"formatted_name": "Grace Hopper", "first_name": "Grace", "last_name": "Hopper"}

    phone.click("#attach")
    phone.click("[data-tile=order]")
    press(phone, "Send order")
    item = business.message(customer, "order")["order"]["product_items"][0]
    assert item == {"product_retailer_id": "garden-chair-7", "quantity": 1, "item_price": 25, "currency": "USD"}

    for sample, kind in {
        "video": "video",
        "document": "document",
        "sticker-animated": "sticker",
        "voice": "audio",
    }.items():
        phone.click("#attach")
        phone.click(f"[data-sample={sample}]")
        business.message(customer, kind)
    assert business.message(customer, "sticker")["sticker"]["animated"] is True
    phone.wait("document.querySelector('img.sticker')?.naturalWidth > 0")
    phone.wait("document.querySelector('video')?.readyState > 0")


def test_acting_as_if(phone: Page, business: Business, customer: str) -> None:
    phone.click("#pretend")
    press(phone, "Next message: clicked on an ad")
    phone.write("#text", "Hi")
    phone.press("Enter")
    assert business.message(customer, "text")["referral"]["ctwa_clid"]

    phone.click("#pretend")
    press(phone, "Who you are to the business")
    phone.evaluate("document.querySelector('[name=mode]').value = 'username_only'")
    press(phone, "Done")
    phone.write("#text", "Who am I?")
    phone.press("Enter")
    phone.wait(f"{LAST}.innerText.includes('Who am I?') && {LAST}.classList.contains('delivered')")
    newest = business.values("Who am I?")[-1]
    assert "from" not in newest["messages"][0] and "wa_id" not in newest["contacts"][0]
    assert newest["contacts"][0]["profile"]["username"]
    phone.evaluate("localStorage.clear()")


def test_the_other_chat_waits_unread(phone: Page, business: Business, customer: str) -> None:
    business.send(customer, "text", {"body": "Globex here"}, number=GLOBEX)
    phone.wait("document.getElementById('back').dataset.unread === '1'")
    phone.click("#back")
    phone.click(f"[data-business='{GLOBEX}']")
    phone.wait("document.getElementById('business-name').textContent === 'Globex Care'")
    phone.wait(f"{LAST}?.innerText.includes('Globex here')")


def test_sheets_work_by_keyboard(phone: Page) -> None:
    phone.evaluate("document.getElementById('attach').focus()")
    phone.press("Enter")
    phone.wait("document.querySelector('dialog[open]')?.contains(document.activeElement)")
    phone.press("Escape")
    phone.wait("document.querySelector('dialog') === null && document.activeElement.id === 'attach'")


def test_everything_has_a_name_and_a_place(browser: Chromium, business: Business, customer: str) -> None:
    business.button_message(customer, "Yes", "A rather long answer")
    business.send(customer, "text", {"body": "https://example.com/" + "long" * 60})
    for width, dark in ((390, False), (390, True), (1280, False)):
        page = browser.page(f"{business.url}/phone?phone_number_id={ACME}&from=%2B{customer}", width=width, dark=dark)
        page.wait("document.querySelectorAll('.bubble').length === 2")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(
            "[...document.querySelectorAll('.bubble')].every((b) => b.getBoundingClientRect().right <= innerWidth)"
        )
        for node in page.call("Accessibility.getFullAXTree")["nodes"]:
            role = node.get("role", {}).get("value")
            if role in ("button", "link", "textbox", "image", "list") and not node.get("ignored"):
                assert node.get("name", {}).get("value") or role == "list", node
        assert not page.errors
        page.close()
