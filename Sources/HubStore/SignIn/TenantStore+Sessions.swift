public import AdapterKit

extension TenantStore {
    /// Sessions that one person may have; of more, those that were used longest ago end.
    static let sessionLimit = 100
    /// How exactly it is known when a session was used last: a write for each request would be one too many.
    static let touchInterval: Duration = .seconds(60)

    /// Starts a session, in the place of the one that the browser had.
    /// - Returns: nil when there is no such person, they are suspended, or the identity is not theirs or is disabled.
    public func createSession(_ new: NewSession, at now: Timestamp) async throws -> SessionRecord? {
        try await write { context in
            guard let (person, record) = try context.knownPerson(new.person), record.state == .active else {
                return nil
            }
            var identity: Int64?
            if let text = new.identity {
                guard let id = context.ids.number(.identity, text), let known = try context.read.identity(id),
                    known.personID == new.person, !known.isDisabled
                else { return nil }
                identity = id
            }
            try context.connection.run(Queries.purge, [.integer(now.milliseconds)])
            if let replaced = new.replacing { _ = try context.endSession(token: replaced) }
            let oldest = Int64(Self.sessionLimit - 1)
            try context.connection.run(Queries.endOldest, [.integer(person), .integer(oldest)])
            let id = context.nextNumber(now)
            let expiresAt = now + new.absolute
            try context.connection.run(
                Queries.insert,
                [
                    .integer(id), .bytes(context.lookup.lookup(.sessionToken, new.token.reveal())), .integer(person),
                    .integer(identity), .text(new.connection), try context.sealed(new.label, .sessionLabel, row: id),
                    .integer(new.idle.wholeMilliseconds), .integer(now.milliseconds),
                    .integer(min(now + new.idle, expiresAt).milliseconds), .integer(expiresAt.milliseconds),
                ])
            try context.connection.run(Queries.signedIn, [.integer(now.milliseconds), .integer(person)])
            if let identity {
                try context.connection.run(Queries.used, [.integer(now.milliseconds), .integer(identity)])
            }
            return SessionRecord(
                id: context.ids.text(.session, id), personID: new.person, identityID: new.identity,
                connection: new.connection, label: new.label, createdAt: now, lastSeenAt: now, expiresAt: expiresAt)
        }
    }

    /// The session of a token and its person. Nil when it has ended or lapsed, or the person is suspended.
    /// - Parameter touches: notes that the session is used, once a minute at most.
    public func session(token: Secret, at now: Timestamp, touch touches: Bool = true) async throws
        -> (PersonRecord, SessionRecord)?
    {
        let found = try await read { try $0.session(token: token, at: now) }
        guard touches, let session = found?.1, now - session.lastSeenAt >= Self.touchInterval else { return found }
        return try await write { context in
            guard var found = try context.read.session(token: token, at: now),
                let id = context.ids.number(.session, found.1.id)
            else { return nil }
            try context.connection.run(Queries.touch, [.integer(now.milliseconds), .integer(id)])
            found.1.lastSeenAt = max(found.1.lastSeenAt, now)
            return found
        }
    }

    /// The sessions of a person that go on, the newest first.
    public func sessions(of person: String, at now: Timestamp) async throws -> [SessionRecord] {
        try await read { context in
            try context.ids.number(.person, person).map { try context.sessions(person: $0, at: now) } ?? []
        }
    }

    /// The person's session of an id, while it goes on: a transaction names the one that started it.
    public func session(id text: String, at now: Timestamp) async throws -> (PersonRecord, SessionRecord)? {
        try await read { context in
            guard let id = context.ids.number(.session, text),
                let owner = try context.connection.first(Queries.owner, [.integer(id)], { $0.integer(0) }),
                let person = try context.person(owner), person.state == .active,
                let session = try context.sessions(person: owner, at: now).first(where: { $0.id == text })
            else { return nil }
            return (person, session)
        }
    }

    /// Ends a session of a person. Returns false when they have none of that id.
    public func endSession(_ text: String, of person: String) async throws -> Bool {
        try await write { context in
            guard let id = context.ids.number(.session, text), let person = context.ids.number(.person, person) else {
                return false
            }
            return try context.connection.run(Queries.end, [.integer(id), .integer(person)]) > 0
        }
    }

    /// Signs out. Returns false when there is no session of the token.
    @discardableResult
    public func endSession(token: Secret) async throws -> Bool {
        try await write { try $0.endSession(token: token) }
    }

    /// Signs a person out everywhere.
    /// - Parameter session: the id of the session that goes on.
    /// - Returns: how many ended.
    @discardableResult
    public func endSessions(of person: String, except session: String? = nil) async throws -> Int {
        try await write { context in
            guard let id = context.ids.number(.person, person) else { return 0 }
            return try context.endSessions(ofPerson: id, except: session)
        }
    }

    /// Ends the sessions that an identity started. Returns how many.
    @discardableResult
    public func endSessions(ofIdentity identity: String) async throws -> Int {
        try await write { try $0.endSessions(ofIdentity: identity) }
    }

    private enum Queries {
        static let purge: SQL = "DELETE FROM sessions WHERE lapses_at <= $1"
        static let endOldest: SQL = """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE person_id = $1 ORDER BY last_seen_at DESC, id DESC LIMIT 1000 OFFSET $2)
            """
        static let insert: SQL = """
            INSERT INTO sessions (
                id, token_lookup, person_id, identity_id, connection, label, idle_limit, created_at, last_seen_at,
                lapses_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)
            """
        static let signedIn: SQL = "UPDATE people SET last_signed_in_at = $1 WHERE id = $2"
        static let used: SQL = "UPDATE person_identities SET last_used_at = $1 WHERE id = $2"
        static let touch: SQL = """
            UPDATE sessions SET last_seen_at = $1,
                lapses_at = CASE WHEN $1 + idle_limit < expires_at THEN $1 + idle_limit ELSE expires_at END
            WHERE id = $2 AND last_seen_at < $1
            """
        static let owner: SQL = "SELECT person_id FROM sessions WHERE id = $1"
        static let end: SQL = "DELETE FROM sessions WHERE id = $1 AND person_id = $2"
    }
}
