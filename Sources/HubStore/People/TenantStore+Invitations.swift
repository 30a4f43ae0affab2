public import AdapterKit

extension TenantStore {
    /// Keeps an invitation. Nil when it names a person, or an inviter, who is not there.
    public func invite(_ new: NewInvitation, at now: Timestamp) async throws -> InvitationRecord? {
        try await write { context in
            for person in [new.invitedBy, new.person].compactMap(\.self) {
                guard try context.knownPerson(person) != nil else { return nil }
            }
            // Names of people who never came are not kept for ever.
            try context.connection.run(
                Queries.purge, [.integer((now + .seconds(-Self.keptAfterLapse)).milliseconds)])
            let id = context.nextNumber(now)
            try context.connection.run(
                Queries.insert,
                [
                    .integer(id), .bytes(context.lookup.lookup(.invitationToken, new.token.reveal())),
                    .text(new.role.rawValue), try context.sealed(new.name, .invitationName, row: id),
                    try context.sealed(new.email, .invitationEmail, row: id),
                    .integer(new.invitedBy.flatMap { context.ids.number(.person, $0) }),
                    .integer(new.person.flatMap { context.ids.number(.person, $0) }), .integer(now.milliseconds),
                    .integer(new.expiresAt.milliseconds),
                ])
            return try context.read.invitation(id, at: now)
        }
    }

    /// The invitation of a token, whatever its state. Nil when the tenant has none of it.
    public func invitation(token: Secret, at now: Timestamp) async throws -> InvitationRecord? {
        try await read { context in
            let lookup = context.store.keys.lookup.lookup(.invitationToken, token.reveal())
            let id = try context.connection.first(Queries.byToken, [.bytes(lookup)]) { $0.integer(0) }
            return try id.flatMap { try context.invitation($0, at: now) }
        }
    }

    /// The invitation, or nil when the tenant has none of that id.
    public func invitation(id text: String, at now: Timestamp) async throws -> InvitationRecord? {
        try await read { context in
            try context.ids.number(.invitation, text).flatMap { try context.invitation($0, at: now) }
        }
    }

    /// The newest invitations first, also those that are used up until a while after they lapsed. Nil when `after` is no
    /// invitation's id.
    public func invitations(after: String?, limit: Int, at now: Timestamp) async throws -> Page<InvitationRecord>? {
        try await read { context in
            guard let start = context.start(.invitation, after) else { return nil }
            let found = try context.connection.rows(Queries.list, [.integer(start), .integer(Int64(limit + 1))]) {
                try context.invitationRecord($0, at: now)
            }
            return page(found, limit: limit, id: \.id)
        }
    }

    /// Ends an invitation that is open. Returns whether there was such a one.
    public func revokeInvitation(_ text: String, at now: Timestamp) async throws -> Bool {
        try await write { context in
            guard let id = context.ids.number(.invitation, text) else { return false }
            return try context.connection.run(Queries.revoke, [.integer(now.milliseconds), .integer(id)]) > 0
        }
    }

    private static let keptAfterLapse = 7 * 86_400

    private enum Queries {
        static let purge: SQL = "DELETE FROM invitations WHERE expires_at <= $1"
        static let insert: SQL = """
            INSERT INTO invitations (
                id, token_lookup, role, name, email, invited_by, person_id, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """
        static let byToken: SQL = "SELECT id FROM invitations WHERE token_lookup = $1"
        static let list: SQL = """
            SELECT id, role, name, email, invited_by, person_id, created_at, expires_at, accepted_at, revoked_at
            FROM invitations WHERE id < $1 ORDER BY id DESC LIMIT $2
            """
        static let revoke: SQL = """
            UPDATE invitations SET revoked_at = $1 WHERE id = $2 AND accepted_at IS NULL AND revoked_at IS NULL
            """
    }
}

extension ReadContext {
    fileprivate func invitation(_ id: Int64, at now: Timestamp) throws -> InvitationRecord? {
        try connection.first(Queries.invitation, [.integer(id)]) { try invitationRecord($0, at: now) }
    }

    fileprivate func invitationRecord(_ row: any SQLRow, at now: Timestamp) throws -> InvitationRecord {
        let id = row.integer(0)
        guard let role = PersonRole(rawValue: row.text(1)) else {
            throw StoreError(.failed, "an invitation has an unknown role")
        }
        let state: InvitationRecord.State =
            if !row.isNull(8) {
                .accepted
            } else if !row.isNull(9) {
                .revoked
            } else {
                row.integer(7) <= now.milliseconds ? .expired : .open
            }
        return InvitationRecord(
            id: ids.text(.invitation, id), role: role,
            name: try openText(row.optionalBytes(2), .invitationName, row: id, contact: nil),
            email: try openText(row.optionalBytes(3), .invitationEmail, row: id, contact: nil),
            invitedBy: row.optionalInteger(4).map { ids.text(.person, $0) },
            personID: row.optionalInteger(5).map { ids.text(.person, $0) }, state: state,
            createdAt: Timestamp(milliseconds: row.integer(6)), expiresAt: Timestamp(milliseconds: row.integer(7)))
    }

    private enum Queries {
        static let invitation: SQL = """
            SELECT id, role, name, email, invited_by, person_id, created_at, expires_at, accepted_at, revoked_at
            FROM invitations WHERE id = $1
            """
    }
}

extension WriteContext {
    /// Uses an invitation up and returns the role that it gives.
    /// - Parameter person: the person who gets back in; nil for somebody new.
    func accept(_ text: String, person: Int64?, at now: Timestamp) throws -> Result<PersonRole, InvitationRefusal> {
        guard let id = ids.number(.invitation, text), let invitation = try read.invitation(id, at: now) else {
            return .failure(.unknown)
        }
        switch invitation.state {
        case .open: break
        case .accepted: return .failure(.used)
        case .revoked: return .failure(.revoked)
        case .expired: return .failure(.expired)
        }
        guard invitation.personID == person.map({ ids.text(.person, $0) }) else { return .failure(.forSomeoneElse) }
        // Name and e-mail are the person's now, and not the invitation's.
        let changed = try connection.run(Queries.accept, [.integer(now.milliseconds), .integer(id)])
        return changed > 0 ? .success(invitation.role) : .failure(.used)
    }

    func revokeInvitations(by person: Int64, at now: Timestamp) throws {
        try connection.run(Queries.revokeAll, [.integer(now.milliseconds), .integer(person)])
    }

    private enum Queries {
        static let accept: SQL = """
            UPDATE invitations SET accepted_at = $1, name = NULL, email = NULL
            WHERE id = $2 AND accepted_at IS NULL AND revoked_at IS NULL
            """
        static let revokeAll: SQL = """
            UPDATE invitations SET revoked_at = $1
            WHERE invited_by = $2 AND accepted_at IS NULL AND revoked_at IS NULL
            """
    }
}
