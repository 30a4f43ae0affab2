import AdapterKit

extension TenantStore {
    /// The newest entries that are kept.
    static let auditLimit: Int64 = 100_000

    /// Appends to the audit log. The oldest entry goes when there are too many.
    public func appendAudit(_ event: AuditEvent) async throws {
        try await write { try $0.append(event, keeping: Self.auditLimit) }
    }

    /// The newest entries first. Nil when `after` is no entry's id.
    public func auditEntries(after: String?, limit: Int) async throws -> Page<AuditEntry>? {
        try await read { context in
            guard let start = context.start(.audit, after) else { return nil }
            let found = try context.connection.rows(Queries.list, [.integer(start), .integer(Int64(limit + 1))]) {
                AuditEntry(
                    id: context.ids.text(.audit, $0.integer(0)),
                    event: AuditEvent(
                        kind: $0.text(1), reason: $0.optionalText(2), connection: $0.optionalText(3),
                        personID: $0.optionalInteger(4).map { context.ids.text(.person, $0) },
                        actorID: $0.optionalText(5), requestID: $0.optionalText(6),
                        occurredAt: Timestamp(milliseconds: $0.integer(7))))
            }
            return page(found, limit: limit, id: \.id)
        }
    }

    private enum Queries {
        static let list: SQL = """
            SELECT id, kind, reason, connection, person_id, actor, request_id, occurred_at FROM audit_entries
            WHERE id < $1 ORDER BY id DESC LIMIT $2
            """
    }
}

extension WriteContext {
    func append(_ event: AuditEvent, keeping limit: Int64) throws {
        let last = try connection.first(Queries.last, []) { $0.integer(0) } ?? 0
        try connection.run(
            Queries.insert,
            [
                .integer(last + 1), .text(event.kind), .text(event.reason), .text(event.connection),
                .integer(event.personID.flatMap { ids.number(.person, $0) }), .text(event.actorID),
                .text(event.requestID), .integer(event.occurredAt.milliseconds),
            ])
        try connection.run(Queries.trim, [.integer(last + 1 - limit)])
    }

    private enum Queries {
        static let last: SQL = "SELECT COALESCE(MAX(id), 0) FROM audit_entries"
        static let insert: SQL = """
            INSERT INTO audit_entries (id, kind, reason, connection, person_id, actor, request_id, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """
        static let trim: SQL = "DELETE FROM audit_entries WHERE id <= $1"
    }
}
