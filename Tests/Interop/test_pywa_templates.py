"""pywa manages templates and sends with them."""

import pytest
from pywa import errors
from pywa.types import Pagination
from pywa.types.templates import (
    AuthenticationBody,
    AuthenticationFooter,
    BodyText,
    Buttons,
    Carousel,
    CarouselCard,
    CopyCodeButton,
    CopyCodeOTPButton,
    CreatedTemplate,
    FooterText,
    HeaderDocument,
    HeaderImage,
    HeaderLocation,
    HeaderText,
    ParamFormat,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    TemplateQualityUpdate,
    TemplateStatus,
    TemplateStatusUpdate,
    URLButton,
)
from pywa_kit import BUSINESS_ACCOUNT_ID, PERSON, Receiver, Sandbox

from harness.waiting import eventually

ENGLISH = TemplateLanguage.ENGLISH_US
LINK = "https://files.example/"


def parcel(name: str = "parcel_sent") -> Template:
    return Template(
        name=name,
        language=ENGLISH,
        category=TemplateCategory.UTILITY,
        components=[
            HeaderText("Order {{1}}", "A-7"),
            BodyText("Hi {{1}}, your parcel comes on {{2}}, all day long.", "Ada", "Tuesday"),
            FooterText(text="Acme Ltd"),
            Buttons(
                buttons=[
                    URLButton(text="Track", url="https://acme.example/t/{{1}}", example="A-7"),
                    QuickReplyButton(text="Not at home"),
                ]
            ),
        ],
        parameter_format=ParamFormat.POSITIONAL,
    )


def approved(receiver: Receiver, template: Template) -> CreatedTemplate:
    """Creates a template and waits for the word of the review, which comes as a webhook."""
    made = receiver.client.create_template(template)
    assert made.status == TemplateStatus.PENDING
    told = receiver.wait_for(
        TemplateStatusUpdate, "the review was told", lambda update: str(update.template_id) == str(made.id)
    )
    assert told.new_status == TemplateStatus.APPROVED
    assert told.template_name == template.name
    return made


def components(sandbox: Sandbox, sent) -> list[dict]:
    return sandbox.body_of(sent.id)["template"].get("components", [])


