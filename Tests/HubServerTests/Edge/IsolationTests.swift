import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

/// Another tenant's ids, on every route and in every place: answered byte for byte as ids that nobody has.
@Suite(.timeLimit(.minutes(1)))
struct IsolationTests {
    private static let malformed = [
        "x", "msg_", "0", "-1", "%2e%2e", "%ZZ", "%00", "msg_ILOU", "null", "'", "%F0%9F%92%A9",
    ]

    @Test func `a foreign id in the path is an unknown one`() async throws {
        try await withHub { hub in
            let own = try await hub.seed("acme", channel: "support")
            let foreign = try await hub.seed("globex", channel: "care")
            for call in APICall.all {
                guard let kind = call.kind else { continue }
                let key = Sample.key("acme")
                let good = call.seed ?? kind
                func answer(_ id: String, key: String = key, tenant: String = "acme") async throws -> Answer {
                    try await hub.call(
                        call.method, call.path(id, tenant: tenant), key: key, body: call.bytes(tenant: tenant))
                }
                let unknown = try await answer(APICall.unknownID(kind))
                #expect(unknown.status == 404, "\(call.testDescription)")
                if call.method != .HEAD { #expect(unknown.code == "not_found") }
                let others = ["msg", "cnv", "ctc", "dlv", "med", "tpl"].filter { $0 != kind }.map { own[$0] }
                for id in [foreign[good]] + Self.malformed + others {
                    let other = try await answer(id)
                    #expect(other.status == 404, "\(call.testDescription) \(id)")
                    #expect(other.comparable == unknown.comparable, "\(call.testDescription) \(id)")
                }
                // The ids are good: with their own keys they are found.
                #expect(try await answer(own[good]).status < 300, "\(call.testDescription)")
                #expect(
                    try await answer(foreign[good], key: Sample.key("globex"), tenant: "globex").status < 300,
                    "\(call.testDescription)")
            }
        }
    }

    @Test func `a foreign id as cursor is an unknown one`() async throws {
        try await withHub { hub in
            let own = try await hub.seed("acme", channel: "support")
            let foreign = try await hub.seed("globex", channel: "care")
            for call in APICall.all {
                guard let kind = call.cursorKind else { continue }
                let path = call.path(own.conversation)
                let unknown = try await hub.get("\(path)?after=\(APICall.unknownID(kind))")
                #expect(unknown.status == (call.kind == nil ? 422 : 404), "\(call.testDescription)")
                for cursor in [foreign[kind], "x", "0", "null", "%F0%9F%92%A9"] {
                    let other = try await hub.get("\(path)?after=\(cursor)")
                    #expect(other.status == unknown.status, "\(call.testDescription) \(cursor)")
                    #expect(other.comparable == unknown.comparable, "\(call.testDescription) \(cursor)")
                }
                #expect(try await hub.get("\(path)?after=\(own[kind])").status == 200, "\(call.testDescription)")
            }
        }
    }

    @Test func `a foreign contact as recipient is an unknown one`() async throws {
        try await withHub { hub in
            let own = try await hub.seed("acme", channel: "support")
            let foreign = try await hub.seed("globex", channel: "care")
            let unknown = try await hub.send("Hello", to: APICall.unknownID("ctc"))
            #expect(unknown.status == 422)
            #expect(unknown.json["errors"]?.elements.first?["code"] == "unknown_contact")
            for id in [foreign.contact, own.message, "ctc_", "ctc_x"] where id.hasPrefix("ctc_") {
                #expect(try await hub.send("Hello", to: id).comparable == unknown.comparable)
            }
            #expect(try await hub.send("Hello", to: own.contact).status == 202)
        }
    }

    @Test func `a foreign channel is an unknown one`() async throws {
        try await withHub { hub in
            let unknown = try await hub.send("Hello", channel: "nobodys")
            #expect(unknown.status == 422)
            #expect(unknown.json["errors"]?.elements.first?["code"] == "unknown_channel")
            #expect(try await hub.send("Hello", channel: "care").comparable == unknown.comparable)
        }
    }

    @Test func `an idempotency key of another tenant is a fresh one`() async throws {
        try await withHub { hub in
            let one = try await hub.send("Hello", idempotencyKey: "order-1")
            let other = try await hub.send("Another", channel: "care", tenant: "globex", idempotencyKey: "order-1")
            #expect(one.status == 202 && other.status == 202)
            #expect(one.json["id"] != other.json["id"])
        }
    }

    @Test func `lists, the log and the stream hold what is the tenant's own`() async throws {
        try await withHub { hub in
            let own = try await hub.seed("acme", channel: "support")
            let foreign = try await hub.seed("globex", channel: "care")
            for path in [
                "conversations", "contacts", "dead-letters", "events", "conversations/\(own.conversation)/messages",
                "channels", "channels/desk/templates",
            ] {
                let answer = try await hub.get("/api/v1/\(path)")
                #expect(answer.json["data"]?.elements.isEmpty == false, "\(path)")
                for kind in ["msg", "cnv", "ctc", "dlv", "med", "tpl"] {
                    #expect(!answer.text.contains(foreign[kind]), "\(path)")
                }
                #expect(!answer.text.contains("globex"))
            }
            var stream = try await EventStream(hub, "/api/v1/events/stream?after=0")
            let first = try #require(try await stream.next()?.data)
            #expect(try JSON.parse(first)["tenant"] == "acme")
        }
    }
}
