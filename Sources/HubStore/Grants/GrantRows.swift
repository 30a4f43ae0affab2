import AdapterKit

/// A grant and the number of its row.
struct StoredGrant {
    var number: Int64
    var record: GrantRecord
}

extension ReadContext {
    func grant(_ owner: GrantOwner) throws -> StoredGrant? {
        switch owner {
        case .identity(let text):
            try ids.number(.identity, text).flatMap {
                try connection.first(Queries.ofIdentity, [.integer($0)], storedGrant)
            }
        case .system(let name): try connection.first(Queries.ofSystem, [.text(name)], storedGrant)
        }
    }

    func grants(connection name: String) throws -> [GrantRecord] {
        try connection.rows(Queries.ofConnection, [.text(name)], storedGrant).map(\.record)
    }

    func refreshingGrants() throws -> [StoredGrant] { try connection.rows(Queries.refreshing, [], storedGrant) }

    /// A grant of which something does not open is of no use any more, and somebody can connect it again.
    private func storedGrant(_ row: any SQLRow) throws -> StoredGrant {
        do {
            return try storedGrant(row, isReadable: true)
        } catch let error as StoreError where error.code == .unsealable {
            return try storedGrant(row, isReadable: false)
        }
    }

    private func storedGrant(_ row: any SQLRow, isReadable: Bool) throws -> StoredGrant {
        let id = row.integer(0)
        func text(_ column: Int, _ sealed: SealedColumn) throws -> String? {
            isReadable ? try openText(row.optionalBytes(column), sealed, row: id, contact: nil) : nil
        }
        let state: GrantState =
            switch row.text(14) {
            case _ where !isReadable: .broken(reason: "unreadable")
            case "active": .active
            case "refreshing": .refreshing(since: Timestamp(milliseconds: row.integer(16)))
            default: .broken(reason: row.optionalText(15) ?? "unknown")
            }
        return StoredGrant(
            number: id,
            record: GrantRecord(
                id: ids.text(.grant, id),
                owner: row.optionalInteger(1).map { .identity(ids.text(.identity, $0)) } ?? .system(row.text(2)),
                connection: row.text(3), issuer: row.optionalText(4),
                subject: try text(5, .grantSubject), label: try text(6, .grantLabel),
                accessToken: try text(7, .grantAccessToken).map { Secret($0) },
                refreshToken: try text(8, .grantRefreshToken).map { Secret($0) },
                accessExpiresAt: row.optionalInteger(9).map { Timestamp(milliseconds: $0) },
                refreshExpiresAt: row.optionalInteger(10).map { Timestamp(milliseconds: $0) },
                scopes: row.text(11).split(separator: " ").map(String.init), rotates: row.integer(12) != 0,
                state: state, connectedAt: Timestamp(milliseconds: row.integer(18)),
                updatedAt: Timestamp(milliseconds: row.integer(17)), generation: row.integer(13)))
    }

    private enum Queries {
        static let ofIdentity: SQL = """
            SELECT id, identity_id, system, connection, issuer, subject, label, access_token, refresh_token,
                access_expires_at, refresh_expires_at, scopes, rotates, generation, state, reason, refreshing_since,
                updated_at, created_at
            FROM grants WHERE identity_id = $1
            """
        static let ofSystem: SQL = """
            SELECT id, identity_id, system, connection, issuer, subject, label, access_token, refresh_token,
                access_expires_at, refresh_expires_at, scopes, rotates, generation, state, reason, refreshing_since,
                updated_at, created_at
            FROM grants WHERE system = $1
            """
        static let ofConnection: SQL = """
            SELECT id, identity_id, system, connection, issuer, subject, label, access_token, refresh_token,
                access_expires_at, refresh_expires_at, scopes, rotates, generation, state, reason, refreshing_since,
                updated_at, created_at
            FROM grants WHERE connection = $1 ORDER BY id
            """
        static let refreshing: SQL = """
            SELECT id, identity_id, system, connection, issuer, subject, label, access_token, refresh_token,
                access_expires_at, refresh_expires_at, scopes, rotates, generation, state, reason, refreshing_since,
                updated_at, created_at
            FROM grants WHERE state = 'refreshing' ORDER BY id
            """
    }
}

extension WriteContext {
    /// Writes tokens in the place of the ones that a grant has; what the provider did not give stays.
    func write(_ tokens: GrantTokens, to grant: StoredGrant, at now: Timestamp) throws {
        let row = grant.number
        let refresh = tokens.refreshToken ?? grant.record.refreshToken
        let refreshExpiresAt = tokens.refreshToken == nil ? grant.record.refreshExpiresAt : tokens.refreshExpiresAt
        try connection.run(
            Queries.writeTokens,
            [
                try sealed(tokens.accessToken?.reveal(), .grantAccessToken, row: row),
                try sealed(refresh?.reveal(), .grantRefreshToken, row: row),
                .integer(tokens.accessExpiresAt?.milliseconds), .integer(refreshExpiresAt?.milliseconds),
                .text((tokens.scopes ?? grant.record.scopes).joined(separator: " ")), .integer(now.milliseconds),
                .integer(row),
            ])
    }

    func setState(_ state: GrantState, of grant: Int64, at now: Timestamp) throws {
        let (word, reason, since): (String, String?, Int64?) =
            switch state {
            case .active: ("active", nil, nil)
            case .refreshing(let since): ("refreshing", nil, since.milliseconds)
            case .broken(let reason): ("broken", reason, nil)
            }
        try connection.run(
            Queries.setState,
            [.text(word), .text(reason), .integer(since), .integer(now.milliseconds), .integer(grant)])
    }

    /// Deletes a grant and returns what it was.
    func dropGrant(_ owner: GrantOwner) throws -> GrantRecord? {
        guard let grant = try read.grant(owner) else { return nil }
        try connection.run(Queries.delete, [.integer(grant.number)])
        return grant.record
    }

    private enum Queries {
        static let writeTokens: SQL = """
            UPDATE grants SET access_token = $1, refresh_token = $2, access_expires_at = $3, refresh_expires_at = $4,
                scopes = $5, generation = generation + 1, state = 'active', reason = NULL, refreshing_since = NULL,
                updated_at = $6
            WHERE id = $7
            """
        static let setState: SQL = """
            UPDATE grants SET state = $1, reason = $2, refreshing_since = $3, updated_at = $4 WHERE id = $5
            """
        static let delete: SQL = "DELETE FROM grants WHERE id = $1"
    }
}
