import AdapterKit
import HubCore
import HubStore
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventTests {
    @Test func `the log is read to its end and asked again from there`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts((0..<120).map { "text \($0)" }))
            var sequences: [Int64] = []
            var next = "0"
            while true {
                let page = try await hub.get("/api/v1/events?after=\(next)")
                sequences += page.json["data"]?.elements.compactMap { $0["sequence"]?.integer } ?? []
                guard let more = page.json["next"]?.string else { break }
                next = more
            }
            #expect(sequences == Array(1...120))
            #expect(next == "100")
            let end = try await hub.get("/api/v1/events?after=120")
            #expect(end.json == ["data": [], "next": nil])
            try await hub.webhook(RunningHub.texts(["later"]))
            let more = try await hub.get("/api/v1/events?after=120&limit=1000")
            #expect(more.json["data"]?.elements.map { $0["data"]?["message"]?["text"]?["body"] } == ["later"])
            #expect(more.json["next"] == .null)
            let full = try await hub.get("/api/v1/events?after=120&limit=1")
            #expect(full.json["next"] == "121")
        }
    }

    @Test func `events of every type fit the document`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts(["Hello"]))
            try await hub.webhook([
                "number": "100", "messages": [["id": "in:2", "from": "+16505551234", "name": "Ada L."]],
            ])
            try await hub.webhook([
                "number": "100", "messages": [["id": "in:3", "from": "+16505551234", "type": "sticker"]],
                "notices": [["kind": "account_restricted"]],
                "news": [
                    ["kind": "template"], ["kind": "alert", "code": "account.warned"],
                    ["kind": "echo", "id": "out:1", "from": "+16505551234"],
                ],
            ])
            let image = try await hub.receiveImage("photo")
            try await hub.waitForMedia("stored", try #require(image["image"]?["id"]?.string))
            let id = try #require(try await hub.send("reject").json["id"]?.string)
            try await hub.waitForStatus("failed", of: id)
            let store = try await hub.tenant("acme").store
            _ = try await store.subscription(system: "archive", settings: "")
            try await store.disable(system: "archive", at: hub.hub.clock.now)
            let contact = try #require(try await store.contact(byPhone: "+16505551234")?.id)
            try await store.tell(
                OrderUpdate(
                    contact: contact, system: "shop", order: ["name": "#1001"], occurredAt: hub.hub.clock.now))
            let events = try await hub.get("/api/v1/events").json["data"]?.elements ?? []
            #expect(
                Set(events.compactMap { $0["type"]?.string }) == [
                    "message.received", "message.status", "message.failed", "contact.updated", "channel.alert",
                    "template.updated", "system.alert", "message.echoed", "media.updated",
                    "order.updated",
                ])
            #expect(events.allSatisfy { $0["tenant"] == "acme" })
        }
    }

    @Test func `an event is the same bytes whenever it is read`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts(["Hello"]))
            let first = try await hub.get("/api/v1/events")
            #expect(try await hub.get("/api/v1/events").body == first.body)
            var stream = try await EventStream(hub, "/api/v1/events/stream?after=0")
            let data = try #require(try await stream.next()?.data)
            #expect(first.text.contains(data))
        }
    }

    @Test func `a replayed dead letter is gone from the list, and only once`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let replayed = try await hub.post("/api/v1/dead-letters/\(ids.deadLetter)/replay")
            #expect(replayed.status == 202)
            #expect(replayed.json == ["id": .string(ids.deadLetter), "status": "queued"])
            #expect(try await hub.get("/api/v1/dead-letters").json["data"] == [])
            #expect(try await hub.post("/api/v1/dead-letters/\(ids.deadLetter)/replay").status == 404)
        }
    }
}
