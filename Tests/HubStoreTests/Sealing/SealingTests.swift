import AdapterKit
import Crypto
import Foundation
import Testing

@testable import HubStore

struct SealingTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func receive(_ ids: String...) async throws {
        let updates = ids.map { id in
            InboundUpdate.message(.text(id, from: [ContactIdentity(.phone, "+1650555000\(id)")], body: "hello \(id)"))
        }
        try await store.ingest(updates, channel: "support", at: Stores.now)
    }

    @Test func aSealedValueOpensOnlyInItsPlace() throws {
        let key = SymmetricKey(size: .bits256)
        let sealer = Sealer(owner: "acme")
        let sealed = try sealer.seal(Array("hello".utf8), .messageContent, row: 7, with: key)
        #expect(try sealer.open(sealed, .messageContent, row: 7, with: key) == Array("hello".utf8))
        #expect(try sealer.seal(Array("hello".utf8), .messageContent, row: 7, with: key) != sealed)
        let elsewhere: [() throws -> [UInt8]] = [
            { try sealer.open(sealed, .messageContent, row: 8, with: key) },
            { try sealer.open(sealed, .messageRaw, row: 7, with: key) },
            { try Sealer(owner: "globex").open(sealed, .messageContent, row: 7, with: key) },
            { try sealer.open(sealed, .messageContent, row: 7, with: SymmetricKey(size: .bits256)) },
            { try sealer.open([2] + sealed.dropFirst(), .messageContent, row: 7, with: key) },
            { try sealer.open(Array(sealed.dropLast()), .messageContent, row: 7, with: key) },
            { try sealer.open([], .messageContent, row: 7, with: key) },
            { try sealer.open([1], .messageContent, row: 7, with: key) },
        ]
        for open in elsewhere {
            let error = #expect(throws: StoreError.self) { try open() }
            #expect(error?.code == .unsealable)
        }
    }

    @Test(arguments: [
        // Another row of the same contact, another column of the same row.
        "UPDATE messages SET content = (SELECT content FROM messages ORDER BY id LIMIT 1)",
        "UPDATE messages SET content = raw",
    ])
    func aValueThatWasMovedInTheFileDoesNotOpen(sql: String) async throws {
        let sender = [ContactIdentity(.phone, "+16505551234")]
        try await store.ingest(
            [.message(.text("A", from: sender)), .message(.text("B", from: sender))], channel: "support", at: Stores.now
        )
        let id = try #require(try await store.log().last?.data["message"]?["id"]?.string)
        await store.close()
        try stores.tamper(stores.storePath(), sql)
        let error = await #expect(throws: StoreError.self) { try await store.message(id: id) }
        #expect(error?.code == .unsealable)
    }

    @Test func theFilesOfOneTenantDoNotOpenAsAnothers() async throws {
        try await receive("1")
        await store.close()
        for path in [stores.storePath("globex"), stores.keysPath("globex")] {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: path.replacing("globex", with: "acme"), toPath: path)
        }
        let error = await #expect(throws: StoreError.self) { try await stores.open("globex").lastSequence() }
        #expect(error?.code == .unsealable)
    }

    @Test func anotherMasterKeyOpensNoTenant() async throws {
        try await receive("1")
        await store.close()
        let other = try #require(MasterKey(text: MasterKey.generate()))
        let error = await #expect(throws: StoreError.self) { try await stores.open(masterKey: other).lastSequence() }
        #expect(error?.code == .unsealable)
        #expect(try await stores.open().lastSequence() == 1)
    }

    @Test func theKeysAreInAFileApart() async throws {
        try await receive("1", "2")
        await store.close()
        let wrapped = try stores.bytes(
            stores.keysPath(), "SELECT wrapped FROM contact_keys UNION ALL SELECT wrapped FROM tenant_keys")
        #expect(wrapped.count == 3)
        let storeFile = try Data(contentsOf: URL(fileURLWithPath: stores.storePath()))
        for key in wrapped { #expect(storeFile.range(of: key) == nil) }
    }

    @Test func whoseKeyIsDestroyedIsUnreadableAndTheLogGoesOn() async throws {
        try await receive("1", "2")
        let before = try await store.log()
        let ids = before.compactMap { $0.data["message"]?["id"]?.string }
        await store.close()
        try stores.tamper(
            stores.keysPath(), "DELETE FROM contact_keys WHERE contact_id = (SELECT MIN(contact_id) FROM contact_keys)")
        let after = try await store.log()
        #expect(after.map(\.data) == [.null, before[1].data])
        let error = await #expect(throws: StoreError.self) { try await store.message(id: ids[0]) }
        #expect(error?.code == .unsealable)
        #expect(try await store.message(id: ids[1])?.body.content?["body"] == "hello 2")
    }

    @Test func theKeysAreOnDiskBeforeWhatTheySealed() async throws {
        let keysPath = stores.keysPath()
        try await store.write { context in
            _ = try context.resolveContact([ContactIdentity(.phone, "+16505551234")], name: "Sheena", now: Stores.now)
        }
        #expect(try stores.integers(keysPath, "SELECT COUNT(*) FROM contact_keys") == [1])
        // The key file cannot be written: then nothing of the store is either.
        try stores.tamper(
            keysPath, "CREATE TRIGGER refuse BEFORE INSERT ON contact_keys BEGIN SELECT RAISE(ABORT, 'no'); END")
        await #expect(throws: (any Error).self) { try await receive("9") }
        #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM contacts") == [1])
        #expect(try await store.lastSequence() == 0)
        try stores.tamper(keysPath, "DROP TRIGGER refuse")
        try await receive("9")
        #expect(try await store.lastSequence() == 1)
    }

    @Test func aKeyThatACrashLeftBehindIsNeverTakenForAnothersKey() async throws {
        try await receive("1")
        await store.close()
        // As after a crash between the two commits: a key of a contact that is not in the store.
        let sql = """
            INSERT INTO contact_keys (contact_id, wrapped)
            SELECT contact_id + 4194304 * 1000000, wrapped FROM contact_keys
            """
        try stores.tamper(stores.keysPath(), sql)
        let orphan = try #require(
            try stores.integers(stores.keysPath(), "SELECT MAX(contact_id) FROM contact_keys").first)
        try await receive("2")
        await store.close()
        let newest = try #require(try stores.integers(stores.storePath(), "SELECT MAX(id) FROM contacts").first)
        #expect(newest > orphan)
        #expect(
            try await store.contacts(after: nil, limit: 10)?.elements.map(\.name) == ["Sheena Nelson", "Sheena Nelson"])
    }

    @Test(arguments: ["", "c2hvcnQ=", "not base64 at all, not at all, not at all!!", String(repeating: "A", count: 45)])
    func onlyThirtyTwoBytesAreAMasterKey(text: String) { #expect(MasterKey(text: text) == nil) }

    @Test func lookupsKeepPartsPurposesAndTenantsApart() {
        let key = LookupKey(SymmetricKey(size: .bits256))
        let lookups = [
            key.lookup(.identity, "a", "bc"), key.lookup(.identity, "ab", "c"), key.lookup(.identity, "abc"),
            key.lookup(.participant, "a", "bc"), LookupKey(SymmetricKey(size: .bits256)).lookup(.identity, "a", "bc"),
        ]
        #expect(Set(lookups).count == lookups.count)
        #expect(key.lookup(.identity, "a", "bc") == lookups[0])
    }
}
