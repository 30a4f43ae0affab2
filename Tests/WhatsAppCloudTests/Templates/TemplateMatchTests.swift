import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("A send against its template")
struct TemplateMatchTests {
    private let place = "/template/components"

    private func problems(_ template: String, isNamed: Bool = false, sending components: String) throws -> [String] {
        try details(template, isNamed: isNamed, sending: components).map { "\($0.pointer) \($0.code)" }
    }

    private func details(
        _ template: String, isNamed: Bool = false, sending components: String
    ) throws -> [RequestProblem] {
        let known = MessageTemplate(
            providerID: "1", name: "n", language: "en", status: .approved, category: "UTILITY",
            hasNamedParameters: isNamed, components: try JSON.parse("[\(template)]").elements)
        let send = MessageContent.Template(
            name: "n", language: "en", components: try JSON.parse("[\(components)]").elements)
        return try Harness.channel().problems(of: send, using: known)
    }

    private static func texts(_ count: Int) -> String {
        (0..<count).map { _ in #"{"type":"text","text":"a"}"# }.joined(separator: ",")
    }

    private static func body(_ parameters: String) -> String { #"{"type":"body","parameters":[\#(parameters)]}"# }

    @Test("As many values as there are placeholders, each counted once")
    func numbered() throws {
        let template = #"{"type":"BODY","text":"Hi {{1}}, {{2}} and {{1}} again"}"#
        for (count, found) in [
            (1, ["\(place)/0/parameters parameter_count"]), (2, []), (3, ["\(place)/0/parameters parameter_count"]),
        ] {
            #expect(try problems(template, sending: Self.body(Self.texts(count))) == found, "\(count)")
        }
        #expect(try problems(template, sending: "") == ["\(place) missing_component"])
        let detail = try details(template, sending: Self.body(Self.texts(1))).first?.detail
        #expect(detail == "must have 2 parameters, one for each placeholder of the template, and has 1")
    }

    @Test("A template without placeholders takes no values")
    func fixed() throws {
        let template = #"{"type":"BODY","text":"Hi"},{"type":"FOOTER","text":"Bye"}"#
        #expect(try problems(template, sending: "") == [])
        #expect(try problems(template, sending: Self.body("")) == [])
        #expect(try problems(template, sending: Self.body(Self.texts(1))) == ["\(place)/0/parameters parameter_count"])
        #expect(
            try problems(template, sending: #"{"type":"header","parameters":[{"type":"text","text":"a"}]}"#)
                == ["\(place)/0 extra_component"])
        #expect(
            try problems(template, sending: #"{"type":"footer","parameters":[{"type":"text","text":"a"}]}"#)
                == ["\(place)/0/parameters parameter_count"])
    }

    @Test("Named values are told by their names, in any order")
    func named() throws {
        let template = #"{"type":"BODY","text":"Hi {{first_name}}, {{ order }} is here"}"#
        func value(_ name: String) -> String { #"{"type":"text","parameter_name":"\#(name)","text":"a"}"# }
        func find(_ values: String...) throws -> [RequestProblem] {
            try details(template, isNamed: true, sending: Self.body(values.joined(separator: ",")))
        }
        #expect(try find(value("order"), value("first_name")) == [])
        let missing = try find(value("order"))
        #expect(
            missing.map(\.code) == ["missing_parameter"]
                && missing[0].detail == "must have a parameter named first_name")
        #expect(missing[0].pointer == "\(place)/0/parameters")
        let unknown = try find(value("order"), value("first_name"), value("last_name"))
        #expect(unknown.map(\.pointer) == ["\(place)/0/parameters/2/parameter_name"])
        #expect(try find(value("order"), value("order"), value("first_name")).map(\.code) == ["duplicate"])
        #expect(
            try find(value("order"), #"{"type":"text","text":"a"}"#).map(\.code) == [
                "parameter_name", "missing_parameter",
            ])
    }

    @Test("A text takes texts, amounts and dates")
    func types() throws {
        let template = #"{"type":"BODY","text":"{{1}} {{2}} {{3}}"}"#
        #expect(
            try problems(
                template,
                sending: Self.body(#"{"type":"text"},{"type":"currency"},{"type":"date_time"}"#)) == [])
        #expect(
            try problems(template, sending: Self.body(#"{"type":"text"},{"type":"image"},{"type":"payload"}"#)) == [
                "\(place)/0/parameters/1/type parameter_type", "\(place)/0/parameters/2/type parameter_type",
            ])
    }

    @Test(
        "A header takes one value of its kind",
        arguments: [
            ("IMAGE", "image"), ("VIDEO", "video"), ("DOCUMENT", "document"), ("LOCATION", "location"),
            ("PRODUCT", "product"),
            ("GIF", "gif"), ("GIF", "video"),
        ])
    func headers(format: String, type: String) throws {
        let template = #"{"type":"HEADER","format":"\#(format)"},{"type":"BODY","text":"Hi"}"#
        func header(_ parameters: String) -> String { #"{"type":"header","parameters":[\#(parameters)]}"# }
        let value = #"{"type":"\#(type)"}"#
        #expect(try problems(template, sending: header(value)) == [])
        #expect(try problems(template, sending: "") == ["\(place) missing_component"])
        #expect(try problems(template, sending: header("")) == ["\(place)/0/parameters parameter_count"])
        #expect(
            try problems(template, sending: header("\(value),\(value)")) == ["\(place)/0/parameters parameter_count"])
        #expect(
            try problems(template, sending: header(#"{"type":"text","text":"a"}"#)) == [
                "\(place)/0/parameters/0/type parameter_type"
            ])
    }

    @Test("A header's text has its own placeholder")
    func textHeader() throws {
        let open = #"{"type":"HEADER","format":"TEXT","text":"Order {{1}}"},{"type":"BODY","text":"Hi"}"#
        let header = #"{"type":"header","parameters":[{"type":"text","text":"a"}]}"#
        #expect(try problems(open, sending: header) == [])
        #expect(try problems(open, sending: "") == ["\(place) missing_component"])
        let fixed = #"{"type":"HEADER","format":"TEXT","text":"Order"},{"type":"BODY","text":"Hi"}"#
        #expect(try problems(fixed, sending: header) == ["\(place)/0 extra_component"])
    }

    @Test("Unknown components and components that stand twice")
    func components() throws {
        let template = #"{"type":"BODY","text":"Hi {{1}}"}"#
        let body = Self.body(Self.texts(1))
        #expect(try problems(template, sending: "\(body),\(body)") == ["\(place)/1 duplicate"])
        #expect(
            try problems(template, sending: #"\#(body),{"type":"headline"}"#) == ["\(place)/1/type unknown_component"])
        #expect(
            try problems(template, sending: #"\#(body),{"type":"carousel","cards":[]}"#) == [
                "\(place)/1 extra_component"
            ])
        #expect(
            try problems(template, sending: #"\#(body),{"type":"limited_time_offer","parameters":[]}"#)
                == ["\(place)/1 extra_component"])
        #expect(try problems(template, sending: #"\#(body),{"type":"tap_target_configuration","parameters":[]}"#) == [])
    }

    @Test("Without its components a template is not compared")
    func unknown() throws { #expect(try problems("", sending: Self.body(Self.texts(9))) == []) }

    @Test("An offer that ends is told when")
    func offer() throws {
        let template =
            #"{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Now!","has_expiration":true}},{"type":"BODY","text":"Hi"}"#
        #expect(try problems(template, sending: "") == ["\(place) missing_component"])
        #expect(
            try problems(
                template,
                sending:
                    #"{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1}}]}"#
            ) == [])
    }

    @Test("A one-time code goes into the text and the button, in the form of a draft and of a list")
    func code() throws {
        let draft =
            #"{"type":"BODY","add_security_recommendation":true},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}"#
        let listed =
            #"{"type":"BODY","text":"*{{1}}* is your code."},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy","url":"https://www.whatsapp.com/otp/code/?code=otp{{1}}"}]}"#
        let button = #"{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}"#
        for template in [draft, listed] {
            #expect(try problems(template, sending: "\(Self.body(Self.texts(1))),\(button)") == [])
            #expect(try problems(template, sending: Self.body(Self.texts(1))) == ["\(place) missing_component"])
            #expect(try problems(template, sending: button) == ["\(place) missing_component"])
        }
    }

    @Test("A carousel has the template's cards, each with its own values")
    func carousel() throws {
        func card(_ text: String) -> String {
            #"{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"\#(text)"},{"type":"BUTTONS","buttons":[{"type":"URL","url":"https://a.example/{{1}}"}]}]}"#
        }
        let template = #"{"type":"BODY","text":"Hi"},{"type":"CAROUSEL","cards":[\#(card("A {{1}}")),\#(card("B"))]}"#
        func sent(_ index: Int, _ values: Int, header: String = "image") -> String {
            #"{"card_index":\#(index),"components":[{"type":"header","parameters":[{"type":"\#(header)"}]},\#(Self.body(Self.texts(values))),{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"s"}]}]}"#
        }
        func cards(_ list: String...) -> String { #"{"type":"carousel","cards":[\#(list.joined(separator: ","))]}"# }
        #expect(try problems(template, sending: cards(sent(0, 1), sent(1, 0))) == [])
        #expect(try problems(template, sending: cards(sent(0, 1))) == ["\(place)/0/cards card_count"])
        #expect(try problems(template, sending: "") == ["\(place) missing_component"])
        #expect(
            try problems(template, sending: cards(sent(0, 1), sent(1, 1, header: "video"))) == [
                "\(place)/0/cards/1/components/0/parameters/0/type parameter_type",
                "\(place)/0/cards/1/components/1/parameters parameter_count",
            ])
    }
}
