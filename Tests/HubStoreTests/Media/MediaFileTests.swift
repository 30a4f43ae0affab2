import AdapterKit
import Crypto
import Foundation
import Testing

@testable import HubStore

/// What is in the files, and what becomes of one that was changed.
struct MediaFileTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_000], [1000, 65_536, 200_000])
    func whatWentInComesOut(size: Int, piece: Int) async throws {
        let bytes = someBytes(size)
        let media = try await store.storedImage(bytes, piece: piece)
        let record = try #require(try await store.media(id: media.id))
        #expect(record.state == .stored && record.size == size && record.failure == nil)
        #expect(record.sha256 == Array(SHA256.hash(data: bytes)))
        #expect(try await store.bytes(media.id) == bytes)
        await store.close()
        #expect(try await stores.open().bytes(media.id) == bytes)
    }

    @Test(arguments: [
        0..<0, 0..<1, 5..<10, 65_535..<65_537, 65_536..<131_072, 100_000..<199_999, 199_999..<200_000, 0..<200_000,
        199_000..<1_000_000, 500_000..<500_001,
    ])
    func aPartIsThatPart(range: Range<Int>) async throws {
        let bytes = someBytes(200_000)
        let media = try await store.storedImage(bytes)
        let expected = bytes[range.clamped(to: 0..<bytes.count)]
        #expect(try await store.bytes(media.id, range) == Array(expected))
    }

    @Test func theLayoutKnowsTheSizeOfAFileAndRefusesWhatIsNone() {
        let header = MediaCipher.headerSize
        for size in [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073] {
            let layout = MediaLayout(size: size)
            let last = layout.place(of: layout.chunks - 1)
            #expect(MediaLayout(fileSize: last.offset + last.count) == layout)
        }
        for size in [-1, 0, header, header + 15, header + 65_552 + 15, header + 65_552 + 16] {
            #expect(MediaLayout(fileSize: size) == nil, "\(size)")
        }
    }

    private func expectUnsealable(_ id: String, in store: TenantStore, _ comment: Comment) async {
        let error = await #expect(throws: StoreError.self, comment) { _ = try await store.bytes(id) }
        #expect(error?.code == .unsealable, comment)
    }

    @Test(arguments: [0, 100, 65_536, 200_000])
    func aFileThatWasChangedDoesNotOpen(size: Int) async throws {
        let media = try await store.storedImage(someBytes(size))
        let url = URL(fileURLWithPath: stores.mediaFile(media))
        let whole = try Data(contentsOf: url)
        var changes: [(String, Data)] = [
            ("cut by a byte", whole.dropLast()), ("longer by a byte", whole + [0]), ("empty", Data()),
            ("only the header", whole.prefix(MediaCipher.headerSize)), ("a chunk more", whole + whole.suffix(65_552)),
            ("another format", Data([0]) + whole.dropFirst()),
        ]
        for place in [3, 4, 5, 36, 37, whole.count / 2, whole.count - 1] {
            var changed = whole
            changed[place] ^= 1
            changes.append(("another byte at \(place)", changed))
        }
        for (name, changed) in changes {
            try changed.write(to: url)
            await expectUnsealable(media.id, in: store, "\(name)")
        }
        try whole.write(to: url)
        #expect(try await store.bytes(media.id)?.count == size)
    }

    @Test func chunksThatWereMovedDoNotOpen() async throws {
        let media = try await store.storedImage(someBytes(196_608))
        let url = URL(fileURLWithPath: stores.mediaFile(media))
        let whole = try Data(contentsOf: url)
        let header = whole.prefix(MediaCipher.headerSize)
        let chunks = (0..<3).map { whole.dropFirst(MediaCipher.headerSize + $0 * 65_552).prefix(65_552) }
        for order in [[1, 0, 2], [0, 2, 1], [0, 0, 2], [0, 1, 1], [2, 1, 0]] {
            try (header + order.flatMap { chunks[$0] }).write(to: url)
            await expectUnsealable(media.id, in: store, "\(order)")
        }
        // Cut at the end of a chunk, with the row made to agree.
        try (header + chunks[0] + chunks[1]).write(to: url)
        await store.close()
        try stores.tamper(stores.storePath(), "UPDATE media SET size = 131072")
        await expectUnsealable(media.id, in: store, "cut")
    }

    @Test func theFileOfAnotherRowDoesNotOpen() async throws {
        let bytes = someBytes(1000)
        let mine = try await store.storedImage(bytes, "wamid.A")
        let other = try await store.storedImage(bytes, "wamid.B")
        let files = try [mine, other].map { try Data(contentsOf: URL(fileURLWithPath: stores.mediaFile($0))) }
        #expect(files[0] != files[1])
        try files[1].write(to: URL(fileURLWithPath: stores.mediaFile(mine)))
        await expectUnsealable(mine.id, in: store, "another row of the same contact")
        #expect(try await store.bytes(other.id) == bytes)
    }

    @Test func theCipherIsBoundToTenantRowAndPlace() throws {
        let key = SymmetricKey(size: .bits256)
        let header = MediaCipher.makeHeader()
        let sealed = try MediaCipher(header: header, tenant: "acme", row: 7, key: key).seal(
            [1, 2], at: 3, isLast: false)
        let open = { (tenant: String, row: Int64, key: SymmetricKey, index: Int, isLast: Bool) in
            try MediaCipher(header: header, tenant: tenant, row: row, key: key).open(sealed, at: index, isLast: isLast)
        }
        #expect(try open("acme", 7, key, 3, false) == [1, 2])
        let elsewhere: [() throws -> [UInt8]] = [
            { try open("globex", 7, key, 3, false) }, { try open("acme", 8, key, 3, false) },
            { try open("acme", 7, SymmetricKey(size: .bits256), 3, false) }, { try open("acme", 7, key, 2, false) },
            { try open("acme", 7, key, 3, true) },
        ]
        for attempt in elsewhere {
            let error = #expect(throws: StoreError.self) { try attempt() }
            #expect(error?.code == .unsealable)
        }
        var old = header
        old[4] = 2
        #expect(throws: StoreError.self) {
            try MediaCipher(header: old, tenant: "acme", row: 7, key: key).open(sealed, at: 3, isLast: false)
        }
    }

    @Test func whoseKeyIsDestroyedHasNoMediaAndOthersHave() async throws {
        let mine = try await store.storedImage(someBytes(1000), "wamid.A", phone: "+16505550001")
        let other = try await store.storedImage(someBytes(1000), "wamid.B", phone: "+16505550002")
        await store.close()
        try stores.tamper(
            stores.keysPath(), "DELETE FROM contact_keys WHERE contact_id = (SELECT MIN(contact_id) FROM contact_keys)")
        await expectUnsealable(mine.id, in: store, "erased")
        #expect(try await store.bytes(other.id) == someBytes(1000))
    }

    @Test func nothingOfThePersonIsInAnyByteOfTheData() async throws {
        let content = Array(String(repeating: "the parcel of Quillon Vexmore is lost. ", count: 5000).utf8)
        let leased = try await store.leasedImage("wamid.A", .sample("media-quillon", filename: "Quillon.jpg"))
        try await store.settle(leased, .stored(store.finished(leased, content), mimeType: nil), at: Stores.now)
        let upload = try await store.upload(content, filename: "Vexmore.pdf")
        try await store.keepProviderMedia(
            upload.id, channel: "support", providerID: "given-quillon", expiresAt: Stores.now + .seconds(60))
        let next = try await store.leasedImage("wamid.B", .sample("media-vexmore"))
        let failure = FailureReason(code: "gone", title: "Gone", detail: "of Quillon")
        try await store.settle(next, .failed(failure), at: Stores.now)
        #expect(try await store.media(id: leased.id)?.filename == "Quillon.jpg")
        #expect(try await store.media(id: upload.id)?.filename == "Vexmore.pdf")
        #expect(try await store.media(id: next.id)?.failure == failure)
        #expect(try found(["uillon", "exmore", "parcel", "cdn.example"]) == [])
        await store.close()
        #expect(try found(["uillon", "exmore", "parcel", "cdn.example"]) == [])
        #expect(try found(["application/pdf"]).count == 1, "the search finds what is in the clear")
    }

    private func found(_ words: [String]) throws -> [String] {
        try stores.folder.files.flatMap { path in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            return words.filter { bytes.range(of: Data($0.utf8)) != nil || path.contains($0) }.map {
                "\($0) in \(path)"
            }
        }
    }
}
