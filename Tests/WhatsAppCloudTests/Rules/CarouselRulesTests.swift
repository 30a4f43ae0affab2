import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Meta's rules for carousels")
struct CarouselRulesTests {
    private let place = "/interactive/action/cards"

    private func problems(_ cards: [String], around: String = "") throws -> [String] {
        try SendFixtures.problems(
            "interactive",
            #"{"type":"carousel","body":{"text":"B"},\#(around)"action":{"cards":[\#(cards.joined(separator: ","))]}}"#)
    }

    private func card(
        _ index: Int, header: String = #"{"type":"image","image":{"link":"https://a.example/i.png"}}"#,
        body: String? = nil,
        action: String = #"{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}"#
    ) -> String {
        let body = body.map { #""body":{"text":"\#($0)"},"# } ?? ""
        return #"{"card_index":\#(index),"type":"cta_url","header":\#(header),\#(body)"action":\#(action)}"#
    }

    @Test("2 to 10 cards")
    func count() throws {
        for (count, found) in [
            (1, ["\(place) wrong_count"]), (2, []), (9, []), (10, []), (11, ["\(place) wrong_count"]),
        ] {
            #expect(try problems((0..<count).map { card($0) }) == found, "\(count)")
        }
    }

    @Test("A card's text has up to 160 characters and 2 line breaks")
    func body() throws {
        func find(_ text: String) throws -> [String] { try problems([card(0, body: text), card(1, body: text)]) }
        for count in [1, 159, 160] { #expect(try find(ContentRulesTests.text(count)) == []) }
        #expect(try find(ContentRulesTests.text(161)).first == "\(place)/0/body/text wrong_length")
        #expect(try find(#"a\nb\nc"#) == [])
        #expect(try find(#"a\nb\nc\nd"#).first == "\(place)/0/body/text wrong_value")
    }

    @Test("Cards stand in their order, with a picture or film of one kind")
    func headers() throws {
        let film = #"{"type":"video","video":{"id":"med_a"}}"#
        #expect(try problems([card(0, header: film), card(1, header: film)]) == [])
        #expect(try problems([card(0), card(1, header: film)]) == ["\(place)/1 wrong_value"])
        #expect(try problems([card(0), card(0)]) == ["\(place)/1/card_index wrong_value"])
        let text = #"{"type":"text","text":"H"}"#
        #expect(
            try problems([card(0, header: text), card(1, header: text)]) == [
                "\(place)/0/header/type wrong_value", "\(place)/1/header/type wrong_value",
            ])
        let both = #"{"type":"image","image":{"id":"med_a","link":"http://a.example"}}"#
        #expect(
            try problems([card(0, header: both), card(1)]) == [
                "\(place)/0/header/image id_or_link", "\(place)/0/header/image/link wrong_value",
            ])
    }

    @Test("Cards have one link or the same number of buttons")
    func buttons() throws {
        func action(_ titles: [String]) -> String {
            let list = titles.map { #"{"type":"quick_reply","quick_reply":{"id":"\#($0)","title":"\#($0)"}}"# }
            return #"{"buttons":[\#(list.joined(separator: ","))]}"#
        }
        #expect(try problems([card(0, action: action(["a", "b"])), card(1, action: action(["c", "d"]))]) == [])
        #expect(
            try problems([card(0, action: action(["a"])), card(1, action: action(["c", "d"]))]) == [
                "\(place)/1 wrong_value"
            ])
        #expect(try problems([card(0), card(1, action: action(["c"]))]) == ["\(place)/1 wrong_value"])
        #expect(
            try problems([card(0, action: action(["a", "a"])), card(1, action: action(["c", "d"]))])
                == ["\(place)/0/action/buttons duplicate"])
        let long = ContentRulesTests.text(21)
        #expect(
            try problems([card(0, action: action([long])), card(1, action: action(["c"]))])
                == ["\(place)/0/action/buttons/0/quick_reply/title wrong_length"])
    }

    @Test("Cards of products need no header")
    func products() throws {
        func product(_ index: Int) -> String {
            #"{"card_index":\#(index),"type":"product","action":{"catalog_id":"c","product_retailer_id":"p\#(index)"}}"#
        }
        #expect(try problems([product(0), product(1)]) == [])
        #expect(try problems([product(0), card(1)]) == ["\(place)/1 wrong_value"])
    }

    @Test("Nothing stands over or under a carousel")
    func frame() throws {
        let around = #""header":{"type":"text","text":"H"},"footer":{"text":"F"},"#
        #expect(
            try problems([card(0), card(1)], around: around) == [
                "/interactive/header not_allowed", "/interactive/footer not_allowed",
            ])
    }
}
