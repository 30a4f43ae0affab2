import Foundation
import Testing

@testable import HubStore

struct DurabilityTests {
    private let stores: Stores

    init() throws { stores = try Stores() }

    @Test func aTenantsWriterIsFullySynchronous() async throws {
        let store = stores.open()
        #expect(try await store.lastSequence() == 0)
        #expect(try store.synchronousLevel() == 2)
    }

    @Test(arguments: ["tenant", "keys", "quarantine"])
    func everyKindOfFileIsFullySynchronousAndInWALMode(kind: String) throws {
        let schema = try #require(["tenant": Schema.tenant, "keys": .keys, "quarantine": .quarantine][kind])
        let path = "\(stores.folder.path)/\(kind).sqlite"
        let engine = try SQLiteEngine(path: path, schema: schema, secureDelete: true)
        defer { engine.close() }
        #expect(try engine.synchronousLevel() == 2)
        #expect(try engine.withoutTransaction { try $0.first("PRAGMA journal_mode", []) { $0.text(0) } } == "wal")
        #expect(try engine.withoutTransaction { try $0.first("PRAGMA foreign_keys", []) { $0.integer(0) } } == 1)
    }

    @Test func aFileOfANewerVersionIsRefused() async throws {
        let store = stores.open()
        #expect(try await store.lastSequence() == 0)
        await store.close()
        try stores.tamper(stores.storePath(), "UPDATE schema_version SET version = 99")
        let error = await #expect(throws: StoreError.self) { try await stores.open().lastSequence() }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("store.sqlite") == true)
        #expect(error?.message.contains("99") == true)
    }

    @Test func aFileThatIsNoDatabaseIsUnreadable() throws {
        let path = "\(stores.folder.path)/junk.sqlite"
        try #require(FileManager.default.createFile(atPath: path, contents: Data(repeating: 0x41, count: 8192)))
        let error = #expect(throws: StoreError.self) { try SQLiteEngine(path: path, schema: .keys, secureDelete: true) }
        #expect(error?.code == .unreadable)
    }

    @Test func aTransactionThatThrowsLeavesNothing() throws {
        struct Failure: Error {}
        let engine = try SQLiteEngine(path: "\(stores.folder.path)/x.sqlite", schema: .keys, secureDelete: true)
        defer { engine.close() }
        #expect(throws: Failure.self) {
            try engine.transaction { connection in
                try connection.run("INSERT INTO contact_keys (contact_id, wrapped) VALUES (1, $1)", [.bytes([1])])
                throw Failure()
            }
        }
        #expect(try engine.read { try $0.first("SELECT COUNT(*) FROM contact_keys", []) { $0.integer(0) } } == 0)
    }

    @Test func emptyTextsAndBytesAreNotNull() throws {
        let engine = try SQLiteEngine(path: "\(stores.folder.path)/x.sqlite", schema: .keys, secureDelete: true)
        defer { engine.close() }
        let row = try engine.read { connection in
            try connection.first("SELECT $1, $2, $3, $4", [.text(""), .bytes([]), .text("é\u{0}x"), .null]) { row in
                (row.optionalText(0), row.optionalBytes(1), row.text(2), row.optionalText(3))
            }
        }
        #expect(row?.0 == "")
        #expect(row?.1 == [])
        #expect(row?.2 == "é\u{0}x")
        #expect(row?.3 == nil)
    }
}
