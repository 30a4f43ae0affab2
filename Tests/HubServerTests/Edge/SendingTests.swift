import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SendingTests {
    @Test func `a message is queued, sent, and shown with its status`() async throws {
        try await withHub { hub in
            let queued = try await hub.send("Hello")
            #expect(queued.status == 202)
            #expect(queued.json["status"] == "queued")
            let id = try #require(queued.json["id"]?.string)
            try await hub.waitForStatus("accepted", of: id)
            let message = try await hub.get("/api/v1/messages/\(id)")
            #expect(message.json["status"] == "accepted")
            #expect(message.json["text"] == ["body": "Hello"])
            #expect(message.json["provider_id"]?.string == "test:\(id)")
            #expect(message.json["direction"] == "outbound")
        }
    }

    @Test func `a template is taken`() async throws {
        try await withHub { hub in
            let answer = try await hub.post(
                "/api/v1/messages",
                [
                    "channel": "support", "to": "+16505550100", "type": "template",
                    "template": ["name": "order", "language": "en_US", "components": [["type": "body"]]],
                ], headers: [("Idempotency-Key", "1")])
            let id = try #require(answer.json["id"]?.string)
            let message = try await hub.get("/api/v1/messages/\(id)")
            #expect(message.json["template"]?["components"] == [["type": "body"]])
        }
    }

    @Test func `a rejected message fails with its reason, told by a status and by a failure`() async throws {
        try await withHub { hub in
            let id = try #require(try await hub.send("reject").json["id"]?.string)
            let failed = try await hub.event(of: "acme") { $0["type"] == "message.failed" }
            #expect(failed["data"]?["message_id"]?.string == id)
            #expect(
                failed["data"]?["error"] == [
                    "code": "131026", "title": "Not on this channel", "detail": "No such number",
                ])
            let events = try await hub.get("/api/v1/events").json["data"]?.elements ?? []
            let status = events.first { $0["type"] == "message.status" }
            #expect(status?["data"] == failed["data"])
            #expect(try await hub.get("/api/v1/messages/\(id)").json["error"]?["code"] == "131026")
        }
    }

    // MARK: Idempotency

    @Test func `the same request under the same key is one message`() async throws {
        try await withHub { hub in
            let first = try await hub.send("Hello", idempotencyKey: "order-1")
            let again = try await hub.send("Hello", idempotencyKey: "order-1")
            #expect(again.status == 202)
            #expect(again.body == first.body)
            let conversations = try await hub.get("/api/v1/conversations").json["data"]?.elements ?? []
            let id = try #require(conversations.first?["id"]?.string)
            #expect(try await hub.get("/api/v1/conversations/\(id)/messages").json["data"]?.elements.count == 1)
        }
    }

    @Test func `twenty at once under one key are one message`() async throws {
        try await withHub { hub in
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await hub.send("Hello", idempotencyKey: "k").json["id"]?.string }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(!ids.contains(nil))
        }
    }

    @Test func `another request under a used key is refused`() async throws {
        try await withHub { hub in
            _ = try await hub.send("Hello", idempotencyKey: "order-1")
            let answer = try await hub.send("Bye", idempotencyKey: "order-1")
            #expect(answer.status == 409)
            #expect(answer.code == "idempotency_conflict")
        }
    }

    @Test(arguments: [[], [""], [String(repeating: "k", count: 256)], ["one", "two"]])
    func `a request needs one key of 1 to 255 characters`(_ keys: [String]) async throws {
        try await withHub { hub in
            let answer = try await hub.post(
                "/api/v1/messages", APICall.newMessage, headers: keys.map { ("Idempotency-Key", $0) })
            #expect(answer.status == 400)
            #expect(answer.code == "idempotency_key_missing")
        }
    }

    // MARK: Uncertain messages

    @Test func `an uncertain message is failed by a person`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let answer = try await hub.post("/api/v1/messages/\(ids.message)/resolve", ["as": "fail"])
            #expect(answer.status == 200)
            #expect(answer.json["status"] == "failed")
            #expect(answer.json["error"]?["code"] == "given_up")
            let again = try await hub.post("/api/v1/messages/\(ids.message)/resolve", ["as": "resend"])
            #expect(again.status == 409)
            #expect(again.code == "not_uncertain")
        }
    }

    @Test func `an uncertain message is sent again by a person`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let answer = try await hub.post("/api/v1/messages/\(ids.message)/resolve", ["as": "resend"])
            #expect(answer.status == 200)
            #expect(answer.json["status"] == "queued")
        }
    }

    @Test(arguments: [["as": "again"], ["as": 1], [:], [], "resend", ["as": "fail", "why": "x"]] as [JSON])
    func `a resolution is resend or fail and nothing else`(_ body: JSON) async throws {
        try await withHub { hub in
            let answer = try await hub.post("/api/v1/messages/\(APICall.unknownID("msg"))/resolve", body)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?.elements.map { $0["pointer"] } == ["/as"])
        }
    }
}
