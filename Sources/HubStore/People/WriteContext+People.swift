import AdapterKit

extension WriteContext {
    func knownPerson(_ text: String) throws -> (id: Int64, person: PersonRecord)? {
        guard let id = ids.number(.person, text), let person = try read.person(id) else { return nil }
        return (id, person)
    }

    func outcome(_ person: Int64) throws -> PersonOutcome {
        try read.person(person).map { .done($0) } ?? .unknown
    }

    /// Whether the tenant would be without an active owner if it were not for this person.
    func isLastOwner(_ id: Int64, _ person: PersonRecord) throws -> Bool {
        guard person.role == .owner, person.state == .active else { return false }
        return try connection.first(Queries.otherOwner, [.integer(id)]) { _ in true } == nil
    }

    func insert(_ new: NewPerson, identity: NewIdentity?, at now: Timestamp) throws -> (person: Int64, identity: Int64?)
    {
        let person = nextNumber(now)
        try connection.run(
            Queries.insertPerson, [.integer(person), .text(new.role.rawValue), .integer(now.milliseconds)])
        let linked = try identity.map { try insert($0, of: person, at: now) }
        try update(PersonProfile(name: new.name, email: new.email, phone: new.phone), of: person, source: linked)
        return (person, linked)
    }

    func insert(_ new: NewIdentity, of person: Int64, at now: Timestamp) throws -> Int64 {
        let id = nextNumber(now)
        try connection.run(
            Queries.insertIdentity,
            [
                .integer(id), .integer(person), .bytes(read.accountLookup(new.issuer, new.subject)),
                .text(new.connection), .text(new.issuer), try sealed(new.subject, .identitySubject, row: id),
                try sealed(new.label, .identityLabel, row: id), .integer(new.isEmailVerified ? 1 : 0),
                .integer(now.milliseconds),
            ])
        return id
    }

    /// - Parameter source: the identity whose provider says so; nil when a person does.
    func update(_ profile: PersonProfile, of person: Int64, source: Int64?) throws {
        let fields: [(String?, SealedColumn, write: SQL, fill: SQL)] = [
            (profile.name, .personName, Queries.writeName, Queries.fillName),
            (profile.email, .personEmail, Queries.writeEmail, Queries.fillEmail),
            (profile.phone, .personPhone, Queries.writePhone, Queries.fillPhone),
        ]
        for (value, column, write, fill) in fields {
            guard let value, !value.isEmpty else { continue }
            let told = try sealed(value, column, row: person)
            if let source {
                try connection.run(fill, [told, .integer(source), .integer(person)])
            } else {
                try connection.run(write, [told, .integer(person)])
            }
        }
    }

    /// Takes an identity away with its grants, which are returned. Its sessions go on without it unless they were ended.
    /// - Parameter erasing: what its provider said of the person goes, too.
    func removeIdentity(_ identity: IdentityRecord, erasing: Bool = false) throws -> [GrantRecord] {
        guard let id = ids.number(.identity, identity.id) else { return [] }
        let grant = try dropGrant(.identity(identity.id))
        for query in erasing ? [Queries.eraseName, Queries.eraseEmail, Queries.erasePhone] : [] {
            try connection.run(query, [.integer(id)])
        }
        for query in [
            Queries.forgetNameSource, Queries.forgetEmailSource, Queries.forgetPhoneSource, Queries.detachSessions,
            Queries.deleteIdentity,
        ] {
            try connection.run(query, [.integer(id)])
        }
        return grant.map { [$0] } ?? []
    }

    private enum Queries {
        static let otherOwner: SQL = """
            SELECT id FROM people WHERE role = 'owner' AND state = 'active' AND id <> $1 LIMIT 1
            """
        static let insertPerson: SQL = """
            INSERT INTO people (id, role, state, created_at) VALUES ($1, $2, 'active', $3)
            """
        static let insertIdentity: SQL = """
            INSERT INTO person_identities (
                id, person_id, lookup, connection, issuer, subject, label, is_email_verified, is_email_deliverable,
                is_disabled, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, $9)
            """
        static let writeName: SQL = "UPDATE people SET name = $1, name_source = NULL WHERE id = $2"
        static let writeEmail: SQL = "UPDATE people SET email = $1, email_source = NULL WHERE id = $2"
        static let writePhone: SQL = "UPDATE people SET phone = $1, phone_source = NULL WHERE id = $2"
        static let fillName: SQL = """
            UPDATE people SET name = $1, name_source = $2 WHERE id = $3 AND (name IS NULL OR name_source = $2)
            """
        static let fillEmail: SQL = """
            UPDATE people SET email = $1, email_source = $2 WHERE id = $3 AND (email IS NULL OR email_source = $2)
            """
        static let fillPhone: SQL = """
            UPDATE people SET phone = $1, phone_source = $2 WHERE id = $3 AND (phone IS NULL OR phone_source = $2)
            """
        static let eraseName: SQL = "UPDATE people SET name = NULL WHERE name_source = $1"
        static let eraseEmail: SQL = "UPDATE people SET email = NULL WHERE email_source = $1"
        static let erasePhone: SQL = "UPDATE people SET phone = NULL WHERE phone_source = $1"
        static let forgetNameSource: SQL = "UPDATE people SET name_source = NULL WHERE name_source = $1"
        static let forgetEmailSource: SQL = "UPDATE people SET email_source = NULL WHERE email_source = $1"
        static let forgetPhoneSource: SQL = "UPDATE people SET phone_source = NULL WHERE phone_source = $1"
        static let detachSessions: SQL = "UPDATE sessions SET identity_id = NULL WHERE identity_id = $1"
        static let deleteIdentity: SQL = "DELETE FROM person_identities WHERE id = $1"
    }
}
