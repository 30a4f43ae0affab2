import Testing

@testable import HubSandbox

struct ValidationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let code: Int?
        let content: JSON

        init(_ name: String, _ code: Int?, _ content: JSON) {
            (self.name, self.code, self.content) = (name, code, content)
        }

        var testDescription: String { name }
    }

    static func buttons(_ count: Int, title: String = "Yes") -> JSON {
        let buttons = (0..<count).map { index -> JSON in
            ["type": "reply", "reply": ["id": JSON("b\(index)"), "title": JSON("\(title)\(index)")]]
        }
        return [
            "type": "interactive",
            "interactive": ["type": "button", "body": ["text": "Well?"], "action": ["buttons": .array(buttons)]],
        ]
    }

    static func list(rows: Int) -> JSON {
        let rows = (0..<rows).map { index -> JSON in ["id": JSON("r\(index)"), "title": JSON("Row \(index)")] }
        return [
            "type": "interactive",
            "interactive": [
                "type": "list", "body": ["text": "Pick"],
                "action": ["button": "Menu", "sections": [["title": "All", "rows": .array(rows)]]],
            ],
        ]
    }

    static func template(_ name: String, language: String = "en_US", parameters: Int = 0) -> JSON {
        let values = (0..<parameters).map { _ -> JSON in ["type": "text", "text": "x"] }
        return [
            "type": "template",
            "template": [
                "name": JSON(name), "language": ["code": JSON(language)],
                "components": parameters == 0 ? nil : [["type": "body", "parameters": .array(values)]],
            ],
        ]
    }

    static let wamid = JSON(MessageID.make(party: "16505551234", author: .customer))

    static let rows: [Row] = [
        Row("text", nil, ["type": "text", "text": ["body": "Hi"]]),
        Row("text is the default type", nil, ["text": ["body": "Hi"]]),
        Row("longest text", nil, ["text": ["body": JSON(String(repeating: "ä", count: 4096))]]),
        Row("text too long", 100, ["text": ["body": JSON(String(repeating: "a", count: 4097))]]),
        Row("text without body", 100, ["type": "text", "text": [:]]),
        Row("empty text", 100, ["type": "text", "text": ["body": ""]]),
        Row("text that is no string", 100, ["type": "text", "text": ["body": 5]]),
        Row("type without content", 100, ["type": "image"]),
        Row("unknown type", 100, ["type": "telegram", "telegram": [:]]),
        Row("image by link", nil, ["type": "image", "image": ["link": "https://example.com/a.jpg", "caption": "A"]]),
        Row("image by id", nil, ["type": "image", "image": ["id": "1037543291543636"]]),
        Row("image without source", 100, ["type": "image", "image": ["caption": "A"]]),
        Row("image by a bad link", 131009, ["type": "image", "image": ["link": "ftp://example.com/a.jpg"]]),
        Row("audio with caption", 100, ["type": "audio", "audio": ["id": "1", "caption": "A"]]),
        Row(
            "location", nil, ["type": "location", "location": ["latitude": .number("37.75"), "longitude": "-122.42"]]),
        Row("location without longitude", 100, ["type": "location", "location": ["latitude": 1]]),
        Row("location off the Earth", 131009, ["type": "location", "location": ["latitude": 91, "longitude": 0]]),
        Row("contact", nil, ["type": "contacts", "contacts": [["name": ["formatted_name": "J S"]]]]),
        Row("contact without name", 100, ["type": "contacts", "contacts": [["phones": []]]]),
        Row("reaction", nil, ["type": "reaction", "reaction": ["message_id": wamid, "emoji": "👍"]]),
        Row("reaction taken back", nil, ["type": "reaction", "reaction": ["message_id": wamid, "emoji": ""]]),
        Row("reaction to no message", 131009, ["type": "reaction", "reaction": ["message_id": "x", "emoji": "👍"]]),
        Row("three buttons", nil, buttons(3)),
        Row("four buttons", 100, buttons(4)),
        Row("button title too long", 100, buttons(1, title: String(repeating: "t", count: 20))),
        Row("ten rows", nil, list(rows: 10)),
        Row("eleven rows", 100, list(rows: 11)),
        Row("interactive of an unknown type", 100, ["type": "interactive", "interactive": ["type": "x"]]),
        Row("template", nil, template("hello_world")),
        Row("template with parameters", nil, template("order_confirmation", parameters: 3)),
        Row(
            "template in another spelling of its language", nil,
            template("order_confirmation", language: "en-US", parameters: 3)),
        Row("template with too few parameters", 132000, template("order_confirmation", parameters: 2)),
        Row("template with a parameter too many", 132000, template("hello_world", parameters: 1)),
        Row("unknown template", 132001, template("no_such_template")),
        Row("template in an unknown language", 132001, template("hello_world", language: "fr")),
        Row("paused template", 132015, template("order_update_paused", parameters: 1)),
        Row(
            "callback data too long", 100,
            [
                "text": ["body": "Hi"], "biz_opaque_callback_data": JSON(String(repeating: "x", count: 513)),
            ]),
        Row("quote of no message", 131009, ["text": ["body": "Hi"], "context": ["message_id": "wamid.no"]]),
        Row("to a group", 131041, ["recipient_type": "group", "text": ["body": "Hi"]]),
    ]

    @Test(arguments: rows)
    func `content is accepted or refused with its code`(row: Row) throws {
        let frame: [JSON.Member] = [
            .init(name: "messaging_product", value: "whatsapp"), .init(name: "to", value: "+16505551234"),
        ]
        let number = try #require(SandboxConfiguration.sample.numbers.first)
        var code: Int?
        do throws(GraphError) {
            _ = try OutgoingMessage(checking: .object(frame + (row.content.members ?? [])), number: number)
        } catch {
            code = error.code
        }
        #expect(code == row.code)
    }

    static let frames: [Row] = [
        Row("no product", 100, ["to": "+16505551234", "text": ["body": "Hi"]]),
        Row("wrong product", 100, ["messaging_product": "sms", "to": "+16505551234", "text": ["body": "Hi"]]),
        Row("no recipient", 100, ["messaging_product": "whatsapp", "text": ["body": "Hi"]]),
        Row("bad recipient", 131009, ["messaging_product": "whatsapp", "to": "you", "text": ["body": "Hi"]]),
        Row("bad user id", 131009, ["messaging_product": "whatsapp", "recipient": "42", "text": ["body": "Hi"]]),
        Row("to itself", 131021, ["messaging_product": "whatsapp", "to": "+15550783881", "text": ["body": "Hi"]]),
        Row("to a user id", nil, ["messaging_product": "whatsapp", "recipient": "US.1349", "text": ["body": "Hi"]]),
    ]

    @Test(arguments: frames)
    func `the frame of a send is checked`(row: Row) throws {
        let number = try #require(SandboxConfiguration.sample.numbers.first)
        var code: Int?
        do throws(GraphError) { _ = try OutgoingMessage(checking: row.content, number: number) } catch {
            code = error.code
        }
        #expect(code == row.code)
    }
}
