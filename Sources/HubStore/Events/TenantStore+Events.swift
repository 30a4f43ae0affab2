import AdapterKit

extension TenantStore {
    /// The events after a sequence number, the oldest first.
    public func events(after sequence: Int64, limit: Int) async throws -> [EventRecord] {
        try await read { context in
            try context.connection.rows(
                Queries.events, [.integer(sequence), .integer(Int64(limit))], EventRow.read
            ).map { try context.event($0) }
        }
    }

    /// The sequence number of the newest event, 0 when there is none.
    public func lastSequence() async throws -> Int64 {
        try await read { try $0.connection.first(Queries.lastSequence, []) { $0.integer(0) } ?? 0 }
    }

    private enum Queries {
        static let events: SQL = """
            SELECT sequence, type, channel, conversation_id, contact_id, data, occurred_at FROM events
            WHERE sequence > $1 ORDER BY sequence LIMIT $2
            """
        static let lastSequence: SQL = "SELECT COALESCE(MAX(sequence), 0) FROM events"
    }
}
