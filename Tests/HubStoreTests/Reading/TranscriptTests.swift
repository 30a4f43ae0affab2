import AdapterKit
import Testing

@testable import HubStore

struct TranscriptTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    /// The conversation of one who wrote, was answered, and sent a picture.
    private func conversation() async throws -> String {
        try await store.ingest([.message(.text("1", body: "Where is it?"))], channel: "support", at: now)
        _ = try await store.enqueue(.text("On its way", key: "1"), at: now + .seconds(1))
        try await store.ingest([.message(.image("2"))], channel: "support", at: now + .seconds(2))
        return try #require(try await store.conversations(after: nil, limit: 1)?.elements.first).id
    }

    @Test func messagesStandInTheirOrderWithTheirAuthors() async throws {
        let entries = try #require(
            try await store.transcript(conversation: try await conversation(), after: nil, limit: 10))
        #expect(entries.map(\.type) == ["text", "text", "image"])
        #expect(entries.map(\.text) == ["Where is it?", "On its way", nil])
        #expect(entries.map(\.direction) == [.inbound, .outbound, .inbound])
        #expect(entries.map(\.author) == ["Sheena Nelson", nil, "Sheena Nelson"])
        #expect(entries.map(\.mediaIDs.count) == [0, 0, 1])
        #expect(entries.map(\.at) == [now, now + .seconds(1), now])
        #expect(try await store.media(id: entries[2].mediaIDs[0])?.messageID == entries[2].messageID)
    }

    @Test func aTranscriptGoesOnAfterAMessage() async throws {
        let conversation = try await conversation()
        let first = try #require(try await store.transcript(conversation: conversation, after: nil, limit: 2))
        let rest = try await store.transcript(conversation: conversation, after: first[1].messageID, limit: 2)
        #expect(rest?.map(\.type) == ["image"])
        #expect(try await store.transcript(conversation: conversation, after: "msg_junk", limit: 2) == nil)
        #expect(try await store.transcript(conversation: "cnv_junk", after: nil, limit: 2) == nil)
        #expect(try await stores.open("globex").transcript(conversation: conversation, after: nil, limit: 2) == nil)
    }

    @Test func whoWritesAnIdOfMediaDoesNotGetThem() async throws {
        let conversation = try await conversation()
        let media = try #require(try await store.transcript(conversation: conversation, after: nil, limit: 9)?[2])
            .mediaIDs[0]
        try await store.ingest(
            [.message(.text("3", from: [ContactIdentity(.phone, "+16505550000")], body: media))], channel: "support",
            at: now + .seconds(3))
        let other = try #require(try await store.conversations(after: nil, limit: 1)?.elements.first).id
        let entries = try #require(try await store.transcript(conversation: other, after: nil, limit: 9))
        #expect(entries.map(\.text) == [media] && entries.map(\.mediaIDs) == [[]])
    }

    @Test func whatTheErasedSaidIsLeftOut() async throws {
        let conversation = try await conversation()
        await store.close()
        try stores.tamper(stores.keysPath(), "DELETE FROM contact_keys")
        let entries = try #require(try await store.transcript(conversation: conversation, after: nil, limit: 10))
        #expect(entries.count == 3)
        #expect(entries.allSatisfy { $0.text == nil && $0.content == nil && $0.author == nil })
    }
}
