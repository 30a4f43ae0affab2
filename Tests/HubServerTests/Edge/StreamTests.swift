import AdapterKit
import AsyncHTTPClient
import HubCore
import NIOHTTP1
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    @Test func `what happens is told at once`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts(["before"]))
            var stream = try await EventStream(hub)
            #expect(stream.response.headers["content-type"] == ["text/event-stream"])
            #expect(stream.response.headers["cache-control"] == ["no-store"])
            #expect(stream.response.headers["request-id"].count == 1)
            try await hub.webhook(RunningHub.texts(["after"]))
            let event = try #require(try await stream.next())
            #expect(event.id == "2")
            #expect(event.event == "message.received")
            let json = try JSON.parse(try #require(event.data))
            #expect(json["sequence"]?.integer == 2)
            #expect(json["data"]?["message"]?["text"]?["body"] == "after")
        }
    }

    @Test func `a stream goes on after the last event that was seen`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts((1...5).map { "text \($0)" }))
            var stream = try await EventStream(hub, "/api/v1/events/stream?after=1", headers: [("Last-Event-ID", "3")])
            #expect(try await stream.next()?.id == "4")
            #expect(try await stream.next()?.id == "5")
            try await hub.webhook(RunningHub.texts(["text 6"]))
            #expect(try await stream.next()?.id == "6")
        }
    }

    @Test func `a long log comes whole and in order`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts((0..<350).map { "text \($0)" }))
            var stream = try await EventStream(hub, "/api/v1/events/stream?after=0")
            for sequence in 1...350 { #expect(try await stream.next()?.id == String(sequence)) }
        }
    }

    @Test func `a new stream says at once that it is there`() async throws {
        try await withHub { hub in
            var stream = try await EventStream(hub)
            let block = try #require(try await stream.nextBlock())
            #expect(block == EventStream.Event())
        }
    }

    @Test func `taking the key away ends its stream`() async throws {
        try await withHub { hub in
            var stream = try await EventStream(hub)
            _ = try await stream.nextBlock()
            try await hub.hub.apply(hub.configurationWithoutKeys("acme"))
            try await hub.webhook(RunningHub.texts(["not for you"]))
            #expect(try await stream.next() == nil)
        }
    }

    @Test func `taking the scope away ends the stream`() async throws {
        try await withHub { hub in
            var stream = try await EventStream(hub)
            _ = try await stream.nextBlock()
            var changed = hub.configuration
            changed.tenants[0].apiKeys[0].scopes = [.messagesRead]
            try await hub.hub.apply(changed)
            try await hub.webhook(RunningHub.texts(["not for you"]))
            #expect(try await stream.next() == nil)
        }
    }

    @Test func `a reload that keeps the key keeps the stream`() async throws {
        try await withHub { hub in
            var stream = try await EventStream(hub)
            _ = try await stream.nextBlock()
            var changed = hub.configuration
            changed.tenants[0].name = "Acme Limited"
            try await hub.hub.apply(changed)
            try await hub.webhook(RunningHub.texts(["still yours"]))
            #expect(try await stream.next()?.id == "1")
        }
    }

    @Test func `a stop ends the streams`() async throws {
        try await withHub { hub in
            var streams: [EventStream] = []
            for _ in 0..<5 {
                var stream = try await EventStream(hub)
                _ = try await stream.nextBlock()
                streams.append(stream)
            }
            await hub.services.triggerGracefulShutdown()
            for var stream in streams { #expect(try await stream.next() == nil) }
        }
    }
}
