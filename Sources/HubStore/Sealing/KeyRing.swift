import Crypto
import Foundation
import Synchronization

/// A tenant's keys: its own, wrapped by the master key, and one per contact, wrapped by its own. A person is erased by
/// destroying their key.
///
/// The calls block: they are made on a store's own threads.
final class KeyRing: Sendable {
    /// Contact keys kept in memory; beyond that, all are read anew.
    private static let cacheLimit = 4096

    let sealer: Sealer
    let lookup: LookupKey
    /// Seals what belongs to no contact.
    let tenantDataKey: SymmetricKey
    /// Ends every public id of the tenant, so that an id of another tenant is none here. Random: nothing that is shown may
    /// come from a key.
    let idTag: UInt64

    private let engine: SQLiteEngine
    private let wrappingKey: SymmetricKey
    private let state = Mutex(State())

    private struct State {
        /// On disk, kept to be at hand.
        var contactKeys: [Int64: SymmetricKey] = [:]
        /// Made, not yet on disk.
        var unsaved: [Int64: SymmetricKey] = [:]
    }

    /// Opens the tenant's key file, or makes it with a new key.
    /// - Throws: ``StoreError`` with `unsealable` when the master key is not the one that the file was made with.
    init(tenant: String, path: String, masterKey: MasterKey) throws {
        sealer = Sealer(owner: tenant)
        engine = try SQLiteEngine(path: path, schema: .keys, secureDelete: true)
        let sealer = sealer
        let masterKey = masterKey.derived(for: "tenant keys")
        let (tenantKey, tag) = try engine.transaction { connection in
            if let known = try connection.first(Queries.tenantKey, [], { ($0.bytes(0), $0.integer(1)) }) {
                return (SymmetricKey(data: try sealer.open(known.0, .tenantKey, row: 1, with: masterKey)), known.1)
            }
            let key = SymmetricKey(size: .bits256)
            let tag = Int64.random(in: .min ... .max)
            let wrapped = try key.withUnsafeBytes { try sealer.seal(Data($0), .tenantKey, row: 1, with: masterKey) }
            try connection.run(Queries.insertTenantKey, [.bytes(wrapped), .integer(tag)])
            return (key, tag)
        }
        wrappingKey = tenantKey.derived(for: "contact keys")
        tenantDataKey = tenantKey.derived(for: "tenant data")
        lookup = LookupKey(tenantKey.derived(for: "lookups"))
        idTag = UInt64(bitPattern: tag)
    }

    /// The key of a contact.
    /// - Throws: ``StoreError`` with `unsealable` when it was destroyed.
    func key(contact: Int64) throws -> SymmetricKey {
        if let key = state.withLock({ $0.contactKeys[contact] ?? $0.unsaved[contact] }) { return key }
        let wrapped = try engine.withoutTransaction {
            try $0.first(Queries.contactKey, [.integer(contact)]) { $0.bytes(0) }
        }
        guard let wrapped else {
            throw StoreError(.unsealable, "the contact's key is gone")
        }
        let key = SymmetricKey(data: try sealer.open(wrapped, .contactKey, row: contact, with: wrappingKey))
        state.withLock { Self.remember(key, contact, &$0) }
        return key
    }

    /// The highest number of a contact that has a key, 0 when there is none.
    func highestContact() throws -> Int64 {
        try engine.withoutTransaction { try $0.first(Queries.highestContact, []) { $0.integer(0) } ?? 0 }
    }

    /// Makes the key of a new contact. ``save()`` has to come before anything that it sealed is committed.
    func makeKey(contact: Int64) -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        state.withLock { $0.unsaved[contact] = key }
        return key
    }

    /// Puts the keys made since the last call on disk.
    func save() throws {
        let unsaved = state.withLock { $0.unsaved }
        guard !unsaved.isEmpty else { return }
        try engine.transaction { connection in
            for (contact, key) in unsaved {
                let wrapped = try key.withUnsafeBytes {
                    try sealer.seal(Data($0), .contactKey, row: contact, with: wrappingKey)
                }
                try connection.run(Queries.insertContactKey, [.integer(contact), .bytes(wrapped)])
            }
        }
        state.withLock { state in
            for (contact, key) in unsaved { Self.remember(key, contact, &state) }
            state.unsaved = [:]
        }
    }

    /// Forgets keys whose contacts were not committed.
    func discardUnsaved() { state.withLock { $0.unsaved = [:] } }

    func close() { engine.close() }

    private static func remember(_ key: SymmetricKey, _ contact: Int64, _ state: inout State) {
        if state.contactKeys.count >= cacheLimit { state.contactKeys = [:] }
        state.contactKeys[contact] = key
    }

    private enum Queries {
        static let tenantKey: SQL = "SELECT wrapped, id_tag FROM tenant_keys WHERE version = 1"
        static let insertTenantKey: SQL = "INSERT INTO tenant_keys (version, wrapped, id_tag) VALUES (1, $1, $2)"
        static let contactKey: SQL = "SELECT wrapped FROM contact_keys WHERE contact_id = $1"
        static let highestContact: SQL = "SELECT COALESCE(MAX(contact_id), 0) FROM contact_keys"
        static let insertContactKey: SQL = "INSERT INTO contact_keys (contact_id, wrapped) VALUES ($1, $2)"
    }
}
