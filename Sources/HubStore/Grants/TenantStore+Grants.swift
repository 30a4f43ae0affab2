public import AdapterKit

extension TenantStore {
    /// Keeps a grant in the place of the one that its owner had.
    ///
    /// Providers give a refresh token at the first consent only: one of the same account goes on when the new grant has
    /// none, unless it was broken.
    /// - Returns: the grant, and the one whose place it took when that was of another account and the provider should hear
    ///   that its tokens are not used any more. Nil when the owner is an identity that is not there.
    @discardableResult
    public func keepGrant(_ new: NewGrant, at now: Timestamp) async throws -> (kept: GrantRecord, revoke: GrantRecord?)?
    {
        try await write { context in
            var identity: Int64?
            if case .identity(let text) = new.owner {
                guard let id = context.ids.number(.identity, text), try context.read.identity(id) != nil else {
                    return nil
                }
                identity = id
            }
            let earlier = try context.read.grant(new.owner)
            let isSameAccount = earlier?.record.isOfSameAccount(as: new) ?? false
            let number = earlier?.number ?? context.nextNumber(now)
            if earlier == nil {
                var system: String?
                if case .system(let name) = new.owner { system = name }
                try context.connection.run(
                    Queries.insert, [.integer(number), .integer(identity), .text(system), .integer(now.milliseconds)])
            }
            try context.describe(number, as: new, at: now)
            guard var stored = try context.read.grant(new.owner) else { throw StoreError(.failed, "a grant is gone") }
            if !isSameAccount || earlier?.record.state.isBroken ?? true {
                stored.record.refreshToken = nil
                stored.record.refreshExpiresAt = nil
                stored.record.scopes = []
            }
            try context.write(new.tokens, to: stored, at: now)
            guard let kept = try context.read.grant(new.owner)?.record else {
                throw StoreError(.failed, "a grant is gone")
            }
            return (kept, isSameAccount ? nil : earlier?.record)
        }
    }

    public func grant(_ owner: GrantOwner) async throws -> GrantRecord? {
        try await read { try $0.grant(owner)?.record }
    }

    /// The grants of a connection or a business system, the newest last.
    public func grants(connection: String) async throws -> [GrantRecord] {
        try await read { try $0.grants(connection: connection) }
    }

    /// Deletes a grant and returns what it was, so that the provider can be told. Nil when there was none.
    @discardableResult
    public func dropGrant(_ owner: GrantOwner) async throws -> GrantRecord? {
        try await write { try $0.dropGrant(owner) }
    }

    /// Notes that a provider does not take a grant any more. Returns false when there is none.
    /// - Parameter grant: as it stood when the provider refused it; one that was connected anew since stays as it is.
    @discardableResult
    public func breakGrant(_ grant: GrantRecord, reason: String, at now: Timestamp) async throws -> Bool {
        try await write { context in
            guard let stored = try context.read.grant(grant.owner), stored.record.id == grant.id,
                stored.record.generation == grant.generation
            else { return false }
            try context.setState(.broken(reason: reason), of: stored.number, at: now)
            return true
        }
    }

    private enum Queries {
        static let insert: SQL = """
            INSERT INTO grants (
                id, identity_id, system, connection, scopes, rotates, generation, state, created_at, updated_at)
            VALUES ($1, $2, $3, '', '', 0, 0, 'active', $4, $4)
            """
    }
}

extension WriteContext {
    fileprivate func describe(_ row: Int64, as new: NewGrant, at now: Timestamp) throws {
        var account: [UInt8]?
        if let issuer = new.issuer, let subject = new.subject { account = read.accountLookup(issuer, subject) }
        try connection.run(
            Queries.describe,
            [
                .text(new.connection), .text(new.issuer), try sealed(new.subject, .grantSubject, row: row),
                .bytes(account), try sealed(new.label, .grantLabel, row: row), .integer(new.rotates ? 1 : 0),
                .integer(now.milliseconds), .integer(row),
            ])
    }

    private enum Queries {
        static let describe: SQL = """
            UPDATE grants SET connection = $1, issuer = $2, subject = $3, account_lookup = $4, label = $5, rotates = $6,
                created_at = $7
            WHERE id = $8
            """
    }
}

extension GrantRecord {
    fileprivate func isOfSameAccount(as new: NewGrant) -> Bool {
        connection == new.connection && issuer == new.issuer && subject == new.subject
    }
}

extension GrantState {
    var isBroken: Bool {
        if case .broken = self { true } else { false }
    }
}
