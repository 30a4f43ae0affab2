import AdapterKit
public import HubStore

extension Visitor {
    /// How long an invitation is good.
    static let invitationLifetime: Duration = .seconds(3 * 86_400)

    public func people(after: String?, limit: Int) async throws -> Page<PersonRecord>? {
        try require(.managePeople)
        return try await store.people(after: after, limit: limit)
    }

    public func person(_ id: String) async throws -> PersonRecord? {
        try require(.managePeople)
        return try await store.person(id: id)
    }

    public func sessions(of person: String) async throws -> [SessionRecord] {
        try require(.managePeople)
        return try await store.sessions(of: person, at: now)
    }

    public func endSession(_ id: String, of person: String) async throws -> Bool {
        guard try await reach(person) != nil else { return false }
        let isEnded = try await store.endSession(id, of: person)
        if isEnded { try await audit("session.ended", person: person) }
        return isEnded
    }

    /// Signs a person out everywhere. Returns false when there is no such person.
    public func endSessions(of person: String) async throws -> Bool {
        guard try await reach(person) != nil else { return false }
        _ = try await store.endSessions(of: person)
        try await audit("sessions.ended", person: person)
        return true
    }

    public func setRole(_ role: PersonRole, of person: String) async throws -> PersonOutcome {
        try requireRank(for: role)
        guard try await reach(person) != nil else { return .unknown }
        let outcome = try await store.setRole(of: person, to: role, at: now)
        if case .done = outcome { try await audit("person.role_set", reason: role.rawValue, person: person) }
        return outcome
    }

    public func setSuspended(_ isSuspended: Bool, person: String) async throws -> PersonOutcome {
        guard try await reach(person) != nil else { return .unknown }
        let outcome = try await store.setState(of: person, to: isSuspended ? .suspended : .active, at: now)
        if case .done = outcome {
            try await audit(isSuspended ? "person.suspended" : "person.restored", person: person)
        }
        return outcome
    }

    /// Removes a person and all that is of them.
    public func remove(person: String) async throws -> RemovalOutcome {
        guard try await reach(person) != nil else { return .unknown }
        let outcome = try await store.removePerson(person, at: now)
        if case .removed(let grants) = outcome {
            try await audit("person.removed")
            await tenant.revoke(grants)
        }
        return outcome
    }

    // MARK: Invitations

    /// Makes a link that lets one person in, once.
    public func invite(
        role: PersonRole, name: String?, email: String?
    ) async throws -> (link: String, invitation: InvitationRecord) {
        try requireRank(for: role)
        let made = try await tenant.invite(
            role: role, name: name, email: email, by: person.id, lifetime: Self.invitationLifetime)
        try await audit("person.invited", reason: role.rawValue)
        return made
    }

    /// Makes a link that ties one more way to sign in to a person who has lost theirs, once. Nil when there is no such
    /// person.
    public func invite(backIn person: String) async throws -> (link: String, invitation: InvitationRecord)? {
        guard let known = try await reach(person) else { return nil }
        let made = try await tenant.invite(
            role: known.role, name: known.name, email: known.email, by: self.person.id, person: known.id,
            lifetime: Self.invitationLifetime)
        try await audit("person.invited_back", person: known.id)
        return made
    }

    public func invitations(after: String?, limit: Int) async throws -> Page<InvitationRecord>? {
        try require(.managePeople)
        return try await store.invitations(after: after, limit: limit, at: now)
    }

    public func revokeInvitation(_ id: String) async throws -> Bool {
        try require(.managePeople)
        let isRevoked = try await store.revokeInvitation(id, at: now)
        if isRevoked { try await audit("invitation.revoked") }
        return isRevoked
    }

    // MARK: Rank

    /// The person, if this visitor may change them: an owner is changed by owners alone.
    private func reach(_ id: String) async throws -> PersonRecord? {
        try require(.managePeople)
        guard let person = try await store.person(id: id) else { return nil }
        try requireRank(for: person.role)
        return person
    }

    private func requireRank(for role: PersonRole) throws(Forbidden) {
        try require(.managePeople)
        guard role <= person.role else { throw Forbidden(permission: .managePeople) }
    }
}
