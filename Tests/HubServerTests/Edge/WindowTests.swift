import AdapterKit
import HubCore
import HubStore
import Testing

/// What a channel refuses before it is queued.
@Suite(.timeLimit(.minutes(1)))
struct WindowTests {
    private func send(_ hub: RunningHub, _ type: String, _ content: JSON, more: [JSON.Member] = []) async throws
        -> Answer
    {
        try await hub.post(
            "/api/v1/messages",
            .object(
                [
                    .init("channel", "desk"), .init("to", "+16505550100"), .init("type", .string(type)),
                    .init(type, content),
                ] + more), headers: [("Idempotency-Key", "\(type):\(content.text):\(more)")])
    }

    @Test func `outside of the window only a template is taken, and the usable ones are named`() async throws {
        try await withHub { hub in
            _ = try await hub.templates()
            let refused = try await send(hub, "text", ["body": "Hello"])
            #expect(refused.status == 422)
            #expect(refused.code == "window_closed")
            #expect(refused.json["window_closed_at"] == .null)
            #expect(refused.json["templates"]?.elements.count == 2)
            #expect(refused.json["detail"]?.string?.contains("order_shipped") == true)
            let template = try await send(hub, "template", ["name": "order_shipped", "language": "en_US"])
            #expect(template.status == 202)
            try await hub.openWindow(from: "+16505550100")
            #expect(try await send(hub, "text", ["body": "Hello"]).status == 202)
            let conversations = try await hub.get("/api/v1/conversations").json["data"]?.elements ?? []
            #expect(conversations.first?["window_closes_at"]?.string != nil)
        }
    }

    @Test func `a template that is not there is refused with its place`() async throws {
        try await withHub { hub in
            _ = try await hub.templates()
            let unknown = try await send(hub, "template", ["name": "nothing", "language": "en_US"])
            #expect(unknown.json["errors"]?.elements.map { $0["code"] } == ["unknown_template"])
            let language = try await send(hub, "template", ["name": "order_shipped", "language": "fr"])
            #expect(language.json["errors"]?.elements.map { $0["pointer"] } == ["/template/language"])
        }
    }

    @Test func `who stopped advertisements gets none`() async throws {
        try await withHub { hub in
            _ = try await hub.templates()
            try await hub.webhook(
                ["number": "102", "news": [["kind": "consent", "from": "+16505550100", "granted": false]]],
                to: "/webhooks/acme/desk", secret: Sample.channelSecret)
            let refused = try await send(hub, "template", ["name": "summer_sale", "language": "en_US"])
            #expect(refused.status == 422)
            #expect(refused.code == "marketing_stopped")
            #expect(refused.json["stopped_at"]?.string != nil)
            #expect(try await send(hub, "template", ["name": "order_shipped", "language": "en_US"]).status == 202)
            let contact = try await hub.get("/api/v1/contacts").json["data"]?.elements.first
            #expect(contact?["consents"]?.elements.first?["granted"] == false)
        }
    }

    @Test func `a channel's own rules are told with their places`() async throws {
        try await withHub { hub in
            let refused = try await send(hub, "text", ["body": "forbidden"])
            #expect(refused.code == "invalid_request")
            #expect(refused.json["errors"]?.elements.map { $0["code"] } == ["not_allowed"])
        }
    }

    private static let interactive: JSON = [
        "type": "button", "header": ["type": "text", "text": "Order"], "body": ["text": "Again?"],
        "footer": ["text": "Acme"],
        "action": ["buttons": [["type": "reply", "reply": ["id": "yes", "title": "Yes"]]]],
    ]

    private static let contents: [(String, JSON)] = [
        ("text", ["body": "Hello", "preview_url": true]), ("image", ["link": "https://acme.example/a.png"]),
        ("video", ["link": "https://acme.example/a.mp4", "caption": "Look"]),
        ("audio", ["link": "https://acme.example/a.ogg"]),
        ("document", ["link": "https://acme.example/a.pdf", "filename": "a.pdf"]),
        ("sticker", ["link": "https://acme.example/a.webp"]),
        ("location", ["latitude": .number("47.37"), "longitude": .number("8.54"), "name": "Zürich"]),
        ("contacts", [["name": ["formatted_name": "Ada Lovelace"], "phones": [["phone": "+16505551234"]]]]),
        ("interactive", interactive),
        (
            "interactive",
            [
                "type": "list", "body": ["text": "Choose"],
                "action": [
                    "button": "Open",
                    "sections": [["title": "A", "rows": [["id": "1", "title": "One", "description": "1"]]]],
                ],
            ]
        ),
        (
            "interactive",
            [
                "type": "cta_url", "body": ["text": "Go"],
                "action": ["name": "cta_url", "parameters": ["display_text": "Open", "url": "https://acme.example"]],
            ]
        ),
        (
            "interactive",
            ["type": "location_request_message", "body": ["text": "Where?"], "action": ["name": "send_location"]]
        ),
        (
            "interactive",
            [
                "type": "product", "action": ["catalog_id": "1", "product_retailer_id": "2"],
            ]
        ),
        (
            "interactive",
            [
                "type": "flow", "body": ["text": "Fill in"],
                "action": ["name": "flow", "parameters": ["flow_id": "1", "flow_cta": "Start"]],
            ]
        ),
    ]

    /// Each answer is held against the document, so each type fits its schema when it is shown.
    @Test func `every type of message is taken, and shown as it was`() async throws {
        try await withHub { hub in
            try await hub.openWindow(from: "+16505550100")
            for (type, content) in Self.contents {
                let answer = try await send(hub, type, content)
                #expect(answer.status == 202, "\(type): \(answer.text)")
                guard let id = answer.json["id"]?.string else { continue }
                let shown = try await hub.get("/api/v1/messages/\(id)")
                #expect(shown.json["type"]?.string == type)
                #expect(shown.json[type] == content, "\(type)")
            }
        }
    }

    @Test func `a reaction and a reply name a message of the channel`() async throws {
        try await withHub { hub in
            try await hub.openWindow(from: "+16505550100")
            let event = try await hub.event(of: "acme") { $0["type"] == "message.received" }
            let message = try #require(event["data"]?["message"]?["id"])
            let reply = try await send(hub, "text", ["body": "Hi"], more: [.init("reply_to", message)])
            #expect(reply.status == 202)
            let id = try #require(reply.json["id"]?.string)
            #expect(try await hub.get("/api/v1/messages/\(id)").json["context"]?["message_id"] == message)
            let reaction = try await send(
                hub, "reaction", .object([.init("message_id", message), .init("emoji", "👍")]))
            #expect(reaction.status == 202)
            let unknown: JSON = .string(APICall.unknownID("msg"))
            let wrong = try await send(hub, "text", ["body": "Hi"], more: [.init("reply_to", unknown)])
            #expect(wrong.json["errors"]?.elements.map { $0["pointer"] } == ["/reply_to"])
            #expect(wrong.json["errors"]?.elements.map { $0["code"] } == ["unknown_message"])
        }
    }
}
