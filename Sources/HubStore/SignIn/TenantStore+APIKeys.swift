public import AdapterKit

extension TenantStore {
    /// How exactly it is known when a key was used last: a write for each request would be one too many.
    static let keyTouchInterval: Duration = .seconds(60)

    /// Keeps a key that a person issues.
    /// - Parameters:
    ///   - token: the key itself. Only a keyed hash of it is kept.
    ///   - scopes: without spaces.
    /// - Returns: nil when there is no such person.
    public func issueKey(name: String, scopes: [String], token: Secret, by person: String, at now: Timestamp)
        async throws -> APIKeyRecord?
    {
        try await write { context in
            guard let (owner, _) = try context.knownPerson(person) else { return nil }
            let id = context.nextNumber(now)
            try context.connection.run(
                Queries.insert,
                [
                    .integer(id), .bytes(context.lookup.lookup(.apiKey, token.reveal())),
                    try context.sealed(name, .apiKeyName, row: id), .text(scopes.joined(separator: " ")),
                    .integer(owner), .integer(now.milliseconds),
                ])
            return APIKeyRecord(
                id: context.ids.text(.apiKey, id), name: name, scopes: scopes, createdBy: person, createdAt: now)
        }
    }

    /// All keys that people issued, the newest first, also revoked ones.
    public func keys() async throws -> [APIKeyRecord] {
        try await read { context in try context.connection.rows(Queries.all, [], context.apiKey) }
    }

    /// The key of a token. Nil when there is none, or it is revoked.
    public func key(token: Secret) async throws -> APIKeyRecord? {
        try await read { context in
            let lookup = context.store.keys.lookup.lookup(.apiKey, token.reveal())
            return try context.connection.first(Queries.byToken, [.bytes(lookup)], context.apiKey)
        }
    }

    /// Ends a key. It stays in the list. Returns false when there is no key of that id that is good.
    public func revokeKey(_ text: String, at now: Timestamp) async throws -> Bool {
        try await write { context in
            guard let id = context.ids.number(.apiKey, text) else { return false }
            return try context.connection.run(Queries.revoke, [.integer(now.milliseconds), .integer(id)]) > 0
        }
    }

    /// Notes that a key is used, once a minute at most.
    public func touchKey(_ text: String, at now: Timestamp) async throws {
        let due = now.milliseconds - Self.keyTouchInterval.wholeMilliseconds
        let number = try await read { context in
            try context.ids.number(.apiKey, text).flatMap { id in
                try context.connection.first(Queries.isDue, [.integer(id), .integer(due)]) { $0.integer(0) }
            }
        }
        guard let number else { return }
        try await write { context in
            try context.connection.run(Queries.touch, [.integer(now.milliseconds), .integer(number), .integer(due)])
        }
    }

    private enum Queries {
        static let insert: SQL = """
            INSERT INTO api_keys (id, token_lookup, name, scopes, created_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """
        static let all: SQL = """
            SELECT id, name, scopes, created_by, created_at, last_used_at, revoked_at FROM api_keys ORDER BY id DESC
            """
        static let byToken: SQL = """
            SELECT id, name, scopes, created_by, created_at, last_used_at, revoked_at FROM api_keys
            WHERE token_lookup = $1 AND revoked_at IS NULL
            """
        static let revoke: SQL = "UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL"
        static let isDue: SQL = """
            SELECT id FROM api_keys WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2)
            """
        static let touch: SQL = """
            UPDATE api_keys SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at <= $3)
            """
    }
}

extension ReadContext {
    fileprivate func apiKey(_ row: any SQLRow) throws -> APIKeyRecord {
        let id = row.integer(0)
        return APIKeyRecord(
            id: ids.text(.apiKey, id),
            name: String(decoding: try open(row.bytes(1), .apiKeyName, row: id, contact: nil), as: UTF8.self),
            scopes: row.text(2).split(separator: " ").map(String.init),
            createdBy: row.optionalInteger(3).map { ids.text(.person, $0) },
            createdAt: Timestamp(milliseconds: row.integer(4)),
            lastUsedAt: row.optionalInteger(5).map { Timestamp(milliseconds: $0) },
            revokedAt: row.optionalInteger(6).map { Timestamp(milliseconds: $0) })
    }
}
