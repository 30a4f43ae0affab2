import AdapterKit
import Crypto

/// A store that is open: its file, its keys and the numbers it gives.
final class OpenStore: Sendable {
    let tenant: String
    let engine: SQLiteEngine
    let keys: KeyRing
    let numbers: RowNumbers
    let ids: IDCoder
    let media: MediaFolder
    let signInsTidied = OncePerSecond()

    init(tenant: String, files: StoreFiles, masterKey: MasterKey) throws {
        self.tenant = tenant
        media = MediaFolder(path: files.mediaFolder)
        try files.makeFolders()
        try files.refuseHalf()
        keys = try KeyRing(tenant: tenant, path: files.keysPath, masterKey: masterKey)
        ids = IDCoder(tag: keys.idTag)
        do {
            engine = try SQLiteEngine(path: files.storePath, schema: .tenant, secureDelete: false)
        } catch {
            keys.close()
            throw error
        }
        do {
            let last = try engine.withoutTransaction { try $0.first(Self.highestNumber, []) { $0.integer(0) } ?? 0 }
            // A crash may leave a key whose contact was not committed: that number must not be given again.
            numbers = RowNumbers(last: max(last, try keys.highestContact()))
            try files.makeMediaFolder()
            try media.make()
            try removeUnfinishedMedia()
        } catch {
            engine.close()
            keys.close()
            throw error
        }
    }

    func close() {
        engine.close()
        keys.close()
    }

    static let highestNumber: SQL = """
        SELECT COALESCE(MAX(id), 0) FROM (
            SELECT MAX(id) AS id FROM contacts UNION ALL SELECT MAX(id) FROM contact_identities
            UNION ALL SELECT MAX(id) FROM conversations UNION ALL SELECT MAX(id) FROM messages
            UNION ALL SELECT MAX(id) FROM message_statuses UNION ALL SELECT MAX(id) FROM deliveries
            UNION ALL SELECT MAX(id) FROM templates UNION ALL SELECT MAX(id) FROM credentials
            UNION ALL SELECT MAX(id) FROM media UNION ALL SELECT MAX(id) FROM media_uploads
            UNION ALL SELECT MAX(id) FROM people UNION ALL SELECT MAX(id) FROM person_identities
            UNION ALL SELECT MAX(id) FROM invitations UNION ALL SELECT MAX(id) FROM sessions
            UNION ALL SELECT MAX(id) FROM sign_in_transactions UNION ALL SELECT MAX(id) FROM api_keys
            UNION ALL SELECT MAX(id) FROM grants UNION ALL SELECT MAX(id) FROM deletion_requests
            UNION ALL SELECT MAX(id) FROM contact_records
        ) AS highest
        """
}

/// What a read may use.
struct ReadContext {
    let store: OpenStore
    let connection: SQLiteConnection

    var ids: IDCoder { store.ids }

    func open(_ sealed: [UInt8], _ column: SealedColumn, row: Int64, contact: Int64?) throws -> [UInt8] {
        let key = try contact.map { try store.keys.key(contact: $0) } ?? store.keys.tenantDataKey
        return try store.keys.sealer.open(sealed, column, row: row, with: key)
    }

    func openText(_ sealed: [UInt8]?, _ column: SealedColumn, row: Int64, contact: Int64?) throws -> String? {
        try sealed.map { String(decoding: try open($0, column, row: row, contact: contact), as: UTF8.self) }
    }

    func openJSON(_ sealed: [UInt8]?, _ column: SealedColumn, row: Int64, contact: Int64?) throws -> JSON? {
        try sealed.map { try JSON.parse(try open($0, column, row: row, contact: contact)) }
    }
}

/// What a write may use: everything that it does is in one transaction with other writes of the same batch.
final class WriteContext {
    let read: ReadContext
    /// What a commit of this batch has to tell others.
    private(set) var summary = CommitSummary()
    private var lastSequence: Int64?

    var store: OpenStore { read.store }
    var connection: SQLiteConnection { read.connection }
    var ids: IDCoder { read.store.ids }
    var lookup: LookupKey { read.store.keys.lookup }

    init(store: OpenStore, connection: SQLiteConnection) {
        read = ReadContext(store: store, connection: connection)
    }

    func nextNumber(_ now: Timestamp) -> Int64 { store.numbers.next(at: now) }

    func seal(_ value: [UInt8], _ column: SealedColumn, row: Int64, contact: Int64?) throws -> [UInt8] {
        let key = try contact.map { try store.keys.key(contact: $0) } ?? store.keys.tenantDataKey
        return try store.keys.sealer.seal(value, column, row: row, with: key)
    }

    func seal(_ value: String, _ column: SealedColumn, row: Int64, contact: Int64?) throws -> [UInt8] {
        try seal(Array(value.utf8), column, row: row, contact: contact)
    }

    /// A text of the tenant's own, sealed, as a value of a statement.
    func sealed(_ text: String?, _ column: SealedColumn, row: Int64) throws -> SQLValue {
        .bytes(try text.map { try seal($0, column, row: row, contact: nil) })
    }

    /// Appends to the tenant's log, under the next sequence number.
    func append(_ event: NewEvent) throws {
        let last = try lastSequence ?? connection.first(Self.highestSequence, []) { $0.integer(0) } ?? 0
        let sequence = last + 1
        try connection.run(
            Self.insertEvent,
            [
                .integer(sequence), .text(event.type.rawValue), .text(event.channel), .integer(event.conversation),
                .integer(event.contact),
                .bytes(try seal(event.data.encoded, .eventData, row: sequence, contact: event.contact)),
                .integer(event.occurredAt.milliseconds),
            ])
        lastSequence = sequence
        summary.lastSequence = sequence
    }

    /// After a write of the batch was undone, the log may end earlier than remembered.
    func forgetSequence() { lastSequence = nil }

    /// Tells the channel's lane that there may be something to send.
    func noteOutbox(_ channel: String) { summary.channels.insert(channel) }

    /// Tells whoever fetches the channel's media that there may be some.
    func noteMedia(_ channel: String) { summary.mediaChannels.insert(channel) }

    private static let highestSequence: SQL = "SELECT COALESCE(MAX(sequence), 0) FROM events"
    private static let insertEvent: SQL = """
        INSERT INTO events (sequence, type, channel, conversation_id, contact_id, data, occurred_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
}

/// What a commit changed for those who wait.
public struct CommitSummary: Sendable, Equatable {
    /// The highest sequence number of the events appended, when there were any.
    public var lastSequence: Int64?
    /// Channels whose outbox changed.
    public var channels: Set<String> = []
    /// Channels with media to fetch.
    public var mediaChannels: Set<String> = []
}
