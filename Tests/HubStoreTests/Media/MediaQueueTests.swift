import AdapterKit
import Synchronization
import Testing

@testable import HubStore

/// Media that messages named, until they are stored or given up.
struct MediaQueueTests {
    private let stores: Stores
    private let store: TenantStore
    private let reason = FailureReason(code: "unavailable", title: "Not now", detail: "asked for +16505551234")

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func lease(after seconds: Int64 = 0, limit: Int = 10, channel: String = "support") async throws
        -> [LeasedMedia]
    {
        try await store.leaseMedia(channel: channel, limit: limit, at: Stores.now + .seconds(seconds))
    }

    @Test func aMessagesMediaAreLeasedAsTheProviderNamedThem() async throws {
        let reference = MediaReference.sample(filename: "cat.jpg")
        let leased = try await store.leasedImage("wamid.A", reference)
        #expect(leased.reference == reference && leased.kind == .image && leased.attempt == 1)
        #expect(leased.expiresAt == reference.expiresAt && leased.createdAt == Stores.now)
        #expect(stores.commits.withLock { $0.contains { $0.mediaChannels == ["support"] } })
        let record = try #require(try await store.media(id: leased.id))
        #expect(record.state == .pending && record.mimeType == "image/jpeg" && record.filename == "cat.jpg")
        #expect(record.size == nil && record.sha256 == nil && record.channel == "support")
        let message = try #require(try await store.log().first?.data["message"])
        #expect(message["image"]?["id"] == .string(leased.id))
        #expect(record.messageID == message["id"]?.string)
        #expect(try await store.openMedia(id: leased.id) == nil)
    }

    @Test func onlyWhatIsDueOnTheChannelIsLeasedAndOnce() async throws {
        try await store.ingest(
            (0..<3).map { .message(.image("wamid.\($0)")) }, channel: "support", at: Stores.now)
        try await store.ingest([.message(.image("wamid.9"))], channel: "sales", at: Stores.now)
        #expect(try await store.nextMediaDue(channel: "support") == Stores.now)
        #expect(try await store.nextMediaDue(channel: "nothing") == nil)
        #expect(try await lease(limit: 2).count == 2)
        #expect(try await lease().count == 1)
        #expect(try await lease().isEmpty)
        #expect(try await lease(channel: "sales").count == 1)
        #expect(try await stores.open("globex").leaseMedia(channel: "support", limit: 9, at: Stores.now).isEmpty)
    }

    @Test func aRepeatedMessageAddsNoMedia() async throws {
        for _ in 0..<2 { try await store.ingest([.message(.image("wamid.A"))], channel: "support", at: Stores.now) }
        #expect(try await lease().count == 1)
    }

    @Test func storedMediaAreToldOfOnce() async throws {
        let leased = try await store.leasedImage("wamid.A", .sample(filename: "cat.jpg"))
        let finished = try await store.finished(leased, someBytes(1234))
        try await store.settle(leased, .stored(finished, mimeType: "Image/PNG; name=cat"), at: Stores.now)
        let events = try await store.log()
        #expect(events.map(\.type) == [.messageReceived, .mediaUpdated])
        let data = events[1].data
        let message = events[0].data["message"]
        #expect(data["channel"] == "support" && data["message_id"] == message?["id"])
        #expect(data["conversation_id"] == message?["conversation_id"])
        #expect(data["contact_id"] == message?["contact_id"])
        let media = try #require(data["media"])
        #expect(media == (try await store.media(id: leased.id)?.json))
        #expect(media["id"] == .string(leased.id) && media["state"] == "stored" && media["size"] == .integer(1234))
        #expect(media["mime_type"] == "image/png" && media["filename"] == "cat.jpg" && media["error"] == .null)
        #expect(try await store.events(after: 1, limit: 1).first?.conversation != nil)
        #expect(try await lease(after: 100_000).isEmpty)
        #expect(stores.mediaFiles() == ["/\(leased.number)"])
        await #expect(throws: StoreError.self) { try await store.mediaWriter(for: leased, limit: 10) }
        #expect(try await store.bytes(leased.id) == someBytes(1234), "what is stored is not written again")
    }

    @Test func theMediaOfImportedHistoryAreFetchedAndNobodyIsTold() async throws {
        let message = InboundMessage.image("wamid.A", origin: .history(isFromBusiness: false, status: nil))
        try await store.ingest([.message(message)], channel: "support", at: Stores.now)
        let leased = try #require(try await lease().first)
        try await store.settle(leased, .stored(store.finished(leased, [1]), mimeType: nil), at: Stores.now)
        #expect(try await store.bytes(leased.id) == [1])
        #expect(try await store.log().isEmpty)
    }

