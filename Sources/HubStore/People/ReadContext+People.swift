import AdapterKit

extension ReadContext {
    func person(_ id: Int64) throws -> PersonRecord? {
        try connection.first(Queries.person, [.integer(id)], personRecord)
    }

    /// Reads a row that starts with the columns of ``person(_:)``.
    func personRecord(_ row: any SQLRow) throws -> PersonRecord {
        let id = row.integer(0)
        guard let role = PersonRole(rawValue: row.text(4)), let state = PersonRecord.State(rawValue: row.text(5)) else {
            throw StoreError(.failed, "a person has an unknown role or state")
        }
        return PersonRecord(
            id: ids.text(.person, id), name: try openText(row.optionalBytes(1), .personName, row: id, contact: nil),
            email: try openText(row.optionalBytes(2), .personEmail, row: id, contact: nil),
            phone: try openText(row.optionalBytes(3), .personPhone, row: id, contact: nil), role: role, state: state,
            createdAt: Timestamp(milliseconds: row.integer(6)),
            lastSignedInAt: row.optionalInteger(7).map { Timestamp(milliseconds: $0) })
    }

    func identity(_ id: Int64) throws -> IdentityRecord? {
        try connection.first(Queries.identity, [.integer(id)], identityRecord)
    }

    /// The newest identity last.
    func identities(person: Int64) throws -> [IdentityRecord] {
        try connection.rows(Queries.identities, [.integer(person)], identityRecord)
    }

    /// The number of the identity and of its person.
    func identity(issuer: String, subject: String) throws -> (id: Int64, person: Int64)? {
        try connection.first(Queries.identityByKey, [.bytes(accountLookup(issuer, subject))]) {
            (id: $0.integer(0), person: $0.integer(1))
        }
    }

    func accountLookup(_ issuer: String, _ subject: String) -> [UInt8] {
        store.keys.lookup.lookup(.account, issuer, subject)
    }

    private func identityRecord(_ row: any SQLRow) throws -> IdentityRecord {
        let id = row.integer(0)
        let subject = try open(row.bytes(4), .identitySubject, row: id, contact: nil)
        return IdentityRecord(
            id: ids.text(.identity, id), personID: ids.text(.person, row.integer(1)), connection: row.text(2),
            issuer: row.text(3), subject: String(decoding: subject, as: UTF8.self),
            label: try openText(row.optionalBytes(5), .identityLabel, row: id, contact: nil),
            isEmailVerified: row.integer(6) != 0, isEmailDeliverable: row.integer(7) != 0,
            isDisabled: row.integer(8) != 0, createdAt: Timestamp(milliseconds: row.integer(9)),
            lastUsedAt: row.optionalInteger(10).map { Timestamp(milliseconds: $0) })
    }

    private enum Queries {
        static let person: SQL = """
            SELECT id, name, email, phone, role, state, created_at, last_signed_in_at FROM people WHERE id = $1
            """
        static let identity: SQL = """
            SELECT id, person_id, connection, issuer, subject, label, is_email_verified, is_email_deliverable,
                is_disabled, created_at, last_used_at
            FROM person_identities WHERE id = $1
            """
        static let identities: SQL = """
            SELECT id, person_id, connection, issuer, subject, label, is_email_verified, is_email_deliverable,
                is_disabled, created_at, last_used_at
            FROM person_identities WHERE person_id = $1 ORDER BY id
            """
        static let identityByKey: SQL = "SELECT id, person_id FROM person_identities WHERE lookup = $1"
    }
}
