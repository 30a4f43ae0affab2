public import AdapterKit
import Foundation

extension TenantStore {
    /// How long fetching may take. A lease that is older is taken to be forgotten: fetching twice harms nothing.
    static let mediaLease = Duration.seconds(15 * 60)

    /// Takes up to `limit` media of a channel that are to be fetched now, those that are due longest first.
    public func leaseMedia(channel: String, limit: Int, at now: Timestamp) async throws -> [LeasedMedia] {
        try await write { context in
            let due = try context.connection.rows(
                Queries.due,
                [
                    .text(channel), .integer(now.milliseconds),
                    .integer(now.milliseconds - Self.mediaLease.wholeMilliseconds), .integer(Int64(limit)),
                ]
            ) { row in
                MediaRow(
                    number: row.integer(0), contact: row.optionalInteger(1), kind: row.text(2),
                    reference: row.bytes(3), attempts: row.integer(4), createdAt: row.integer(5))
            }
            return try due.compactMap { row in
                guard let leased = try context.leased(row) else {
                    try context.connection.run(Queries.giveUp, [.integer(row.number)])
                    return nil
                }
                try context.connection.run(Queries.lease, [.integer(now.milliseconds), .integer(row.number)])
                return leased
            }
        }
    }

    /// When the next media of a channel become due.
    public func nextMediaDue(channel: String) async throws -> Timestamp? {
        try await read { context in
            try context.connection.first(
                Queries.nextDue, [.integer(Self.mediaLease.wholeMilliseconds), .text(channel)]
            ) { row in row.optionalInteger(0).map { Timestamp(milliseconds: $0) } } ?? nil
        }
    }

    /// Makes all leased media due again: whoever leased them is gone. Returns how many there were.
    @discardableResult
    public func recoverMediaLeases() async throws -> Int {
        try await write { try $0.connection.run(Queries.recover, []) }
    }

    /// Writes down what became of fetching media, and says so in the log when they are stored or given up.
    /// - Throws: ``StoreError`` with `failed` for media that are not waited for any more; their file is removed.
    public func settle(_ leased: LeasedMedia, _ result: MediaResult, at now: Timestamp) async throws {
        let number = leased.number
        switch result {
        case .stored(let finished, let mimeType):
            guard finished.unfinished.number == number else {
                throw StoreError(.failed, "the file is another media's")
            }
            _ = try await commit(finished) { context in
                try context.storeMedia(number, finished, mimeType: mimeType, contact: leased.contact, now: now)
                    ? true : nil
            }
        case .again(let at, let reason, let counts):
            try await write { context in
                try context.postponeMedia(number, until: at, reason, counts: counts, contact: leased.contact)
            }
        case .failed(let reason):
            try await write { try $0.failMedia(number, reason, contact: leased.contact, now: now) }
        }
    }

    /// Has media fetched again that could not be. Returns false when there are none of that id that failed and that the
    /// provider still has.
    public func retryMedia(_ text: String, at now: Timestamp) async throws -> Bool {
        try await write { context in
            guard let id = context.ids.number(.media, text) else { return false }
            let channel = try context.connection.first(
                Queries.retry, [.integer(now.milliseconds), .integer(id)]
            ) { $0.text(0) }
            guard let channel else { return false }
            context.noteMedia(channel)
            return true
        }
    }

    private enum Queries {
        static let due: SQL = """
            SELECT id, contact_id, kind, reference, attempts, created_at FROM media
            WHERE channel = $1 AND state = 'pending' AND available_at <= $2
                AND (leased_at IS NULL OR leased_at <= $3)
            ORDER BY available_at, id LIMIT $4
            """
        static let lease: SQL = "UPDATE media SET leased_at = $1 WHERE id = $2"
        static let giveUp: SQL = """
            UPDATE media SET state = 'failed', failure_code = 'unreadable', failure_title = 'The person was erased',
                leased_at = NULL
            WHERE id = $1
            """
        static let nextDue: SQL = """
            SELECT MIN(CASE WHEN leased_at IS NULL THEN available_at ELSE leased_at + $1 END) FROM media
            WHERE channel = $2 AND state = 'pending'
            """
        static let recover: SQL = """
            UPDATE media SET leased_at = NULL WHERE state = 'pending' AND leased_at IS NOT NULL
            """
        static let retry: SQL = """
            UPDATE media SET state = 'pending', attempts = 0, available_at = $1, leased_at = NULL, failure_code = NULL,
                failure_title = NULL, failure_detail = NULL
            WHERE id = $2 AND state = 'failed' AND reference IS NOT NULL AND expires_at > $1
            RETURNING channel
            """
    }
}

/// A row that is due.
private struct MediaRow {
    var number: Int64
    var contact: Int64?
    var kind: String
    var reference: [UInt8]
    var attempts: Int64
    var createdAt: Int64
}

extension WriteContext {
    /// Nil when the person was erased.
    fileprivate func leased(_ row: MediaRow) throws -> LeasedMedia? {
        guard let kind = MessageContent.Media.Kind(rawValue: row.kind) else {
            throw StoreError(.failed, "media have an unknown kind")
        }
        let reference: [UInt8]
        do {
            reference = try read.open(row.reference, .mediaReference, row: row.number, contact: row.contact)
        } catch let error as StoreError where error.code == .unsealable {
            return nil
        }
        return LeasedMedia(
            id: ids.text(.media, row.number), kind: kind,
            reference: try JSONDecoder().decode(MediaReference.self, from: Data(reference)),
            attempt: Int(row.attempts) + 1, createdAt: Timestamp(milliseconds: row.createdAt), number: row.number,
            contact: row.contact)
    }
}