    @Test func whatIsToBeTriedAgainWaitsItsTime() async throws {
        let leased = try await store.leasedImage()
        try await store.settle(
            leased, .again(at: Stores.now + .seconds(60), reason, counts: true), at: Stores.now)
        #expect(try await store.media(id: leased.id)?.failure == reason)
        #expect(try await store.log().map(\.type) == [.messageReceived])
        #expect(try await store.nextMediaDue(channel: "support") == Stores.now + .seconds(60))
        #expect(try await lease(after: 59).isEmpty)
        let second = try #require(try await lease(after: 60).first)
        #expect(second.attempt == 2)
        try await store.settle(second, .again(at: Stores.now, reason, counts: false), at: Stores.now)
        let third = try #require(try await lease().first)
        #expect(third.attempt == 2)
        try await store.settle(third, .stored(store.finished(third, [1]), mimeType: nil), at: Stores.now)
        #expect(try await store.media(id: leased.id)?.failure == nil)
    }

    @Test func whatIsGivenUpIsToldOfAndCanBeAskedForAgain() async throws {
        let leased = try await store.leasedImage()
        #expect(try await store.retryMedia(leased.id, at: Stores.now) == false, "it has not failed")
        try await store.settle(leased, .failed(reason), at: Stores.now)
        let event = try #require(try await store.log().last)
        #expect(event.type == .mediaUpdated && event.data["media"]?["state"] == "failed")
        #expect(event.data["media"]?["error"]?["code"] == "unavailable")
        #expect(try await lease(after: 100_000).isEmpty)
        #expect(try await stores.open("globex").retryMedia(leased.id, at: Stores.now) == false)
        #expect(try await store.retryMedia("med_0", at: Stores.now) == false)
        #expect(try await store.retryMedia(leased.id, at: leased.expiresAt) == false, "the provider has it no more")
        stores.commits.withLock { $0 = [] }
        #expect(try await store.retryMedia(leased.id, at: Stores.now))
        #expect(stores.commits.withLock { $0.map(\.mediaChannels) } == [["support"]])
        let again = try #require(try await lease().first)
        #expect(again.attempt == 1)
        #expect(try await store.media(id: leased.id)?.failure == nil)
        try await store.settle(again, .stored(store.finished(again, [1]), mimeType: nil), at: Stores.now)
        #expect(try await store.retryMedia(leased.id, at: Stores.now) == false, "it is stored")
    }

    @Test func aForgottenLeaseIsDueAgain() async throws {
        let leased = try await store.leasedImage()
        let end = TenantStore.mediaLease
        #expect(try await store.nextMediaDue(channel: "support") == Stores.now + end)
        #expect(try await store.leaseMedia(channel: "support", limit: 1, at: Stores.now + end).map(\.id) == [leased.id])
        #expect(try await lease().isEmpty)
        #expect(try await store.recoverMediaLeases() == 1)
        #expect(try await lease().map(\.id) == [leased.id])
    }

    @Test func onlyOneWritesAFileAtATime() async throws {
        let leased = try await store.leasedImage()
        let writer = try await store.mediaWriter(for: leased, limit: 100)
        let error = await #expect(throws: StoreError.self) { try await store.mediaWriter(for: leased, limit: 100) }
        #expect(error?.code == .busy)
        try await writer.write([1])
        await writer.abort()
        await #expect(throws: StoreError.self) { try await writer.finish() }
        #expect(stores.mediaFiles() == [])
        try await store.settle(leased, .stored(store.finished(leased, [2]), mimeType: nil), at: Stores.now)
        #expect(try await store.bytes(leased.id) == [2])
    }

    @Test func beyondTheLimitNothingIsTakenAndNothingStays() async throws {
        let leased = try await store.leasedImage()
        let writer = try await store.mediaWriter(for: leased, limit: 100_000)
        try await writer.write(someBytes(100_000))
        #expect(!writer.isTooLarge)
        await #expect(throws: MediaTooLarge(limit: 100_000)) { try await writer.write([1]) }
        await #expect(throws: MediaTooLarge.self) { try await writer.write([]) }
        await #expect(throws: MediaTooLarge.self) { try await writer.finish() }
        #expect(writer.isTooLarge)
        await writer.abort()
        #expect(stores.mediaFiles() == [])
    }

    @Test func aFileThatIsNotWantedAnyMoreGoes() async throws {
        let leased = try await store.leasedImage()
        let finished = try await store.finished(leased, someBytes(10))
        #expect(stores.mediaFiles().count == 2, "the file and its mark")
        try await store.settle(leased, .failed(reason), at: Stores.now)
        await #expect(throws: StoreError.self) {
            try await store.settle(leased, .stored(finished, mimeType: nil), at: Stores.now)
        }
        #expect(stores.mediaFiles() == [])
        #expect(try await store.media(id: leased.id)?.state == .failed)
    }

    @Test func theMediaOfAnErasedPersonAreGivenUpAndHoldUpNoOthers() async throws {
        try await store.ingest(
            [.message(.image("wamid.A", phone: "+16505550001")), .message(.image("wamid.B", phone: "+16505550002"))],
            channel: "support", at: Stores.now)
        await store.close()
        try stores.tamper(
            stores.keysPath(), "DELETE FROM contact_keys WHERE contact_id = (SELECT MIN(contact_id) FROM contact_keys)")
        #expect(try await lease().count == 1)
        #expect(try await lease(after: 100_000, limit: 10).count == 1)
        #expect(
            try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM media WHERE state = 'failed'") == [1])
    }
}
