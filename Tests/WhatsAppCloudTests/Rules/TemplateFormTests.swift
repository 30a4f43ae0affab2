import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("The form of a template's parameters")
struct TemplateFormTests {
    private let place = "/template/components"

    private func problems(_ components: String, name: String = "n", language: String = "en_US") throws -> [String] {
        try SendFixtures.problems(
            "template", #"{"name":"\#(name)","language":"\#(language)","components":[\#(components)]}"#)
    }

    @Test("A name has up to 512 small letters, digits and underscores")
    func name() throws {
        for count in [1, 511, 512] { #expect(try problems("", name: ContentRulesTests.text(count)) == []) }
        let long = MessageContent.Template(name: ContentRulesTests.text(513), language: "en")
        #expect(ContentCheck.problems(of: .template(long)).map(\.code) == ["wrong_length"])
        #expect(try problems("", name: "order_2") == [])
        for name in ["Order", "order-2", "ördér", "order 2"] {
            #expect(try problems("", name: name) == ["/template/name wrong_value"], "\(name)")
        }
    }

    @Test(
        "A language is a code with or without a country",
        arguments: [
            ("en", true), ("en_US", true), ("fil", true), ("zh_CN", true), ("english", false), ("en-US", false),
            ("e1", true), ("__", false),
        ])
    func language(code: String, isGood: Bool) throws {
        #expect(try problems("", language: code) == (isGood ? [] : ["/template/language wrong_value"]))
    }

    @Test("Components have a type, buttons a sub_type and a place as text or number")
    func components() throws {
        #expect(try problems(#"{"parameters":[]}"#) == ["\(place)/0/type missing"])
        #expect(
            try problems(#"{"type":"button","parameters":[]}"#) == [
                "\(place)/0/sub_type missing", "\(place)/0/index missing",
            ])
        for index in [#""0""#, "0", "9", #""9""#] {
            #expect(try problems(#"{"type":"BUTTON","sub_type":"url","index":\#(index),"parameters":[]}"#) == [])
        }
        for index in ["10", "-1", #""x""#, "1.5", "true"] {
            #expect(
                try problems(#"{"type":"button","sub_type":"url","index":\#(index)}"#) == [
                    "\(place)/0/index wrong_value"
                ])
        }
    }

    @Test("Every parameter has its value under its type's name")
    func parameters() throws {
        func find(_ parameter: String) throws -> [String] {
            try problems(#"{"type":"body","parameters":[\#(parameter)]}"#)
        }
        let at = "\(place)/0/parameters/0"
        for good in [
            #"{"type":"text","text":"a"}"#, #"{"type":"text","text":"a    b"}"#, #"{"type":"payload","payload":"p"}"#,
            #"{"type":"coupon_code","coupon_code":"c"}"#, #"{"type":"image","image":{"id":"med_a"}}"#,
            #"{"type":"location","location":{"latitude":"1","longitude":2,"name":"n"}}"#,
            #"{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1}}"#,
            #"{"type":"product","product":{"product_retailer_id":"p","catalog_id":"c"}}"#,
            #"{"type":"newer","newer":1}"#,
        ] {
            #expect(try find(good) == [], "\(good)")
        }
        let bad: [(String, [String])] = [
            (#"{"type":"text"}"#, ["\(at)/text missing"]), (#"{"type":"text","text":""}"#, ["\(at)/text wrong_length"]),
            (#"{"type":"text","text":"a\nb"}"#, ["\(at)/text wrong_value"]),
            (#"{"type":"text","text":"a\tb"}"#, ["\(at)/text wrong_value"]),
            (#"{"type":"text","text":"a     b"}"#, ["\(at)/text wrong_value"]),
            (
                #"{"type":"currency","currency":{"code":"USDX"}}"#,
                [
                    "\(at)/currency/fallback_value missing", "\(at)/currency/code wrong_length",
                    "\(at)/currency/amount_1000 missing",
                ]
            ),
            (#"{"type":"date_time","date_time":{}}"#, ["\(at)/date_time/fallback_value missing"]),
            (#"{"type":"image"}"#, ["\(at)/image missing"]),
            (#"{"type":"video","video":{}}"#, ["\(at)/video id_or_link"]),
            (#"{"type":"document","document":{"link":"http://a.example"}}"#, ["\(at)/document/link wrong_value"]),
            (#"{"type":"image","image":{"id":12}}"#, ["\(at)/image/id wrong_type"]),
            (#"{"type":"action"}"#, ["\(at)/action missing"]), (#"{"text":"a"}"#, ["\(at)/type missing"]),
        ]
        for (parameter, found) in bad { #expect(try find(parameter) == found, "\(parameter)") }
        #expect(try problems(#"{"type":"body","parameters":{}}"#) == ["\(place)/0/parameters wrong_type"])
    }

    @Test("A carousel has 2 to 10 cards in their order, and none within a card")
    func carousel() throws {
        func cards(_ count: Int, components: String = "") -> String {
            let list = (0..<count).map { #"{"card_index":\#($0),"components":[\#(components)]}"# }
            return #"{"type":"carousel","cards":[\#(list.joined(separator: ","))]}"#
        }
        let at = "\(place)/0/cards"
        for (count, found) in [(1, ["\(at) wrong_count"]), (2, []), (9, []), (10, []), (11, ["\(at) wrong_count"])] {
            #expect(try problems(cards(count)) == found, "\(count)")
        }
        #expect(try problems(#"{"type":"carousel"}"#) == ["\(at) missing"])
        #expect(
            try problems(#"{"type":"carousel","cards":[{"card_index":1,"components":[]},{"card_index":1}]}"#) == [
                "\(at)/0/card_index wrong_value", "\(at)/1/components missing",
            ])
        #expect(
            try problems(cards(2, components: #"{"type":"carousel","cards":[]}"#)) == [
                "\(at)/0/components/0/type not_allowed", "\(at)/1/components/0/type not_allowed",
            ])
        #expect(
            try problems(cards(2, components: #"{"type":"body","parameters":[{"type":"text"}]}"#)).first
                == "\(at)/0/components/0/parameters/0/text missing")
    }
}
