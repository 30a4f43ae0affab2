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
            return (DeletionRequest(code: code, connection: connection, completedAt: now), result)
        }
    }

    /// What became of the request of a code. Nil when the tenant has none of it.
    public func deletionRequest(code: String) async throws -> DeletionRequest? {
        try await read { context in
            let lookup = context.store.keys.lookup.lookup(.deletionCode, code)
            return try context.connection.first(Queries.byCode, [.bytes(lookup)], context.deletionRequest)
        }
    }

    private enum Queries {
        static let insert: SQL = """
            INSERT INTO deletion_requests (
                id, lookup, code_lookup, code, account_lookup, connection, state, requested_at,
                completed_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'done', $7, $7)
            """
        static let byKey: SQL = """
            SELECT id, code, connection, requested_at, completed_at FROM deletion_requests WHERE lookup = $1
            """
        static let byCode: SQL = """
            SELECT id, code, connection, requested_at, completed_at FROM deletion_requests WHERE code_lookup = $1
            """
    }
}

extension ReadContext {
    fileprivate func deletionRequest(_ row: any SQLRow) throws -> DeletionRequest {
        let code = try open(row.bytes(1), .deletionCode, row: row.integer(0), contact: nil)
        return DeletionRequest(
            code: String(decoding: code, as: UTF8.self), connection: row.text(2),
            completedAt: Timestamp(milliseconds: row.optionalInteger(4) ?? row.integer(3)))
    }
}
