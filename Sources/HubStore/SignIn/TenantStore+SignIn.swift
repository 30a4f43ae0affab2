public import AdapterKit

extension TenantStore {
    /// Ways to providers that may be open at once, looked at once a second. Of more, the oldest are closed: whoever floods the start keeps nobody
    /// out, unless they open as many as this while somebody is at the provider.
    static let openTransactionLimit = 10_000
    /// How long one that lapsed is still known to have been there.
    private static let keptAfterLapse: Duration = .seconds(3600)

    /// Keeps a way to a provider until it is spent or lapses.
    public func begin(_ transaction: SignInTransaction) async throws {
        try await write { context in
            let now = transaction.createdAt
            // It steps over all that are open, so a flood of starts pays for it once a second.
            if context.store.signInsTidied.isDue(at: now) {
                try context.connection.run(
                    Queries.purgeOpen, [.integer(now.milliseconds - Self.keptAfterLapse.wholeMilliseconds)])
                try context.connection.run(Queries.purgeSpent, [.integer(now.milliseconds)])
                try context.connection.run(Queries.closeOldest, [.integer(Int64(Self.openTransactionLimit - 1))])
            }
            let id = context.nextNumber(now)
            let payload = try context.seal(transaction.payload.encoded, .signInPayload, row: id, contact: nil)
            try context.connection.run(
                Queries.insert,
                [
                    .integer(id), .bytes(context.lookup.lookup(.signInState, transaction.state.reveal())),
                    .text(transaction.connection), .text(transaction.mode.rawValue), .bytes(payload),
                    .integer(transaction.session.flatMap { context.ids.number(.session, $0) }),
                    .integer(transaction.invitation.flatMap { context.ids.number(.invitation, $0) }),
                    .bytes(transaction.browser.map { context.lookup.lookup(.browser, $0.reveal()) }),
                    .integer(now.milliseconds), .integer(transaction.expiresAt.milliseconds),
                ])
        }
    }

    /// Spends the transaction of a state: of two that try, one has it. One that comes from elsewhere spends it, too.
    /// - Parameters:
    ///   - connection: where the provider's answer came in.
    ///   - modes: of the transactions that may end there.
    ///   - browsers: what the browser proves itself with: one for each transaction that it has open.
    public func spend(
        state: Secret, connection: String, modes: Set<SignInTransaction.Mode>, browsers: [Secret],
        at now: Timestamp
    ) async throws -> SpendOutcome {
        try await write { context in
            guard let row = try context.transaction(state) else { return .unknown }
            guard row.payload != nil else { return .replayed }
            guard try context.connection.run(Queries.spend, [.integer(now.milliseconds), .integer(row.id)]) > 0 else {
                return .replayed
            }
            guard row.expiresAt > now.milliseconds else { return .expired }
            guard let mode = SignInTransaction.Mode(rawValue: row.mode), row.connection == connection,
                modes.contains(mode)
            else { return .otherConnection }
            if let known = row.browser {
                let shown = browsers.map { context.lookup.lookup(.browser, $0.reveal()) }
                guard shown.contains(where: { ConstantTime.isEqual(known, $0) }) else { return .otherBrowser }
            }
            return .spent(
                SpentTransaction(
                    connection: row.connection, mode: mode,
                    // One that does not open is spent all the same.
                    payload: (try? context.read.openJSON(row.payload, .signInPayload, row: row.id, contact: nil))
                        .flatMap { $0 } ?? .null,
                    session: row.session.map { context.ids.text(.session, $0) },
                    invitation: row.invitation.map { context.ids.text(.invitation, $0) },
                    createdAt: Timestamp(milliseconds: row.createdAt)))
        }
    }

    private enum Queries {
        static let purgeOpen: SQL = "DELETE FROM sign_in_transactions WHERE spent_at IS NULL AND expires_at <= $1"
        static let purgeSpent: SQL = "DELETE FROM sign_in_transactions WHERE spent_at IS NOT NULL AND expires_at <= $1"
        static let closeOldest: SQL = """
            DELETE FROM sign_in_transactions WHERE id IN (
                SELECT id FROM sign_in_transactions WHERE spent_at IS NULL ORDER BY expires_at DESC, id DESC
                LIMIT 1000 OFFSET $1)
            """
        static let insert: SQL = """
            INSERT INTO sign_in_transactions (
                id, state_lookup, connection, mode, payload, session_id, invitation_id, browser_lookup, created_at,
                expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        // Nothing stays but what tells a replay.
        static let spend: SQL = """
            UPDATE sign_in_transactions SET spent_at = $1, payload = NULL, session_id = NULL, invitation_id = NULL,
                browser_lookup = NULL
            WHERE id = $2 AND spent_at IS NULL
            """
    }
}

/// A transaction as its row holds it.
private struct TransactionRow {
    var id: Int64
    var connection: String
    var mode: String
    /// Nil once it is spent.
    var payload: [UInt8]?
    var session: Int64?
    var invitation: Int64?
    var browser: [UInt8]?
    var createdAt: Int64
    var expiresAt: Int64
}

extension WriteContext {
    fileprivate func transaction(_ state: Secret) throws -> TransactionRow? {
        try connection.first(Queries.transaction, [.bytes(lookup.lookup(.signInState, state.reveal()))]) { row in
            TransactionRow(
                id: row.integer(0), connection: row.text(1), mode: row.text(2), payload: row.optionalBytes(3),
                session: row.optionalInteger(4), invitation: row.optionalInteger(5), browser: row.optionalBytes(6),
                createdAt: row.integer(7), expiresAt: row.integer(8))
        }
    }

    private enum Queries {
        static let transaction: SQL = """
            SELECT id, connection, mode, payload, session_id, invitation_id, browser_lookup, created_at, expires_at
            FROM sign_in_transactions WHERE state_lookup = $1
            """
    }
}
