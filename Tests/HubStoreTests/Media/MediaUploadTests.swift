import AdapterKit
import Foundation
import Testing

@testable import HubStore

/// Media that the API hands in, and what a crash leaves.
struct MediaUploadTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @Test func anUploadIsStoredAtOnce() async throws {
        let record = try await store.upload(someBytes(70_000), filename: "offer.pdf")
        #expect(record.state == .stored && record.direction == .upload && record.kind == .document)
        #expect(record.size == 70_000 && record.mimeType == "application/pdf" && record.filename == "offer.pdf")
        #expect(record.channel == nil && record.messageID == nil && record.contactID == nil)
        #expect(try await store.media(id: record.id) == record)
        #expect(try await store.bytes(record.id) == someBytes(70_000))
        #expect(try await store.log().isEmpty)
        #expect(stores.mediaFiles().count == 1)
        #expect(try await store.leaseMedia(channel: "support", limit: 9, at: Stores.now + .seconds(9)).isEmpty)
    }

    @Test func anotherTenantHasNoneOfIt() async throws {
        let record = try await store.upload([1, 2, 3])
        let other = stores.open("globex")
        #expect(try await other.media(id: record.id) == nil)
        #expect(try await other.openMedia(id: record.id) == nil)
        #expect(try await other.providerMedia(record.id, channel: "support", at: Stores.now) == nil)
        try await other.keepProviderMedia(record.id, channel: "support", providerID: "1", expiresAt: Stores.now)
        #expect(try await store.media(id: "med_0") == nil)
        #expect(try await store.openMedia(id: "ctc_0") == nil)
    }

    @Test func anUploadThatIsGivenUpLeavesNothing() async throws {
        let aborted = try await store.uploadWriter(limit: 1000, at: Stores.now)
        try await aborted.write([1])
        await aborted.abort()
        let discarded = try await store.uploadWriter(limit: 1000, at: Stores.now)
        try await discarded.write([1])
        await (try discarded.finish()).discard()
        var dropped: MediaWriter? = try await store.uploadWriter(limit: 1000, at: Stores.now)
        try await dropped?.write([1])
        _ = try await dropped?.finish()
        dropped = nil
        #expect(stores.mediaFiles() == [])
        #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM media") == [0])
    }

    @Test func theProvidersIdIsKeptPerChannelWhileItHolds() async throws {
        let id = try await store.upload([1]).id
        func given(_ channel: String, after seconds: Int64 = 0) async throws -> String? {
            try await store.providerMedia(id, channel: channel, at: Stores.now + .seconds(seconds))
        }
        let end = Stores.now + .seconds(60)
        try await store.keepProviderMedia(id, channel: "support", providerID: "111", expiresAt: end)
        try await store.keepProviderMedia(id, channel: "sales", providerID: "222", expiresAt: end)
        #expect(try await given("support") == "111")
        #expect(try await given("sales") == "222")
        #expect(try await given("support", after: 60) == nil)
        try await store.keepProviderMedia(
            id, channel: "support", providerID: "333", expiresAt: end + .seconds(60))
        #expect(try await given("support", after: 60) == "333")
        try await store.forgetProviderMedia(id, channel: "support")
        #expect(try await given("support") == nil)
        #expect(try await given("sales") == "222")
        #expect(try await store.media(id: id)?.state == .stored)
    }

    @Test func theProvidersIdOfOneMediaDoesNotOpenAsAnothers() async throws {
        let ids = [try await store.upload([1]).id, try await store.upload([2]).id]
        for id in ids {
            try await store.keepProviderMedia(
                id, channel: "support", providerID: id, expiresAt: Stores.now + .seconds(60))
        }
        await store.close()
        try stores.tamper(
            stores.storePath(),
            "UPDATE media_uploads SET provider_id = (SELECT provider_id FROM media_uploads ORDER BY id LIMIT 1)")
        #expect(try await store.providerMedia(ids[0], channel: "support", at: Stores.now) == ids[0])
        await #expect(throws: StoreError.self) {
            try await store.providerMedia(ids[1], channel: "support", at: Stores.now)
        }
    }

    @Test func whatACrashLeftIsRemovedWhenTheStoreOpensAndWhatIsStoredStays() async throws {
        let kept = try await store.upload(someBytes(100))
        let image = try await store.storedImage(someBytes(200))
        let pending = try await store.leasedImage("wamid.B")
        await store.close()
        let folder = stores.mediaFolder()
        let number = try #require(stores.mediaFiles().first { $0 != "/\(image.number)" })
        // Three crashes: before the row of an upload, while media were fetched, and between a commit and its clearing up.
        for (name, isFile) in [("77", true), ("\(pending.number)", true), (String(number.dropFirst()), false)] {
            try Data().write(to: URL(fileURLWithPath: "\(folder)/unfinished/\(name)"))
            if isFile { try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        }
        try Data().write(to: URL(fileURLWithPath: "\(folder)/unfinished/not-ours"))
        let reopened = stores.open()
        #expect(try await reopened.bytes(kept.id) == someBytes(100))
        #expect(try await reopened.bytes(image.id) == someBytes(200))
        #expect(Set(stores.mediaFiles()) == [number, "/\(image.number)", "/unfinished/not-ours"])
        try await reopened.recoverMediaLeases()
        let again = try #require(try await reopened.leaseMedia(channel: "support", limit: 1, at: Stores.now).first)
        try await reopened.settle(again, .stored(reopened.finished(again, [3]), mimeType: nil), at: Stores.now)
        #expect(try await reopened.bytes(pending.id) == [3])
    }

    @Test func aStoreThatClosesAndOpensUnderAnUploadDoesNotDisturbIt() async throws {
        let writer = try await store.uploadWriter(limit: .max, at: Stores.now)
        try await writer.write(someBytes(100_000))
        await store.close()
        #expect(try await store.lastSequence() == 0, "opened again")
        #expect(try await stores.open().lastSequence() == 0, "and by a second handle")
        try await writer.write(someBytes(100_000))
        let finished = try await writer.finish()
        await store.close()
        let record = try await store.addUpload(
            finished, kind: .image, mimeType: "image/png", filename: nil, at: Stores.now)
        #expect(try await store.bytes(record.id) == someBytes(100_000) + someBytes(100_000))
        #expect(stores.mediaFiles().count == 1)
    }

    @Test func aFileThatIsMissingIsAnErrorAndNotEmpty() async throws {
        let record = try await store.upload([1])
        try FileManager.default.removeItem(atPath: stores.mediaFolder() + (try #require(stores.mediaFiles().first)))
        let error = await #expect(throws: StoreError.self) { try await store.bytes(record.id) }
        #expect(error?.code == .unreadable)
    }

    @Test func manyReadAndWriteAtOnce() async throws {
        let record = try await store.upload(someBytes(300_000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    #expect(try await store.bytes(record.id) == someBytes(300_000))
                    let bytes = someBytes(100_000 + number, seed: number)
                    let mine = try await store.upload(bytes)
                    #expect(try await store.bytes(mine.id) == bytes)
                }
            }
            try await group.waitForAll()
        }
        #expect(stores.mediaFiles().count == 9)
    }

    @Test func whatIsWrittenGoesToTheDiskAndNotIntoMemory() async throws {
        let piece = someBytes(50_000)
        let writer = try await store.uploadWriter(limit: .max, at: Stores.now)
        let path = stores.mediaFolder() + (try #require(stores.mediaFiles().first { !$0.contains("unfinished") }))
        for number in 1...1000 {
            try await writer.write(piece)
            guard number % 50 == 0 else { continue }
            let onDisk = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            #expect(number * piece.count - onDisk <= MediaCipher.chunkSize)
        }
        let record = try await store.addUpload(
            writer.finish(), kind: .video, mimeType: "video/mp4", filename: nil, at: Stores.now)
        #expect(record.size == 50_000_000)
    }

    @Test func whatIsReadComesFromTheDiskPieceByPiece() async throws {
        let record = try await store.upload(someBytes(1_000_000))
        let reader = try #require(try await store.openMedia(id: record.id))
        for _ in 0..<3 { #expect(try await reader.next()?.count == MediaCipher.chunkSize) }
        let path = stores.mediaFolder() + (try #require(stores.mediaFiles().first))
        truncate(path, 300_000)
        #expect(try await reader.next()?.count == MediaCipher.chunkSize)
        let error = await #expect(throws: StoreError.self) { try await reader.next() }
        #expect(error?.code == .unsealable)
    }
}
