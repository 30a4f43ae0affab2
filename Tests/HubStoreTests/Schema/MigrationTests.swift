import AdapterKit
import Crypto
import Foundation
import Testing

@testable import HubStore

/// Stores of earlier versions open, keep what they have, and can do what is new.
struct MigrationTests {
    private let stores: Stores

    init() throws { stores = try Stores() }

    /// Makes a tenant's files as an earlier version did, with a contact who wrote.
    private func makeStore(version: Int) throws {
        let files = StoreFiles(data: stores.folder.path, tenant: "acme")
        try files.makeFolders()
        let keys = try KeyRing(tenant: "acme", path: files.keysPath, masterKey: stores.masterKey)
        defer { keys.close() }
        let schema = Schema(versions: Array(Schema.tenant.versions.prefix(version)))
        let engine = try SQLiteEngine(path: files.storePath, schema: schema, secureDelete: false)
        defer { engine.close() }
        let contact = RowNumbers(last: 0).next(at: Stores.now)
        let key = keys.makeKey(contact: contact)
        try keys.save()
        func sealed(_ text: String, _ column: SealedColumn, row: Int64) throws -> SQLValue {
            .bytes(try keys.sealer.seal(Array(text.utf8), column, row: row, with: key))
        }
        try engine.transaction { connection in
            try connection.run(
                "INSERT INTO contacts (id, name, name_lookup, created_at, updated_at) VALUES ($1, $2, $3, 1, 1)",
                [
                    .integer(contact), try sealed("Sheena Nelson", .contactName, row: contact),
                    .bytes(keys.lookup.lookup(.contactName, "Sheena Nelson")),
                ])
            try connection.run(
                "INSERT INTO contact_identities (id, contact_id, kind, lookup, value) VALUES ($1, $2, 'phone', $3, $4)",
                [
                    .integer(contact + 1), .integer(contact),
                    .bytes(keys.lookup.lookup(.identity, "phone", "+16505551234")),
                    try sealed("+16505551234", .identityValue, row: contact + 1),
                ])
            try connection.run(
                """
                INSERT INTO conversations (id, contact_id, channel, state, created_at)
                VALUES ($1, $2, 'support', 'open', 1)
                """, [.integer(contact + 2), .integer(contact)])
            try connection.run(
                """
                INSERT INTO messages (
                    id, conversation_id, contact_id, channel, direction, type, status, provider_lookup, content, created_at)
                VALUES ($1, $2, $3, 'support', 'inbound', 'text', 'received', $4, $5, 1)
                """,
                [
                    .integer(contact + 3), .integer(contact + 2), .integer(contact),
                    .bytes(keys.lookup.lookup(.providerMessage, "support", "wamid.1")),
                    try sealed(#"{"body":"hello"}"#, .messageContent, row: contact + 3),
                ])
            try connection.run(
                """
                INSERT INTO events (sequence, type, channel, contact_id, data, occurred_at)
                VALUES (1, 'message.received', 'support', $1, $2, 1)
                """, [.integer(contact), try sealed("{}", .eventData, row: 1)])
            guard version >= 2 else { return }
            try connection.run(
                "UPDATE contacts SET username = $1", [try sealed("sheena", .contactUsername, row: contact)])
            try connection.run(
                "INSERT INTO credentials (id, channel, name, value, updated_at) VALUES ($1, 'support', 'token', $2, 1)",
                [
                    .integer(contact + 4),
                    .bytes(
                        try keys.sealer.seal(
                            Array("secret".utf8), .credentialValue, row: contact + 4, with: keys.tenantDataKey)),
                ])
        }
    }

    @Test(arguments: [1, 2])
    func aStoreOfAnEarlierVersionKeepsWhatItHas(version: Int) async throws {
        try makeStore(version: version)
        #expect(
            try stores.integers(stores.storePath(), "SELECT version FROM schema_version") == [Int64(version)])
        let store = stores.open()
        let contact = try #require(try await store.contact(byPhone: "+16505551234"))
        #expect(contact.name == "Sheena Nelson" && contact.username == (version == 1 ? nil : "sheena"))
        let conversation = try #require(try await store.conversations(after: nil, limit: 9)?.elements.first).id
        #expect(try await store.transcript(conversation: conversation, after: nil, limit: 9)?.map(\.text) == ["hello"])
        #expect(try await store.log().map(\.type) == [.messageReceived])
        #expect(
            try await store.credential("token", channel: "support") == (version == 1 ? nil : Secret("secret")))
        // What was there is not there again, and what comes has higher numbers.
        let sender = [ContactIdentity(.phone, "+16505551234")]
        let repeated = try await store.ingest(
            [.message(.text("wamid.1", from: sender))], channel: "support", at: Stores.now)
        #expect(repeated == IngestSummary(repeats: 1))
        let (person, identity) = try await store.added()
        try await store.signedIn(person, identity, token: "t")
        #expect(try await store.isSignedIn("t"))
        #expect(try await store.attach(.sample(contact.id), at: Stores.now))
        await store.close()
        #expect(try stores.integers(stores.storePath(), "SELECT version FROM schema_version") == [3])
        #expect(
            try stores.integers(
                stores.storePath(), "SELECT COUNT(*) FROM people WHERE id > (SELECT MAX(id) FROM messages)") == [1])
        #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM pragma_foreign_key_check") == [0])
    }

    @Test func aStoreIsBroughtForwardOnce() async throws {
        try makeStore(version: 2)
        for _ in 0..<3 {
            let store = stores.open()
            #expect(try await store.lastSequence() == 1)
            await store.close()
        }
        #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM schema_version") == [1])
    }

    /// Stores of these versions are out there: another statement would make two kinds of store of one version.
    @Test(
        arguments: zip(
            [1, 2],
            [
                "796aac4639c2c064a82d1d5b8859753accf75f3657e6b9ad3e29819fae14d3de",
                "690ac8fd14bc188adb54df8337d9eb9ed1fd2fb21b2f62fe797cbbaf1ee43ea5",
            ]))
    func theStatementsOfAnEarlierVersionStay(version: Int, digest: String) {
        let statements = Schema.tenant.versions[version - 1].map(\.text.description).joined(separator: ";\n")
        let hash = SHA256.hash(data: Data(statements.utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        #expect(hash.joined() == digest)
    }
}
