import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Meta's rules for interactive messages")
struct InteractiveRulesTests {
    private static let button = #"{"buttons":[{"type":"reply","reply":{"id":"1","title":"Yes"}}]}"#
    private static let row = #"{"id":"1","title":"One"}"#
    private static let list = #"{"button":"Menu","sections":[{"rows":[\#(row)]}]}"#
    private static let products = #"{"catalog_id":"c","sections":[{"product_items":[{"product_retailer_id":"p"}]}]}"#
    private static let link = #"{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}"#

    private func problems(_ kind: String, _ action: String, body: String = "B", around: String = "") throws -> [String]
    {
        try SendFixtures.problems(
            "interactive", #"{"type":"\#(kind)","body":{"text":"\#(body)"},\#(around)"action":\#(action)}"#)
    }

    /// One below, at and above a limit of characters.
    private func limit(_ most: Int, _ problem: String, _ find: (String) throws -> [String]) throws {
        for count in [1, most - 1, most] {
            #expect(try find(ContentRulesTests.text(count)) == [], "\(count)")
        }
        #expect(try find(ContentRulesTests.text(most + 1)) == [problem])
    }

    /// The same for a number of elements.
    private func limit(_ range: ClosedRange<Int>, _ problem: String, _ find: (Int) throws -> [String]) throws {
        for count in Set([range.lowerBound, range.upperBound - 1, range.upperBound]) {
            #expect(try find(count) == [], "\(count)")
        }
        #expect(try find(range.upperBound + 1) == [problem])
    }

    @Test("Body, header and footer have their lengths")
    func frame() throws {
        try limit(1024, "/interactive/body/text wrong_length") { try problems("button", Self.button, body: $0) }
        try limit(4096, "/interactive/body/text wrong_length") { try problems("list", Self.list, body: $0) }
        try limit(60, "/interactive/header/text wrong_length") {
            try problems("button", Self.button, around: #""header":{"type":"text","text":"\#($0)"},"#)
        }
        try limit(60, "/interactive/footer/text wrong_length") {
            try problems("button", Self.button, around: #""footer":{"text":"\#($0)"},"#)
        }
    }

    @Test(
        "Each kind but product and call permission needs a body",
        arguments: SendBodyTests.Case.all.filter { $0.type == "interactive" })
    func body(sample: SendBodyTests.Case) throws {
        guard case .interactive(var interactive) = try SendFixtures.content("interactive", sample.api) else { return }
        interactive.body = nil
        let isOptional = [.product, .callPermission].contains(interactive.action.kind)
        let found = ContentCheck.problems(of: .interactive(interactive)).map(\.pointer)
        #expect(found == (isOptional ? [] : ["/interactive/body"]))
    }

    @Test("Headers fit the kind")
    func headers() throws {
        let text = #""header":{"type":"text","text":"H"},"#
        let image = #""header":{"type":"image","image":{"id":"med_a"}},"#
        #expect(try problems("list", Self.list, around: image) == ["/interactive/header/type wrong_value"])
        #expect(try problems("product_list", Self.products) == ["/interactive/header missing"])
        #expect(try problems("product_list", Self.products, around: image) == ["/interactive/header/type wrong_value"])
        #expect(try problems("product_list", Self.products, around: text) == [])
        #expect(
            try problems("product", #"{"catalog_id":"c","product_retailer_id":"p"}"#, around: text)
                == ["/interactive/header not_allowed"])
        for (kind, action) in [
            ("location_request_message", "send_location"), ("call_permission_request", "call_permission_request"),
            ("catalog_message", "catalog_message"),
        ] {
            let found = try problems(kind, #"{"name":"\#(action)"}"#, around: text)
            #expect(found == ["/interactive/header not_allowed"], "\(kind)")
        }
        let footer = #""footer":{"text":"F"},"#
        #expect(
            try problems("location_request_message", #"{"name":"send_location"}"#, around: footer)
                == ["/interactive/footer not_allowed"])
        for kind in ["image", "video", "document"] {
            let header = #""header":{"type":"\#(kind)","\#(kind)":{"link":"https://a.example/f"}},"#
            #expect(try problems("button", Self.button, around: header) == [])
            #expect(try problems("cta_url", Self.link, around: header) == [])
        }
        let captioned = #""header":{"type":"image","image":{"link":"http://a.example","caption":"C"}},"#
        #expect(
            try problems("button", Self.button, around: captioned) == [
                "/interactive/header/image/link wrong_value", "/interactive/header/image/caption not_allowed",
            ])
    }

    @Test("Reply buttons: up to 3, titles of 20, ids of 256")
    func buttons() throws {
        func action(_ buttons: [(id: String, title: String)]) -> String {
            let list = buttons.map { #"{"type":"reply","reply":{"id":"\#($0.id)","title":"\#($0.title)"}}"# }
            return #"{"buttons":[\#(list.joined(separator: ","))]}"#
        }
        let place = "/interactive/action/buttons"
        try limit(1...3, "\(place) wrong_count") { count in
            try problems("button", action((0..<count).map { ("\($0)", "T\($0)") }))
        }
        try limit(20, "\(place)/0/reply/title wrong_length") { try problems("button", action([("1", $0)])) }
        try limit(256, "\(place)/0/reply/id wrong_length") { try problems("button", action([($0, "T")])) }
        #expect(try problems("button", action([("1", "A"), ("1", "B")])) == ["\(place)/1/reply/id duplicate"])
        #expect(try problems("button", action([("1", "A"), ("2", "A")])) == ["\(place)/1/reply/title duplicate"])
    }

    @Test("Lists: a button of 20, up to 10 sections and 10 rows in all")
    func lists() throws {
        func action(_ sections: [Int], title: String? = "S", button: String = "Menu") -> String {
            var id = 0
            let list = sections.enumerated().map { section, count in
                let rows = (0..<count).map { _ in
                    id += 1
                    return #"{"id":"\#(id)","title":"T"}"#
                }
                let title = title.map { #""title":"\#($0)","# } ?? ""
                return #"{\#(title)"rows":[\#(rows.joined(separator: ","))]}"#
            }
            return #"{"button":"\#(button)","sections":[\#(list.joined(separator: ","))]}"#
        }
        let place = "/interactive/action/sections"
        try limit(20, "/interactive/action/button wrong_length") { try problems("list", action([1], button: $0)) }
        try limit(24, "\(place)/0/title wrong_length") { try problems("list", action([1], title: $0)) }
        try limit(1...10, "\(place) wrong_count") { try problems("list", action([$0])) }
        try limit(1...10, "\(place) wrong_count") { count in
            // Eleven sections have eleven rows, which is one problem more.
            Array(Set(try problems("list", action(Array(repeating: 1, count: count)))))
        }
        #expect(try problems("list", action([5, 6])) == ["\(place) wrong_count"])
        #expect(try problems("list", action([1], title: nil)) == [])
        #expect(
            try problems("list", action([1, 1], title: nil)) == [
                "\(place)/0/title missing", "\(place)/1/title missing",
            ])
    }

    @Test("Rows: ids of 200, titles of 24, descriptions of 72")
    func rows() throws {
        func action(_ rows: [String]) -> String {
            #"{"button":"Menu","sections":[{"title":"A","rows":[\#(rows[0])]},{"title":"B","rows":[\#(rows[1])]}]}"#
        }
        let other = #"{"id":"other","title":"O"}"#
        let place = "/interactive/action/sections/0/rows/0"
        try limit(200, "\(place)/id wrong_length") {
            try problems("list", action([#"{"id":"\#($0)","title":"T"}"#, other]))
        }
        try limit(24, "\(place)/title wrong_length") {
            try problems("list", action([#"{"id":"1","title":"\#($0)"}"#, other]))
        }
        try limit(72, "\(place)/description wrong_length") {
            try problems("list", action([#"{"id":"1","title":"T","description":"\#($0)"}"#, other]))
        }
        #expect(try problems("list", action([other, other])) == ["/interactive/action/sections/1/rows/0/id duplicate"])
    }

    @Test("A link has a text of 20 characters and an https address")
    func links() throws {
        func action(_ text: String, _ url: String) -> String {
            #"{"name":"cta_url","parameters":{"display_text":"\#(text)","url":"\#(url)"}}"#
        }
        let place = "/interactive/action/parameters"
        try limit(20, "\(place)/display_text wrong_length") { try problems("cta_url", action($0, "https://a.example")) }
        #expect(try problems("cta_url", action("Open", "http://a.example")) == ["\(place)/url wrong_value"])
    }

    @Test("Product lists: up to 30 products and 10 sections")
    func productLists() throws {
        func action(_ sections: [Int], title: String = "S") -> String {
            let list = sections.map { count in
                let items = (0..<count).map { #"{"product_retailer_id":"\#($0)"}"# }
                return #"{"title":"\#(title)","product_items":[\#(items.joined(separator: ","))]}"#
            }
            return #"{"catalog_id":"c","sections":[\#(list.joined(separator: ","))]}"#
        }
        let header = #""header":{"type":"text","text":"H"},"#
        let place = "/interactive/action/sections"
        try limit(1...30, "\(place) wrong_count") { try problems("product_list", action([$0]), around: header) }
        try limit(1...10, "\(place) wrong_count") {
            try problems("product_list", action(Array(repeating: 1, count: $0)), around: header)
        }
        #expect(try problems("product_list", action([15, 16]), around: header) == ["\(place) wrong_count"])
        try limit(24, "\(place)/0/title wrong_length") {
            try problems("product_list", action([1], title: $0), around: header)
        }
    }

    @Test("A flow has a version, a button and an id or a name")
    func flows() throws {
        func find(_ parameters: String) throws -> [String] {
            try problems("flow", #"{"name":"flow","parameters":{\#(parameters)}}"#)
        }
        let place = "/interactive/action/parameters"
        #expect(try find(#""flow_message_version":"3","flow_cta":"Go","flow_name":"n","newer_member":1"#) == [])
        #expect(
            Set(try find("")) == [
                "\(place)/flow_message_version missing", "\(place)/flow_cta missing", "\(place) flow_id_or_name",
            ])
        #expect(
            try find(
                #""flow_message_version":"3","flow_cta":"Go","flow_id":"1","flow_action":"jump","mode":"test","flow_action_payload":{"data":{}}"#
            ) == [
                "\(place)/flow_action wrong_value", "\(place)/mode wrong_value",
                "\(place)/flow_action_payload/data wrong_type",
            ])
    }

    @Test("Parameters of addresses, calls and payments")
    func parameters() throws {
        let place = "/interactive/action/parameters"
        #expect(
            try problems("address_message", #"{"name":"address_message","parameters":{}}"#) == [
                "\(place)/country missing"
            ])
        #expect(try problems("voice_call", #"{"name":"voice_call"}"#) == [])
        for (minutes, codes) in [(0, 1), (1, 0), (43_199, 0), (43_200, 0), (43_201, 1)] {
            let action = #"{"name":"voice_call","parameters":{"ttl_minutes":\#(minutes)}}"#
            #expect(try problems("voice_call", action).count == codes, "\(minutes)")
        }
        #expect(
            try problems("order_status", #"{"name":"review_order","parameters":{"a":1}}"#) == [
                "\(place)/reference_id missing", "\(place)/order missing",
            ])
    }
}