def test_a_template_is_created_read_listed_edited_sent_and_deleted(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    made = approved(receiver, parcel())
    known = client.get_template(made.id)
    assert known.name == "parcel_sent"
    assert known.status == TemplateStatus.APPROVED
    assert [type(component) for component in known.components] == [HeaderText, BodyText, FooterText, Buttons]
    assert "parcel_sent" in [template.name for template in client.get_templates(statuses=[TemplateStatus.APPROVED])]
    assert [template.name for template in client.get_templates(name="parcel_sent")] == ["parcel_sent"]

    sent = client.send_template(
        to=PERSON,
        name="parcel_sent",
        language=ENGLISH,
        params=[
            HeaderText.params("A-8"),
            BodyText.params("Grace", "Friday"),
            URLButton.params(url_variable="A-8", index=0),
            QuickReplyButton.params(callback_data="away", index=1),
        ],
    )
    types = [(part["type"].lower(), part.get("sub_type", "").lower()) for part in components(sandbox, sent)]
    assert types == [("header", ""), ("body", ""), ("button", "url"), ("button", "quick_reply")]

    changed = client.update_template(
        made.id, new_components=[BodyText("Hi {{1}}, your parcel came, as we had hoped.", "Ada")]
    )
    assert changed.id
    eventually(
        lambda: client.get_template(made.id).status == TemplateStatus.APPROVED, "the changed template is approved"
    )
    assert client.send_template(PERSON, "parcel_sent", ENGLISH, [BodyText.params("Ada")]).id
    assert client.delete_template("parcel_sent").success
    with pytest.raises(errors.TemplateNotExists):
        client.send_template(PERSON, "parcel_sent", ENGLISH, [BodyText.params("Ada")])
    assert receiver.complaints.lines == []


def test_pages_of_templates_follow_each_other(receiver: Receiver, sandbox: Sandbox) -> None:
    """pywa 4 cannot make a second page of templates itself, so that the cursor is handed on by hand."""
    ids, after = [], None
    while True:
        page = receiver.client.get_templates(pagination=Pagination(limit=5, after=after))
        ids += [template.id for template in page]
        if not page.has_next:
            break
        assert len(page) == 5
        after = page.after
    assert len(ids) == len(set(ids)) == 14


def test_what_the_review_refuses_and_what_is_wrong_from_the_start(receiver: Receiver) -> None:
    client = receiver.client
    made = client.create_template(parcel("parcel_rejected"))
    told = receiver.wait_for(
        TemplateStatusUpdate, "the refusal was told", lambda update: str(update.template_id) == str(made.id)
    )
    assert told.new_status == TemplateStatus.REJECTED
    body = [BodyText("{{1}} is what your parcel is called", "A-7")]
    with pytest.raises(errors.WhatsAppError):
        client.create_template(
            Template(name="begins", language=ENGLISH, category=TemplateCategory.UTILITY, components=body)
        )


def test_quality_is_told_and_pauses(receiver: Receiver, sandbox: Sandbox) -> None:
    sandbox.control(
        "POST", "/template", {"business_account_id": BUSINESS_ACCOUNT_ID, "name": "spring_offer", "quality": "RED"}
    )
    told = receiver.wait_for(TemplateQualityUpdate, "the quality was told")
    assert told.template_name == "spring_offer"
    receiver.wait_for(
        TemplateStatusUpdate, "the pause was told", lambda update: update.new_status == TemplateStatus.PAUSED
    )
    with pytest.raises(errors.TemplatePaused):
        receiver.client.send_template(PERSON, "spring_offer", ENGLISH, [BodyText.params("Ada")])
    assert receiver.complaints.lines == []


def test_named_values(receiver: Receiver, sandbox: Sandbox) -> None:
    sent = receiver.client.send_template(
        PERSON,
        "appointment_reminder",
        ENGLISH,
        [HeaderText.params(first_name="Ada"), BodyText.params(first_name="Ada", visit_day="Tuesday")],
    )
    named = [p["parameter_name"] for part in components(sandbox, sent) for p in part["parameters"]]
    assert named == ["first_name", "first_name", "visit_day"]
    with pytest.raises(errors.WhatsAppError):
        receiver.client.send_template(
            PERSON, "appointment_reminder", ENGLISH, [HeaderText.params("Ada"), BodyText.params("Ada", "Tuesday")]
        )


def test_media_and_places_in_the_header(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    picture = client.upload_media(b"\xff\xd8\xff\xe0" + bytes(60), mime_type="image/jpeg", filename="new.jpg")
    for image in (picture.id, LINK + "new.jpg"):
        sent = client.send_template(
            PERSON, "new_arrivals", ENGLISH, [HeaderImage.params(image=image), BodyText.params("Ada")]
        )
        header = components(sandbox, sent)[0]["parameters"][0]
        assert header["type"].lower() == "image"
        assert header["image"] in ({"id": image}, {"link": image})
    sent = client.send_template(
        PERSON,
        "invoice_ready",
        ENGLISH,
        [HeaderDocument.params(document=LINK + "7.pdf", filename="7.pdf"), BodyText.params("7", "$ 12")],
    )
    assert components(sandbox, sent)[0]["parameters"][0]["document"]["link"] == LINK + "7.pdf"
    place = HeaderLocation.params(lat=37.4847, lon=-122.1484, name="Acme", address="101 Forest Ave")
    sent = client.send_template(PERSON, "shop_location", ENGLISH, [place])
    assert float(components(sandbox, sent)[0]["parameters"][0]["location"]["latitude"]) == 37.4847


def test_buttons_codes_and_carousels(receiver: Receiver, sandbox: Sandbox) -> None:
    client = receiver.client
    link = URLButton.params(url_variable="A-8", index=0)
    assert client.send_template(PERSON, "track_parcel", ENGLISH, [BodyText.params("Ada"), link]).id
    coupon = CopyCodeButton.params(coupon_code="SPRING25", index=0)
    sent = client.send_template(PERSON, "coupon_gift", ENGLISH, [coupon])
    assert components(sandbox, sent)[-1]["parameters"][0]["coupon_code"] == "SPRING25"
    code = [AuthenticationBody.params(otp="123456"), CopyCodeOTPButton.params(otp="123456")]
    assert client.send_template(PERSON, "sign_in_code", ENGLISH, code).id
    cards = [
        CarouselCard.params(
            index=index,
            params=[
                HeaderImage.params(image=LINK + f"{index}.png"),
                QuickReplyButton.params(callback_data=f"sofa-{index}", index=0),
                URLButton.params(url_variable=f"{index}", index=1),
            ],
        )
        for index in range(2)
    ]
    sent = client.send_template(PERSON, "two_sofas", ENGLISH, [BodyText.params("Ada"), Carousel.params(cards=cards)])
    carousel = next(part for part in components(sandbox, sent) if part["type"].lower() == "carousel")
    assert [card["card_index"] for card in carousel["cards"]] == [0, 1]


def test_a_code_template_is_made_and_sent(receiver: Receiver) -> None:
    approved(
        receiver,
        Template(
            name="my_code",
            language=ENGLISH,
            category=TemplateCategory.AUTHENTICATION,
            components=[
                AuthenticationBody(add_security_recommendation=True),
                AuthenticationFooter(code_expiration_minutes=5),
                Buttons(buttons=[CopyCodeOTPButton(text="Copy")]),
            ],
        ),
    )
    code = [AuthenticationBody.params(otp="654321"), CopyCodeOTPButton.params(otp="654321")]
    assert receiver.client.send_template(PERSON, "my_code", ENGLISH, code).id
