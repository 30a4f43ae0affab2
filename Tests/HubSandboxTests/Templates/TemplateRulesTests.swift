import Testing

@testable import HubSandbox

struct TemplateRulesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The subcode, 0 for an error without one, nil for none.
        let subcode: Int?
        let draft: JSON

        init(
            _ name: String, _ subcode: Int?, _ components: [JSON], category: String = "MARKETING", format: String? = nil
        ) {
            testDescription = name
            self.subcode = subcode
            draft = [
                "name": "a", "language": "en_US", "category": JSON(category),
                "parameter_format": format.map { JSON($0) }, "components": .array(components),
            ]
        }

        init(_ name: String, draft: JSON) {
            testDescription = name
            subcode = 0
            self.draft = draft
        }
    }

    static func body(_ text: String, _ examples: [JSON]? = nil) -> JSON {
        ["type": "BODY", "text": JSON(text), "example": examples.map { ["body_text": [.array($0)]] }]
    }

    static let plain = body("Hello there")
    static func buttons(_ buttons: JSON...) -> JSON { ["type": "BUTTONS", "buttons": .array(buttons)] }
    static let reply: JSON = ["type": "QUICK_REPLY", "text": "Yes"]
    static let url: JSON = ["type": "URL", "text": "Open", "url": "https://example.com/"]
    static func otp(_ more: JSON) -> JSON {
        buttons(.object([JSON.Member(name: "type", value: "OTP")] + (more.members ?? [])))
    }
    static func long(_ count: Int) -> String { String(repeating: "a", count: count) }

    static let rows: [Row] = [
        Row("body alone", nil, [plain]),
        Row("no body", 2_388_043, [["type": "FOOTER", "text": "x"]]),
        Row("body without text", 2_388_043, [["type": "BODY"]]),
        Row("body too long", 2_388_040, [body(long(1025))]),
        Row("variable without example", 2_388_043, [body("Hello {{1}} and welcome")]),
        Row("variable with example", nil, [body("Hello {{1}} and welcome", ["Ada"])]),
        Row("gap in variables", 2_388_072, [body("Hello {{2}} and welcome", ["Ada"])]),
        Row("broken variable", 2_388_072, [body("Hello {{ and }} welcome")]),
        Row("variable at the start", 2_388_299, [body("{{1}} is here now", ["Ada"])]),
        Row("variable at the end", 2_388_299, [body("Here is now {{1}}", ["Ada"])]),
        Row("variables beside each other", 2_388_299, [body("We greet you {{1}} {{2}} today", ["A", "B"])]),
        Row("too many variables for the text", 2_388_293, [body("Hi {{1}}, {{2}}.", ["A", "B"])]),
        Row(
            "named variable", nil,
            [
                [
                    "type": "BODY", "text": "Hello {{name}} and welcome",
                    "example": ["body_text_named_params": [["param_name": "name", "example": "Ada"]]],
                ]
            ], format: "NAMED"),
        Row("named variable in a positional template", 2_388_072, [body("Hello {{name}} and welcome", ["Ada"])]),
        Row("upper-case name", 2_388_072, [body("Hello {{Name}} and welcome", ["Ada"])], format: "named"),
        Row("text header", nil, [["type": "HEADER", "format": "TEXT", "text": "News"], plain]),
        Row("header too long", 2_388_040, [["type": "HEADER", "format": "TEXT", "text": JSON(long(61))], plain]),
        Row("header with a line break", 2_388_047, [["type": "HEADER", "format": "TEXT", "text": "a\nb"], plain]),
        Row("header without format", 0, [["type": "HEADER", "text": "News"], plain]),
        Row("picture without sample", 2_388_043, [["type": "HEADER", "format": "IMAGE"], plain]),
        Row(
            "picture with sample", nil,
            [["type": "HEADER", "format": "IMAGE", "example": ["header_handle": ["4::a"]]], plain]),
        Row("place", nil, [["type": "HEADER", "format": "LOCATION"], plain]),
        Row("footer", nil, [plain, ["type": "FOOTER", "text": "Bye"]]),
        Row("footer with variable", 2_388_073, [plain, ["type": "FOOTER", "text": "Bye {{1}}"]]),
        Row("footer too long", 2_388_040, [plain, ["type": "FOOTER", "text": JSON(long(61))]]),
        Row("two bodies", 0, [plain, plain]),
        Row("unknown component", 0, [plain, ["type": "SIDEBAR"]]),
        Row("buttons", nil, [plain, buttons(reply, url)]),
        Row("no buttons", 2_388_043, [plain, buttons()]),
        Row("mixed buttons", 0, [plain, buttons(reply, url, reply)]),
        Row("three links", 0, [plain, buttons(url, url, url)]),
        Row("button too long", 0, [plain, buttons(["type": "QUICK_REPLY", "text": JSON(long(26))])]),
        Row("unknown button", 0, [plain, buttons(["type": "LEVER", "text": "x"])]),
        Row(
            "link with variable", nil,
            [
                plain,
                buttons([
                    "type": "URL", "text": "Go", "url": "https://a.example/{{1}}", "example": ["https://a.example/1"],
                ]),
            ]),
        Row(
            "link with variable, without example", 2_388_043,
            [plain, buttons(["type": "URL", "text": "Go", "url": "https://a.example/{{1}}"])]),
        Row(
            "link with variable in the middle", 0,
            [plain, buttons(["type": "URL", "text": "Go", "url": "https://a.example/{{1}}/x", "example": ["x"]])]),
        Row("coupon", nil, [plain, buttons(["type": "COPY_CODE", "example": "25OFF"])]),
        Row("flow without flow", 2_388_043, [plain, buttons(["type": "FLOW", "text": "Go"])]),
        Row("flow", nil, [plain, buttons(["type": "FLOW", "text": "Go", "flow_id": "1"])]),
        Row("code", nil, [["type": "BODY"], otp(["otp_type": "COPY_CODE"])], category: "AUTHENTICATION"),
        Row("code without button", 2_388_043, [["type": "BODY"]], category: "AUTHENTICATION"),
        Row("code with own text", 2_388_072, [plain, otp(["otp_type": "COPY_CODE"])], category: "AUTHENTICATION"),
        Row("code of unknown kind", 0, [["type": "BODY"], otp(["otp_type": "x"])], category: "AUTHENTICATION"),
        Row(
            "one tap without app", 2_388_043, [["type": "BODY"], otp(["otp_type": "ONE_TAP"])],
            category: "AUTHENTICATION"),
        Row(
            "one tap", nil,
            [
                ["type": "BODY", "add_security_recommendation": true],
                ["type": "FOOTER", "code_expiration_minutes": 5],
                otp(["otp_type": "ONE_TAP", "supported_apps": [["package_name": "a.b", "signature_hash": "K8a"]]]),
            ], category: "AUTHENTICATION"),
        Row(
            "expiry too late", 2_388_073,
            [["type": "BODY"], ["type": "FOOTER", "code_expiration_minutes": 91], otp(["otp_type": "COPY_CODE"])],
            category: "AUTHENTICATION"),
        Row("one-time code in marketing", 0, [plain, otp(["otp_type": "COPY_CODE"])]),
        Row("carousel of one card", 0, [plain, ["type": "CAROUSEL", "cards": [card]]]),
        Row("carousel", nil, [plain, ["type": "CAROUSEL", "cards": [card, card]]]),
        Row(
            "cards of two kinds", 0,
            [plain, ["type": "CAROUSEL", "cards": [card, ["components": [picture, plain]]]]]),
        Row(
            "card without picture", 2_388_043,
            [plain, ["type": "CAROUSEL", "cards": [["components": [plain]], card]]]),
        Row(
            "offer", nil, [["type": "LIMITED_TIME_OFFER", "limited_time_offer": ["text": "Now!"]], plain]),
        Row(
            "offer in utility", 0, [["type": "LIMITED_TIME_OFFER", "limited_time_offer": ["text": "Now!"]], plain],
            category: "UTILITY"),
        Row("unknown category", 0, [plain], category: "FUN"),
        Row("unknown format", 0, [plain], format: "free"),
        Row("no name", draft: ["language": "en_US", "category": "UTILITY", "components": [plain]]),
        Row("bad name", draft: ["name": "A b", "language": "en_US", "category": "UTILITY", "components": [plain]]),
        Row("no language", draft: ["name": "a", "category": "UTILITY", "components": [plain]]),
        Row("bad language", draft: ["name": "a", "language": "English", "category": "UTILITY", "components": [plain]]),
        Row("no category", draft: ["name": "a", "language": "en_US", "components": [plain]]),
        Row("no components", draft: ["name": "a", "language": "en_US", "category": "UTILITY"]),
    ]

    static let picture: JSON = ["type": "HEADER", "format": "IMAGE", "example": ["header_handle": ["4::a"]]]
    static let card: JSON = ["components": [picture, plain, buttons(reply)]]

    @Test(arguments: rows)
    func `a creation is taken or refused with its subcode`(row: Row) {
        var found: Int?
        do throws(GraphError) { _ = try TemplateDraft(row.draft) } catch {
            #expect(error.code == 100)
            found = error.subcode ?? 0
        }
        #expect(found == row.subcode)
    }

    @Test func `every sample passes the rules`() throws {
        for sample in SampleTemplates.all {
            try TemplateRules.check(sample.components, category: sample.category, format: sample.format)
        }
    }

    @Test func `an account has its limits of templates and of creations an hour`() {
        var registry = TemplateRegistry()
        func create(_ name: String, account: String, now: Int) -> Int? {
            do throws(GraphError) {
                _ = try registry.create(try TemplateDraft(TemplateTests.draft(name)), account: account, now: now)
                return nil
            } catch {
                return error.subcode ?? error.code
            }
        }
        let twice = [create("a", account: "1", now: 0), create("a", account: "1", now: 0)]
        #expect(twice == [nil, 2_388_024])
        var time = 0
        while registry.templates(of: "1").count < TemplateRegistry.accountLimit {
            time += 3600 / TemplateRegistry.hourlyLimit + 1
            let result = create("t\(time)", account: "1", now: time)
            guard result == nil else {
                Issue.record("refused with \(result ?? 0)")
                return
            }
        }
        let over = create("over", account: "1", now: time + 3600)
        #expect(over == 2_388_019)
        let results = (0...TemplateRegistry.hourlyLimit).map { create("h\($0)", account: "2", now: 0) }
        #expect(results.last == 80007)
        #expect(results.dropLast().allSatisfy { $0 == nil })
    }
}
