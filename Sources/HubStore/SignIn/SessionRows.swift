import AdapterKit

extension ReadContext {
    /// The session of a token and its person, unless it has lapsed or the person is suspended.
    func session(token: Secret, at now: Timestamp) throws -> (PersonRecord, SessionRecord)? {
        let lookup = store.keys.lookup.lookup(.sessionToken, token.reveal())
        let session = try connection.first(
            Queries.byToken, [.bytes(lookup), .integer(now.milliseconds)], sessionRecord)
        guard let session, let owner = ids.number(.person, session.personID), let person = try person(owner),
            person.state == .active
        else { return nil }
        return (person, session)
    }

    /// The sessions of a person that go on, the newest first.
    func sessions(person: Int64, at now: Timestamp) throws -> [SessionRecord] {
        try connection.rows(Queries.byPerson, [.integer(person), .integer(now.milliseconds)], sessionRecord)
    }

    private func sessionRecord(_ row: any SQLRow) throws -> SessionRecord {
        let id = row.integer(0)
        return SessionRecord(
            id: ids.text(.session, id), personID: ids.text(.person, row.integer(1)),
            identityID: row.optionalInteger(2).map { ids.text(.identity, $0) }, connection: row.text(3),
            label: try openText(row.optionalBytes(4), .sessionLabel, row: id, contact: nil),
            createdAt: Timestamp(milliseconds: row.integer(5)), lastSeenAt: Timestamp(milliseconds: row.integer(6)),
            expiresAt: Timestamp(milliseconds: row.integer(7)))
    }

    private enum Queries {
        static let byToken: SQL = """
            SELECT id, person_id, identity_id, connection, label, created_at, last_seen_at, expires_at FROM sessions
            WHERE token_lookup = $1 AND lapses_at > $2
            """
        static let byPerson: SQL = """
            SELECT id, person_id, identity_id, connection, label, created_at, last_seen_at, expires_at FROM sessions
            WHERE person_id = $1 AND lapses_at > $2 ORDER BY id DESC
            """
    }
}

extension WriteContext {
    func endSession(token: Secret) throws -> Bool {
        try connection.run(Queries.endByToken, [.bytes(lookup.lookup(.sessionToken, token.reveal()))]) > 0
    }

    @discardableResult
    func endSessions(ofPerson person: Int64, except session: String? = nil) throws -> Int {
        try connection.run(Queries.endByPerson, [.integer(person), .integer(spared(session))])
    }

    /// Ends the sessions that an identity started.
    @discardableResult
    func endSessions(ofIdentity identity: String, except session: String? = nil) throws -> Int {
        guard let id = ids.number(.identity, identity) else { return 0 }
        return try connection.run(Queries.endByIdentity, [.integer(id), .integer(spared(session))])
    }

    /// No row has the number 0.
    private func spared(_ session: String?) -> Int64 { session.flatMap { ids.number(.session, $0) } ?? 0 }

    private enum Queries {
        static let endByToken: SQL = "DELETE FROM sessions WHERE token_lookup = $1"
        static let endByPerson: SQL = "DELETE FROM sessions WHERE person_id = $1 AND id <> $2"
        static let endByIdentity: SQL = "DELETE FROM sessions WHERE identity_id = $1 AND id <> $2"
    }
}
