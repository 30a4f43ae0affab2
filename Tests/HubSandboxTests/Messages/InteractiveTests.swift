import Testing

@testable import HubSandbox

struct InteractiveTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: Int?
        let interactive: JSON

        /// - Parameter parts: members beside `type`; a body is put in unless one is given.
        init(_ description: String, _ code: Int?, _ type: String, _ action: JSON?, _ parts: JSON = [:]) {
            testDescription = "\(type): \(description)"
            self.code = code
            let given = parts.members ?? []
            let body: [JSON.Member] =
                given.contains { $0.name == "body" } ? [] : [.init(name: "body", value: ["text": "Well?"])]
            interactive = .object(
                [JSON.Member(name: "type", value: JSON(type))] + body + given
                    + (action.map { [JSON.Member(name: "action", value: $0)] } ?? []))
        }
    }

    static func long(_ count: Int) -> JSON { JSON(String(repeating: "a", count: count)) }
    static func named(_ name: String, _ parameters: JSON? = nil) -> JSON {
        ["name": JSON(name), "parameters": parameters]
    }

    static let reply: JSON = ["buttons": [["type": "reply", "reply": ["id": "a", "title": "A"]]]]
    static let rowsOfList: JSON = ["button": "Menu", "sections": [["rows": [["id": "1", "title": "One"]]]]]
    static let open = named("cta_url", ["display_text": "Open", "url": "https://example.com/"])
    static let picture: JSON = ["type": "image", "image": ["link": "https://example.com/a.jpg"]]
    static let textHeader: JSON = ["header": ["type": "text", "text": "News"]]
    static func flow(_ more: JSON) -> JSON {
        let plain: JSON = ["flow_message_version": "3", "flow_id": "1", "flow_cta": "Open"]
        return named("flow", .object((plain.members ?? []) + (more.members ?? [])))
    }
    static func card(_ index: Int) -> JSON {
        ["card_index": JSON(index), "type": "cta_url", "header": picture, "body": ["text": "A"], "action": open]
    }
    static func products(_ count: Int) -> JSON {
        let items = (0..<count).map { index -> JSON in ["product_retailer_id": JSON("p\(index)")] }
        return ["catalog_id": "1", "sections": [["title": "All", "product_items": .array(items)]]]
    }
    static let amount: JSON = ["value": 1000, "offset": 100]
    static let order: JSON = [
        "reference_id": "r1", "type": "digital-goods", "currency": "INR", "total_amount": amount,
        "order": [
            "status": "pending", "items": [["name": "Tea", "amount": amount, "quantity": 1]], "subtotal": amount,
        ],
    ]

    static let rows: [Row] = [
        Row("plain", nil, "button", reply),
        Row("without action", 100, "button", nil),
        Row("without body", 100, "button", reply, ["body": [:]]),
        Row("body too long", 100, "button", reply, ["body": ["text": long(1025)]]),
        Row("text header", nil, "button", reply, textHeader),
        Row("header too long", 100, "button", reply, ["header": ["type": "text", "text": long(61)]]),
        Row("picture header", nil, "button", reply, ["header": picture]),
        Row("header without picture", 100, "button", reply, ["header": ["type": "image"]]),
        Row("header of unknown kind", 100, "button", reply, ["header": ["type": "sound"]]),
        Row("footer too long", 100, "button", reply, ["footer": ["text": long(61)]]),
        Row(
            "equal ids", 100, "button",
            [
                "buttons": [
                    ["type": "reply", "reply": ["id": "a", "title": "A"]],
                    ["type": "reply", "reply": ["id": "a", "title": "B"]],
                ]
            ]),
        Row("plain", nil, "list", rowsOfList),
        Row("long body", nil, "list", rowsOfList, ["body": ["text": long(4096)]]),
        Row("picture header", 100, "list", rowsOfList, ["header": picture]),
        Row("without button", 100, "list", ["sections": [["rows": [["id": "1", "title": "One"]]]]]),
        Row(
            "sections without titles", 100, "list",
            [
                "button": "M",
                "sections": [["rows": [["id": "1", "title": "1"]]], ["rows": [["id": "2", "title": "2"]]]],
            ]),
        Row(
            "description too long", 100, "list",
            ["button": "M", "sections": [["rows": [["id": "1", "title": "1", "description": long(73)]]]]]),
        Row("plain", nil, "cta_url", open),
        Row("picture header", nil, "cta_url", open, ["header": picture]),
        Row("no address", 100, "cta_url", named("cta_url", ["display_text": "Open"])),
        Row("bad address", 131009, "cta_url", named("cta_url", ["display_text": "Open", "url": "nowhere"])),
        Row("text too long", 100, "cta_url", named("cta_url", ["display_text": long(21), "url": "https://a.example"])),
        Row("wrong name", 100, "cta_url", named("open", ["display_text": "Open", "url": "https://a.example"])),
        Row("plain", nil, "location_request_message", named("send_location")),
        Row("wrong name", 100, "location_request_message", named("location")),
        Row("with header", 100, "location_request_message", named("send_location"), textHeader),
        Row("plain", nil, "flow", flow([:])),
        Row(
            "by name, with a screen", nil, "flow",
            named(
                "flow",
                [
                    "flow_message_version": "3", "flow_name": "f", "flow_cta": "Go", "flow_action": "navigate",
                    "flow_action_payload": ["screen": "A", "data": ["x": 1]], "mode": "draft", "flow_token": "t",
                ])),
        Row("id and name", 100, "flow", flow(["flow_name": "f"])),
        Row("no version", 100, "flow", named("flow", ["flow_id": "1", "flow_cta": "Open"])),
        Row("unknown mode", 131009, "flow", flow(["mode": "later"])),
        Row("payload without screen", 100, "flow", flow(["flow_action_payload": ["data": ["x": 1]]])),
        Row(
            "payload with data exchange", 100, "flow",
            flow(["flow_action": "data_exchange", "flow_action_payload": ["screen": "A"]])),
        Row("plain", nil, "product", ["catalog_id": "1", "product_retailer_id": "p"], ["body": .null]),
        Row("no product", 100, "product", ["catalog_id": "1"]),
        Row("plain", nil, "product_list", products(30), textHeader),
        Row("without header", 100, "product_list", products(1)),
        Row("31 products", 100, "product_list", products(31), textHeader),
        Row("plain", nil, "catalog_message", named("catalog_message")),
        Row(
            "with picture of a product", nil, "catalog_message",
            named("catalog_message", ["thumbnail_product_retailer_id": "p"])),
        Row("plain", nil, "request_contact_info", named("request_contact_info")),
        Row("plain", nil, "call_permission_request", named("call_permission_request"), ["body": .null]),
        Row("plain", nil, "voice_call", named("voice_call", ["display_text": "Call", "ttl_minutes": 100])),
        Row("for too long", 131009, "voice_call", named("voice_call", ["ttl_minutes": 43_201])),
        Row("plain", nil, "address_message", named("address_message", ["country": "IN", "values": [:]])),
        Row("elsewhere", 131009, "address_message", named("address_message", ["country": "US"])),
        Row("nowhere", 100, "address_message", named("address_message", [:])),
        Row("plain", nil, "carousel", ["cards": [card(0), card(1)]]),
        Row("one card", 100, "carousel", ["cards": [card(0)]]),
        Row("eleven cards", 100, "carousel", ["cards": .array((0..<11).map { card($0) })]),
        Row("equal places", 100, "carousel", ["cards": [card(0), card(0)]]),
        Row(
            "card without picture", 100, "carousel",
            ["cards": [card(0), ["card_index": 1, "type": "cta_url", "action": open]]]),
        Row(
            "products", nil, "carousel",
            [
                "cards": [
                    ["card_index": 0, "type": "product", "action": ["catalog_id": "1", "product_retailer_id": "a"]],
                    ["card_index": 1, "type": "product", "action": ["catalog_id": "1", "product_retailer_id": "b"]],
                ]
            ]),
        Row("plain", nil, "order_details", named("review_and_pay", order)),
        Row("nothing in it", 100, "order_details", named("review_and_pay", ["reference_id": "r"])),
        Row(
            "bad currency", 131009, "order_details",
            named(
                "review_and_pay",
                [
                    "reference_id": "r1", "type": "digital-goods", "currency": "Rupee", "total_amount": amount,
                ])),
        Row(
            "plain", nil, "order_status",
            named("review_order", ["reference_id": "r1", "order": ["status": "shipped"]])),
        Row(
            "unknown state", 131009, "order_status",
            named("review_order", ["reference_id": "r1", "order": ["status": "lost"]])),
    ]

    @Test(arguments: rows)
    func `an interactive message is accepted or refused with its code`(row: Row) {
        var found: Int?
        do throws(GraphError) {
            try MessageRules.check(type: "interactive", request: ["interactive": row.interactive])
        } catch { found = error.code }
        #expect(found == row.code)
    }

    static let others: [(String, JSON, Int?)] = [
        ("text", ["body": "Hi", "preview_url": true], nil), ("text", ["body": "Hi", "preview_url": "yes"], 100),
        ("document", ["link": "https://a.example/a.pdf", "filename": "a.pdf", "caption": "A"], nil),
        ("document", ["id": "1", "filename": JSON(String(repeating: "a", count: 241))], 100),
        ("image", ["id": "1", "filename": "a.png"], 100), ("image", ["id": "1", "link": "https://a.example"], 100),
        ("image", ["id": 12], nil), ("audio", ["id": "1", "voice": true], nil),
        ("audio", ["id": "1", "voice": 1], 100),
        ("sticker", ["link": "https://a.example/a.webp"], nil), ("sticker", ["id": "1", "caption": "A"], 100),
        ("video", ["id": "1", "caption": JSON(String(repeating: "a", count: 1025))], 100),
        ("location", ["latitude": 1, "longitude": 2, "name": "N", "address": "A"], nil),
        ("contacts", [["name": ["formatted_name": "J"], "phones": [["phone": "+1"]], "birthday": "2000-01-31"]], nil),
        ("contacts", [["name": ["formatted_name": "J"], "phones": [["type": "WORK"]]]], 100),
        ("contacts", [["name": ["formatted_name": "J"], "birthday": "31 January"]], 131009),
        ("contacts", .array(Array(repeating: ["name": ["formatted_name": "J"]], count: 258)), 100),
        ("text", "Hi", 100),
    ]

    @Test(arguments: others)
    func `other content is accepted or refused with its code`(type: String, content: JSON, code: Int?) {
        var found: Int?
        let request = JSON.object([JSON.Member(name: type, value: content)])
        do throws(GraphError) { try MessageRules.check(type: type, request: request) } catch { found = error.code }
        #expect(found == code)
    }

    @Test(arguments: [("👍", true), ("👨‍👩‍👧", true), ("1️⃣", true), ("", true), ("a", false), ("👍👍", false), ("1", false)])
    func `a reaction is one emoji or none`(emoji: String, isAccepted: Bool) {
        let id = JSON(MessageID.make(party: "16505551234", author: .customer))
        var isRefused = false
        do throws(GraphError) {
            try MessageRules.check(
                type: "reaction", request: ["reaction": ["message_id": id, "emoji": JSON(emoji)]])
        } catch { isRefused = true }
        #expect(isRefused != isAccepted)
    }

    @Test func `the files of a message are found wherever they stand`() {
        let template: JSON = [
            "components": [
                TemplateSendTests.header(["type": "image", "image": ["id": "7"]]),
                ["type": "carousel", "cards": [TemplateSendTests.card(0)]],
            ]
        ]
        #expect(
            MediaReference.all(of: "template", content: template).map(\.source)
                == [.id("7"), .link("https://example.com/a.jpg")])
        let carousel: JSON = ["action": ["cards": [Self.card(0), Self.card(1)]]]
        #expect(MediaReference.all(of: "interactive", content: carousel).count == 2)
        #expect(MediaReference.all(of: "audio", content: ["id": "1"]).map(\.kind) == [.audio])
        #expect(MediaReference.all(of: "text", content: ["body": "Hi"]).isEmpty)
    }
}
