public import AdapterKit

extension TenantStore {
    /// Takes a provider's request to delete what came of a person from it, and unlinks and erases in the same transaction.
    /// The same request again gets the same code and does nothing: the person may have come back since. A request for an
    /// account that nobody has is taken like any other.
    /// - Parameters:
    ///   - issuedAt: when the provider made the request, which tells one from the next.
    ///   - code: for the person, in case the request is new.
    public func requestDeletion(
        of account: IdentityAccount, connection: String, issuedAt: Timestamp, code: String, at now: Timestamp
    ) async throws -> (request: DeletionRequest, result: ProviderEventResult) {
        try await write { context in
            let key = context.lookup.lookup(
                .deletionRequest, connection, account.issuer, account.subject, String(issuedAt.milliseconds))
            if let known = try context.connection.first(Queries.byKey, [.bytes(key)], context.read.deletionRequest) {
                return (known, ProviderEventResult(isNew: false))
            }
            let id = context.nextNumber(now)
            try context.connection.run(
                Queries.insert,
                [
                    .integer(id), .bytes(key), .bytes(context.lookup.lookup(.deletionCode, code)),
                    try context.sealed(code, .deletionCode, row: id),
                    .bytes(context.read.accountLookup(account.issuer, account.subject)), .text(connection),
                    .integer(now.milliseconds),
                ])
            var result = ProviderEventResult()
            try context.apply(.unlink(account, erasing: true), to: &result, at: now)
            let request = DeletionRequest(code: code, connection: connection, state: .requested, requestedAt: now)
            return (request, result)
        }
    }

    /// How the request of a code stands. Nil when the tenant has none of it.
    public func deletionRequest(code: String) async throws -> DeletionRequest? {
        try await read { context in
            let lookup = context.store.keys.lookup.lookup(.deletionCode, code)
            return try context.connection.first(Queries.byCode, [.bytes(lookup)], context.deletionRequest)
        }
    }

    /// The requests of which something is left to do, the oldest first.
    public func openDeletions() async throws -> [DeletionRequest] {
        try await read { context in try context.connection.rows(Queries.open, [], context.deletionRequest) }
    }

    /// Notes that all that a request asked for is done. Returns false when there is none that was not.
    @discardableResult
    public func completeDeletion(code: String, at now: Timestamp) async throws -> Bool {
        try await write { context in
            let lookup = context.lookup.lookup(.deletionCode, code)
            return try context.connection.run(Queries.complete, [.integer(now.milliseconds), .bytes(lookup)]) > 0
        }
    }

    private enum Queries {
        static let insert: SQL = """
            INSERT INTO deletion_requests (
                id, lookup, code_lookup, code, account_lookup, connection, state, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'requested', $7)
            """
        static let byKey: SQL = """
            SELECT id, code, connection, state, requested_at, completed_at FROM deletion_requests WHERE lookup = $1
            """
        static let byCode: SQL = """
            SELECT id, code, connection, state, requested_at, completed_at FROM deletion_requests WHERE code_lookup = $1
            """
        static let open: SQL = """
            SELECT id, code, connection, state, requested_at, completed_at FROM deletion_requests
            WHERE state = 'requested' ORDER BY id
            """
        static let complete: SQL = """
            UPDATE deletion_requests SET state = 'done', completed_at = $1
            WHERE code_lookup = $2 AND state = 'requested'
            """
    }
}

extension ReadContext {
    fileprivate func deletionRequest(_ row: any SQLRow) throws -> DeletionRequest {
        let code = try open(row.bytes(1), .deletionCode, row: row.integer(0), contact: nil)
        guard let state = DeletionRequest.State(rawValue: row.text(3)) else {
            throw StoreError(.failed, "a deletion request has an unknown state")
        }
        return DeletionRequest(
            code: String(decoding: code, as: UTF8.self), connection: row.text(2), state: state,
            requestedAt: Timestamp(milliseconds: row.integer(4)),
            completedAt: row.optionalInteger(5).map { Timestamp(milliseconds: $0) })
    }
}
