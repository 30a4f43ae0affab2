public import AdapterKit

extension TenantStore {
    /// The person, or nil when the tenant has none of that id.
    public func person(id text: String) async throws -> PersonRecord? {
        try await read { context in try context.ids.number(.person, text).flatMap { try context.person($0) } }
    }

    /// The newest people first. Nil when `after` is no person's id.
    public func people(after: String?, limit: Int) async throws -> Page<PersonRecord>? {
        try await read { context in
            guard let start = context.start(.person, after) else { return nil }
            let found = try context.connection.rows(
                Queries.people, [.integer(start), .integer(Int64(limit + 1))], context.personRecord)
            return page(found, limit: limit, id: \.id)
        }
    }

    /// Adds a person, with the identity that they came with.
    /// - Parameter invitation: the id of the invitation that they accept. It is used up in the same transaction, and its
    ///   role counts, not the one of `new`.
    public func addPerson(
        _ new: NewPerson, identity: NewIdentity?, invitation: String? = nil, at now: Timestamp
    ) async throws -> AddPersonOutcome {
        try await write { context in
            var new = new
            if let identity, try context.read.identity(issuer: identity.issuer, subject: identity.subject) != nil {
                return .identityTaken
            }
            if let invitation {
                switch try context.accept(invitation, person: nil, at: now) {
                case .success(let role): new.role = role
                case .failure(let refusal): return .invitationRefused(refusal)
                }
            }
            let (person, linked) = try context.insert(new, identity: identity, at: now)
            guard let record = try context.read.person(person) else { throw StoreError(.failed, "a person is gone") }
            return .added(record, try linked.flatMap { try context.read.identity($0) })
        }
    }

    /// Gives a person a role. One that has less to say now, has no open invitations of theirs any more.
    public func setRole(of text: String, to role: PersonRole, at now: Timestamp) async throws -> PersonOutcome {
        try await write { context in
            guard let (id, person) = try context.knownPerson(text) else { return .unknown }
            guard person.role != role else { return .done(person) }
            if role != .owner, try context.isLastOwner(id, person) { return .lastOwner }
            try context.connection.run(Queries.setRole, [.text(role.rawValue), .integer(id)])
            if role < person.role { try context.revokeInvitations(by: id, at: now) }
            return try context.outcome(id)
        }
    }

    /// Suspends a person, or lets them back in. Suspending ends all their sessions and their open invitations.
    public func setState(of text: String, to state: PersonRecord.State, at now: Timestamp) async throws
        -> PersonOutcome
    {
        try await write { context in
            guard let (id, person) = try context.knownPerson(text) else { return .unknown }
            guard person.state != state else { return .done(person) }
            if state == .suspended {
                if try context.isLastOwner(id, person) { return .lastOwner }
                try context.endSessions(ofPerson: id)
                try context.revokeInvitations(by: id, at: now)
            }
            try context.connection.run(Queries.setState, [.text(state.rawValue), .integer(id)])
            return try context.outcome(id)
        }
    }

    /// Removes a person and all that is of them: identities, sessions and grants.
    public func removePerson(_ text: String, at now: Timestamp) async throws -> RemovalOutcome {
        try await write { context in
            guard let (id, person) = try context.knownPerson(text) else { return .unknown }
            if try context.isLastOwner(id, person) { return .lastOwner }
            try context.endSessions(ofPerson: id)
            try context.revokeInvitations(by: id, at: now)
            var grants: [GrantRecord] = []
            for identity in try context.read.identities(person: id) {
                grants += try context.removeIdentity(identity)
            }
            for query in [Queries.forgetInviter, Queries.deleteInvitations, Queries.forgetIssuer, Queries.deletePerson]
            {
                try context.connection.run(query, [.integer(id)])
            }
            return .removed(revoke: grants)
        }
    }

    /// Notes what is said of a person.
    /// - Parameter identity: the id of the identity whose provider says so. It fills what is missing and changes what the
    ///   same identity said before, and nothing else. Nil for what a person writes, which changes all that is not nil.
    /// - Returns: nil when there is no such person, or the identity is not theirs.
    @discardableResult
    public func updateProfile(of text: String, _ profile: PersonProfile, saidBy identity: String?) async throws
        -> PersonRecord?
    {
        try await write { context in
            guard let (id, _) = try context.knownPerson(text) else { return nil }
            var source: Int64?
            if let identity {
                guard let number = context.ids.number(.identity, identity),
                    try context.read.identity(number)?.personID == text
                else { return nil }
                source = number
            }
            try context.update(profile, of: id, source: source)
            return try context.read.person(id)
        }
    }

    private enum Queries {
        static let people: SQL = """
            SELECT id, name, email, phone, role, state, created_at, last_signed_in_at FROM people
            WHERE id < $1 ORDER BY id DESC LIMIT $2
            """
        static let setRole: SQL = "UPDATE people SET role = $1 WHERE id = $2"
        static let setState: SQL = "UPDATE people SET state = $1 WHERE id = $2"
        static let forgetInviter: SQL = "UPDATE invitations SET invited_by = NULL WHERE invited_by = $1"
        static let deleteInvitations: SQL = "DELETE FROM invitations WHERE person_id = $1"
        static let forgetIssuer: SQL = "UPDATE api_keys SET created_by = NULL WHERE created_by = $1"
        static let deletePerson: SQL = "DELETE FROM people WHERE id = $1"
    }
}
