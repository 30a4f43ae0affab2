import AdapterKit
import Crypto
import Synchronization
import Testing

@testable import HubCore
@testable import HubStore

struct MediaFetcherTests {
    private static let bytes = [UInt8]((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    private let world: TestTenant
    private var clock: ManualClock { world.clock }

    init() throws { world = try TestTenant() }

    /// A message with a picture; gives the hub's id of it.
    private func receive(sha256: [UInt8]? = nil, lifetime: Duration = .seconds(7 * 86_400)) async throws -> String {
        let media = MediaReference(providerID: "1", sha256: sha256, expiresAt: clock.now + lifetime)
        let message = InboundMessage(
            providerID: "wamid.1", sender: [ContactIdentity(.phone, "+16505551234")], content: .media(.init(.image)),
            media: media, sentAt: clock.now, raw: .null)
        try await world.store.ingest([.message(message)], channel: .support, at: clock.now)
        let id = try await world.events(.messageReceived).first?["message"]?["image"]?["id"]?.string
        return try #require(id)
    }

    private func whileFetching(_ adapter: ScriptedMedia, _ body: () async throws -> Void) async throws {
        let desk = ChannelDesk(
            configuration: try #require(world.tenant.configuration.channels.first), adapter: adapter,
            store: world.store, clock: clock)
        let fetcher = MediaFetcher(
            tenant: world.tenant, desk: desk, adapter: adapter, clock: clock, logger: TestTenant.logger)
        let running = Task { await fetcher.run() }
        defer { running.cancel() }
        try await body()
    }

    private func state(_ id: String) async throws -> MediaRecord.State? { try await world.store.media(id: id)?.state }

    private func failure(_ kind: ProviderFailure.Kind) -> ProviderFailure {
        ProviderFailure(kind, FailureReason(code: "scripted", title: "As scripted"))
    }

    private static func write(_ sink: any ByteSink) async throws(ProviderFailure) {
        do {
            for start in stride(from: 0, to: bytes.count, by: 70_000) {
                try await sink.write(Array(bytes[start..<min(start + 70_000, bytes.count)]))
            }
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "sink", title: "The sink is full"))
        }
    }

    @Test func whatAMessageNamesIsFetchedAndTold() async throws {
        let id = try await receive(sha256: Array(SHA256.hash(data: Self.bytes)))
        let adapter = ScriptedMedia { _, sink, _ async throws(ProviderFailure) in
            try await Self.write(sink)
            return FetchedMedia(mimeType: "image/png")
        }
        try await whileFetching(adapter) {
            try await eventually("it is there") { try await state(id) == .stored }
        }
        let reader = try #require(try await world.store.openMedia(id: id))
        var read: [UInt8] = []
        while let piece = try await reader.next() { read += piece }
        #expect(read == Self.bytes && reader.record.mimeType == "image/png")
        let told = try await world.events(.mediaUpdated)
        #expect(told.map { $0["media"]?["state"] } == ["stored"])
    }

    @Test func whatFailsIsTriedAgainLaterAndLater() async throws {
        let id = try await receive()
        let adapter = ScriptedMedia { [failure] _, sink, time async throws(ProviderFailure) in
            guard time > 3 else { throw failure(.unavailable) }
            try await Self.write(sink)
            return FetchedMedia()
        }
        try await whileFetching(adapter) {
            for time in 1...3 {
                try await eventually("it was tried") { adapter.calls.fetches.withLock { $0 } == time }
                // While it is under way it is due, too: in a quarter of an hour, should nobody come back.
                try await eventually("it waits") {
                    let due = try await world.store.nextMediaDue(channel: "support")
                    return due.map { $0 > clock.now && $0 < clock.now + .seconds(60) } == true
                }
                clock.advance(.seconds(1 << time))
                world.tenant.signals.committed(CommitSummary(mediaChannels: ["support"]))
            }
            try await eventually("it is there") { try await state(id) == .stored }
        }
    }

    @Test func whatIsGoneFailsAtOnceAndCanBeAskedForAgain() async throws {
        let id = try await receive()
        let adapter = ScriptedMedia { [failure] _, sink, time async throws(ProviderFailure) in
            guard time > 1 else { throw failure(.notFound) }
            try await Self.write(sink)
            return FetchedMedia()
        }
        try await whileFetching(adapter) {
            try await eventually("it failed") { try await state(id) == .failed }
            #expect(try await world.tenant.retry(media: id))
            try await eventually("it is there") { try await state(id) == .stored }
        }
        #expect(try await !world.tenant.retry(media: id))
        #expect(try await world.events(.mediaUpdated).map { $0["media"]?["state"] } == ["failed", "stored"])
    }

    @Test func anotherHashIsNotKept() async throws {
        let id = try await receive(sha256: Array(SHA256.hash(data: [1])), lifetime: .seconds(1))
        let adapter = ScriptedMedia { _, sink, _ async throws(ProviderFailure) in
            try await Self.write(sink)
            return FetchedMedia()
        }
        try await whileFetching(adapter) {
            try await eventually("it failed") { try await state(id) == .failed }
        }
        #expect(try await world.store.media(id: id)?.failure?.code == "hash_mismatch")
        #expect(try await world.store.openMedia(id: id) == nil)
    }
}
