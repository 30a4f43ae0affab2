import Testing

@testable import HubSandbox

struct MessageCardTests {
    @Test(
        arguments: [
            ("button", ["buttons": [["reply": ["id": "y", "title": "Yes"]]]], "reply"),
            ("list", ["button": "Menu", "sections": [["rows": [["id": "1", "title": "One"]]]]], "list"),
            ("cta_url", ["parameters": ["display_text": "Open", "url": "https://example.com"]], "url"),
            ("location_request_message", ["name": "send_location"], "location"),
            ("flow", ["parameters": ["flow_cta": "Book", "flow_token": "t"]], "flow"),
            ("product", ["catalog_id": "1", "product_retailer_id": "a"], "products"),
            ("product_list", ["catalog_id": "1", "sections": []], "products"),
            ("catalog_message", ["name": "catalog_message"], "products"),
            ("request_contact_info", ["name": "request_contact_info"], "contact"),
            ("call_permission_request", ["name": "call_permission_request"], "call_permission"),
            ("voice_call", ["name": "voice_call"], "voice_call"),
            ("address_message", ["parameters": ["country": "IN"]], "address"),
        ] as [(String, JSON, String)])
    func `each interactive message has a button of its kind`(type: String, action: JSON, kind: String) {
        let content: JSON = [
            "type": JSON(type), "header": ["type": "text", "text": "Head"], "body": ["text": "Body"],
            "footer": ["text": "Foot"], "action": action,
        ]
        let card = MessageCard.make(type: "interactive", content: content)
        #expect(card["header"] == ["text": "Head"])
        #expect(card["text"]?.text == "Body")
        #expect(card["footer"]?.text == "Foot")
        #expect(card["buttons"]?.elements?.map { $0["kind"]?.text } == [kind])
        #expect(card["buttons"]?.elements?.first?["title"]?.text?.isEmpty == false)
    }

    @Test func `a carousel has its cards with pictures and buttons`() {
        let card: JSON = [
            "card_index": 0, "type": "cta_url", "header": ["type": "image", "image": ["id": "77"]],
            "body": ["text": "A chair"],
            "action": ["name": "cta_url", "parameters": ["display_text": "See", "url": "https://example.com"]],
        ]
        let made = MessageCard.make(
            type: "interactive",
            content: ["type": "carousel", "body": ["text": "New"], "action": ["cards": [card, card]]])
        #expect(made["cards"]?.elements?.count == 2)
        let first = made["cards"]?.elements?.first
        #expect(first?["header"]?["media"]?["url"]?.text == "/phone/media/77")
        #expect(first?["buttons"]?.elements?.first?["kind"]?.text == "url")
    }

    @Test func `a bill shows its lines in whole money`() {
        let parameters: JSON = [
            "reference_id": "R-7", "total_amount": ["value": 21005, "offset": 100],
            "order": [
                "status": "pending",
                "items": [["name": "Chair", "quantity": 2, "amount": ["value": 50, "offset": 1000]]],
            ],
        ]
        let made = MessageCard.make(
            type: "interactive",
            content: ["type": "order_details", "body": ["text": "Bill"], "action": ["parameters": parameters]])
        #expect(made["facts"]?.elements?.map { $0["value"]?.text } == ["R-7", "0.050", "210.05", "pending"])
    }

    @Test func `an id that no file has makes no address`() {
        #expect(MessageCard.media(["id": "../../_sandbox"], kind: "image")["url"] == nil)
        #expect(MessageCard.media(["id": 12], kind: "image")["url"]?.text == "/phone/media/12")
        #expect(MessageCard.media(["link": "https://example.com/a.png"], kind: "image")["link"] != nil)
    }

    @Test func `every example can be shown in one line`() {
        let place = InboundExample.Place(
            number: SandboxConfiguration.sample.numbers[0], customer: "16505551234", userID: "US.1",
            businessMessage: "wamid.1", customerMessage: "wamid.2")
        for example in InboundExample.all {
            let preview = MessagePreview(inbound: example.made(place).content)
            #expect(!preview.summary.isEmpty, "\(example.name)")
            let lines = preview.summary.split(whereSeparator: \.isNewline)
            #expect(lines.count == 1)
        }
    }
}

struct TemplateCardTests {
    @Test func `a template is shown with its own texts and the values of the send`() {
        let components: [JSON] = [
            ["type": "HEADER", "format": "TEXT", "text": "Hello {{1}}"],
            ["type": "BODY", "text": "Order {{number}} for {{price}} on {{day}}"], ["type": "FOOTER", "text": "Acme"],
            [
                "type": "BUTTONS",
                "buttons": [
                    ["type": "QUICK_REPLY", "text": "Stop"],
                    ["type": "URL", "text": "Track", "url": "https://example.com/{{1}}"],
                    ["type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550783881"],
                    ["type": "COPY_CODE", "example": "X"],
                ],
            ],
        ]
        let sent: JSON = [
            "components": [
                ["type": "HEADER", "parameters": [["type": "text", "text": "Ada"]]],
                [
                    "type": "body",
                    "parameters": [
                        ["type": "text", "parameter_name": "number", "text": "7"],
                        ["type": "currency", "parameter_name": "price", "currency": ["fallback_value": "$5"]],
                        ["type": "date_time", "parameter_name": "day", "date_time": ["fallback_value": "Monday"]],
                    ],
                ],
                ["type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [["payload": "stop-1"]]],
                ["type": "button", "sub_type": "url", "index": 1, "parameters": [["type": "text", "text": "t7"]]],
                ["type": "button", "sub_type": "copy_code", "index": 3, "parameters": [["coupon_code": "25OFF"]]],
            ]
        ]
        let card = TemplateCard.make(components: components, sent: sent)
        #expect(card["header"] == ["text": "Hello Ada"])
        #expect(card["text"]?.text == "Order 7 for $5 on Monday")
        #expect(card["footer"]?.text == "Acme")
        #expect(
            card["buttons"] == [
                ["kind": "quick_reply", "title": "Stop", "payload": "stop-1"],
                ["kind": "url", "title": "Track", "url": "https://example.com/t7"],
                ["kind": "call", "title": "Call", "phone": "+15550783881"],
                ["kind": "copy", "title": "Copy code", "code": "25OFF"],
            ])
    }

    @Test func `a code has the text that WhatsApp gives it`() {
        let components: [JSON] = [
            ["type": "BODY", "add_security_recommendation": true], ["type": "FOOTER", "code_expiration_minutes": 10],
        ]
        let sent: JSON = ["components": [["type": "body", "parameters": [["type": "text", "text": "123456"]]]]]
        let card = TemplateCard.make(components: components, sent: sent)
        #expect(card["text"]?.text?.hasPrefix("*123456* is your verification code.") == true)
        #expect(card["footer"]?.text == "This code expires in 10 minutes.")
    }

    @Test func `cards of a carousel get the values of their index`() {
        let definition: JSON = ["components": [["type": "BODY", "text": "For {{1}}"]]]
        let values: (Int, String) -> JSON = { index, name in
            [
                "card_index": JSON(index),
                "components": [["type": "body", "parameters": [["type": "text", "text": JSON(name)]]]],
            ]
        }
        let card = TemplateCard.make(
            components: [["type": "CAROUSEL", "cards": [definition, definition]]],
            sent: ["components": [["type": "carousel", "cards": [values(1, "Grace"), values(0, "Ada")]]]])
        #expect(card["cards"]?.elements?.map { $0["text"]?.text } == ["For Ada", "For Grace"])
    }
}
