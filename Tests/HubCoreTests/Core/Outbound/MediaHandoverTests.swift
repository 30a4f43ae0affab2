import AdapterKit
import HubStore
import Synchronization
import Testing

@testable import HubCore

struct MediaHandoverTests {
    private let world: TestTenant
    private let adapter = ScriptedMedia()
    private var clock: ManualClock { world.clock }

    init() throws { world = try TestTenant() }

    private func upload() async throws -> String {
        let writer = try await world.store.uploadWriter(limit: 1000, at: clock.now)
        try await writer.write(Array("a picture".utf8))
        return try await world.store.addUpload(
            try await writer.finish(), kind: .image, mimeType: "image/png", filename: "a.png", at: clock.now
        ).id
    }

    private func send(_ media: String, _ key: String) async throws -> Result<OutboundMessage, MediaHandover.Failure> {
        _ = try await world.store.enqueue(
            NewMessage(
                channel: "support", recipient: .phone("+16505551234"), content: .media(.init(.image, id: media)),
                idempotencyKey: key, request: []), checks: SendChecks(channel: .support), at: clock.now)
        let leased = try #require(try await world.store.lease(channel: "support", limit: 1, at: clock.now).first)
        let desk = ChannelDesk(
            configuration: try #require(world.tenant.configuration.channels.first), adapter: adapter,
            store: world.store, clock: clock)
        let result = await MediaHandover(desk: desk, clock: clock).complete(leased)
        try await world.store.settle(leased, .accepted(Acceptance(providerID: key)), at: clock.now)
        return result
    }

    @Test func mediaAreHandedOverOnceWhileTheProviderKeepsThem() async throws {
        let media = try await upload()
        for (key, expected) in [("1", "provider-1"), ("2", "provider-1")] {
            #expect(try await send(media, key).get().providerIDs == [media: expected])
        }
        let uploads = adapter.calls.uploads.withLock { $0 }
        #expect(uploads.count == 1)
        #expect(uploads.first?.0 == MediaUpload(kind: .image, mimeType: "image/png", filename: "a.png", size: 9))
        #expect(uploads.first?.1 == Array("a picture".utf8))
        clock.advance(.seconds(2 * 86_400))
        #expect(try await send(media, "3").get().providerIDs == [media: "provider-2"])
    }

    @Test func mediaOfAnotherTenantAreNone() async throws {
        let foreign = try await TestTenant().upload()
        let outcome = try await world.store.enqueue(
            NewMessage(
                channel: "support", recipient: .phone("+16505551234"), content: .media(.init(.image, id: foreign)),
                idempotencyKey: "1", request: []), checks: SendChecks(channel: .support), at: clock.now)
        #expect(
            outcome
                == .refused([
                    RequestProblem(
                        pointer: "/image/id", code: "unknown_media", detail: "names media that are not there")
                ]))
    }
}

extension TestTenant {
    fileprivate func upload() async throws -> String {
        let writer = try await store.uploadWriter(limit: 10, at: clock.now)
        return try await store.addUpload(
            try await writer.finish(), kind: .image, mimeType: "image/png", filename: nil, at: clock.now
        ).id
    }
}
