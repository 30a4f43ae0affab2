import Testing

@testable import HubSandbox

struct TemplateSendTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: Int?
        let template: JSON

        init(_ description: String, _ code: Int?, _ name: String, _ components: JSON?, language: String = "en_US") {
            testDescription = description
            self.code = code
            template = ["name": JSON(name), "language": ["code": JSON(language)], "components": components]
        }
    }

    static func text(_ text: String, name: String? = nil) -> JSON {
        ["type": "text", "parameter_name": name.map { JSON($0) }, "text": JSON(text)]
    }

    static func body(_ parameters: JSON...) -> JSON { ["type": "body", "parameters": .array(parameters)] }
    static func header(_ parameters: JSON...) -> JSON { ["type": "header", "parameters": .array(parameters)] }
    static func button(_ type: String, _ index: JSON?, _ parameters: JSON...) -> JSON {
        ["type": "button", "sub_type": JSON(type), "index": index, "parameters": .array(parameters)]
    }

    static let picture: JSON = ["type": "image", "image": ["link": "https://example.com/a.jpg"]]
    static let payload: JSON = ["type": "payload", "payload": "yes"]
    static let ada = body(text("Ada"))

    static func card(_ index: Int) -> JSON {
        [
            "card_index": JSON(index),
            "components": [header(picture), button("quick_reply", 0, payload), button("url", "1", text("red"))],
        ]
    }

    static let rows: [Row] = [
        Row("components left out", nil, "hello_world", nil),
        Row("components that are no list", 100, "hello_world", ["type": "body"]),
        Row("unknown component", 100, "hello_world", [["type": "footer"]]),
        Row(
            "upper-case types", nil, "spring_offer", [["type": "BODY", "parameters": [["type": "TEXT", "text": "A"]]]]),
        Row("header that the template has not", 132000, "hello_world", [header(text("x"))]),
        Row(
            "amount and date", nil, "invoice_ready",
            [
                header(["type": "document", "document": ["link": "https://example.com/a.pdf", "filename": "a.pdf"]]),
                body(
                    ["type": "currency", "currency": ["fallback_value": "$1", "code": "USD", "amount_1000": 1000]],
                    ["type": "date_time", "date_time": ["fallback_value": "3 May"]]),
            ]),
        Row(
            "amount without code", 132012, "spring_offer",
            [body(["type": "currency", "currency": ["fallback_value": "$1", "amount_1000": 1000]])]),
        Row("picture in the text", 132012, "spring_offer", [body(picture)]),
        Row("line break in a value", 132018, "spring_offer", [body(text("a\nb"))]),
        Row("five spaces in a value", 132018, "spring_offer", [body(text("a     b"))]),
        Row("empty value", 131008, "spring_offer", [body(text(""))]),
        Row("text that gets too long", 132005, "spring_offer", [body(text(String(repeating: "a", count: 1024)))]),
        Row("header picture", nil, "new_arrivals", [header(picture), ada]),
        Row("header picture missing", 132012, "new_arrivals", [ada]),
        Row("header of another kind", 132012, "new_arrivals", [header(text("x")), ada]),
        Row(
            "header picture by a bad link", 131009, "new_arrivals",
            [header(["type": "image", "image": ["link": "nowhere"]]), ada]),
        Row(
            "header place", nil, "shop_location",
            [header(["type": "location", "location": ["latitude": 1, "longitude": 2, "name": "Shop"]])]),
        Row(
            "header place off the Earth", 131009, "shop_location",
            [header(["type": "location", "location": ["latitude": 100, "longitude": 2]])]),
        Row(
            "named values in any order", nil, "appointment_reminder",
            [
                header(text("Ada", name: "first_name")),
                body(text("Monday", name: "visit_day"), text("Ada", name: "first_name")),
            ]),
        Row(
            "named values without names", 132012, "appointment_reminder",
            [header(text("Ada")), body(text("Ada"), text("Monday"))]),
        Row(
            "a wrong name", 132012, "appointment_reminder",
            [
                header(text("Ada", name: "first_name")),
                body(text("Ada", name: "first_name"), text("Monday", name: "day")),
            ]),
        Row("named values missing", 132000, "appointment_reminder", [header(text("Ada", name: "first_name"))]),
        Row("quick reply", nil, "new_arrivals", [header(picture), ada, button("quick_reply", "1", payload)]),
        Row("button out of range", 132018, "new_arrivals", [header(picture), ada, button("quick_reply", 2, payload)]),
        Row("button of another type", 132018, "new_arrivals", [header(picture), ada, button("url", 0, text("x"))]),
        Row(
            "button twice", 132018, "new_arrivals",
            [header(picture), ada, button("quick_reply", 0, payload), button("quick_reply", 0, payload)]),
        Row("button without index", 100, "new_arrivals", [header(picture), ada, button("quick_reply", nil, payload)]),
        Row(
            "button with a wrong value", 132012, "new_arrivals",
            [header(picture), ada, button("quick_reply", 0, text("x"))]),
        Row("link", nil, "track_parcel", [body(text("7")), button("url", 0, text("7"))]),
        Row("link's value missing", 131008, "track_parcel", [body(text("7"))]),
        Row("link's values empty", 131008, "track_parcel", [body(text("7")), button("url", 0)]),
        Row("coupon", nil, "coupon_gift", [button("copy_code", 0, ["type": "coupon_code", "coupon_code": "A1"])]),
        Row("coupon missing", 131008, "coupon_gift", nil),
        Row(
            "coupon too long", 100, "coupon_gift",
            [button("copy_code", 0, ["type": "coupon_code", "coupon_code": JSON(String(repeating: "A", count: 21))])]),
        Row("flow", nil, "book_a_visit", [button("flow", 0, ["type": "action", "action": ["flow_token": "t"]])]),
        Row("flow without token", nil, "book_a_visit", nil),
        Row("one-time code", nil, "sign_in_code", [body(text("123456")), button("url", 0, text("123456"))]),
        Row("one-time code without button", 131008, "sign_in_code", [body(text("123456"))]),
        Row(
            "one-time code too long", 100, "sign_in_code",
            [body(text("1")), button("url", 0, text("1234567890123456"))]),
        Row("carousel", nil, "two_sofas", [ada, ["type": "carousel", "cards": [card(0), card(1)]]]),
        Row("carousel with a card missing", 132000, "two_sofas", [ada, ["type": "carousel", "cards": [card(0)]]]),
        Row(
            "carousel with a wrong index", 132018, "two_sofas",
            [ada, ["type": "carousel", "cards": [card(0), card(2)]]]),
        Row(
            "carousel with a card without picture", 132012, "two_sofas",
            [ada, ["type": "carousel", "cards": [card(0), ["card_index": 1, "components": []]]]]),
        Row("paused", 132015, "order_update_paused", [body(text("1"))]),
        Row("unknown", 132001, "no_such_template", nil),
        Row("unknown language", 132001, "hello_world", nil, language: "fr"),
    ]

    static let number = SandboxConfiguration.sample.numbers.first

    @Test(arguments: rows)
    func `a send fits its template or is refused with the code`(row: Row) throws {
        let number = try #require(Self.number)
        var found: Int?
        do throws(GraphError) {
            _ = try TemplateSendRules.resolve(
                row.template, in: TemplateRegistry(), account: number.businessAccountID)
        } catch { found = error.code }
        #expect(found == row.code)
    }

    @Test func `a count that does not match is said as Meta says it`() throws {
        let template: JSON = ["name": "order_confirmation", "language": ["code": "en_US"], "components": [Self.ada]]
        #expect(
            throws: GraphError.catalogued(
                132000, "body: number of localizable_params (1) does not match the expected number of params (3)")
        ) {
            try TemplateSendRules.resolve(template, in: TemplateRegistry(), account: "1")
        }
    }

    @Test(arguments: TemplateStatus.allCases)
    func `the state of a template decides whether it can be sent`(status: TemplateStatus) throws {
        var registry = TemplateRegistry()
        let id = try #require(registry.template(named: "hello_world", language: "en_US", of: "1")?.id)
        registry.update(id, of: "1", now: 0) { $0.status = status }
        var found: Int?
        do throws(GraphError) {
            _ = try TemplateSendRules.resolve(
                ["name": "hello_world", "language": ["code": "en_US"]], in: registry, account: "1")
        } catch { found = error.code }
        let expected: Int? =
            switch status {
            case .approved, .flagged, .reinstated, .unarchived: nil
            case .paused: 132015
            case .disabled: 132016
            default: 132001
            }
        #expect(found == expected)
    }

    @Test func `a one-time code cannot go to a user id`() throws {
        let number = try #require(Self.number)
        let code: JSON = [
            "messaging_product": "whatsapp", "recipient": "US.1349", "type": "template",
            "template": [
                "name": "sign_in_code", "language": ["code": "en_US"],
                "components": [Self.body(Self.text("1")), Self.button("url", 0, Self.text("1"))],
            ],
        ]
        #expect(throws: GraphError.catalogued(131062)) { try OutgoingMessage(checking: code, number: number) }
    }

    @Test func `values are put into the text by place or by name`() {
        let text = TemplateText("{{2}} and {{1}}, {{ 2 }}")
        #expect(text.variables == ["1", "2"])
        #expect(text.filled(["1": "a", "2": "b"]) == "b and a, b")
        #expect(TemplateText("{{day}} {{name}}").filled(["name": "Ada"]) == "{{day}} Ada")
    }
}
