public import AdapterKit

extension TenantStore {
    /// The identities of a person, the newest last. None when there is no such person.
    public func identities(of person: String) async throws -> [IdentityRecord] {
        try await read { context in
            try context.ids.number(.person, person).map { try context.identities(person: $0) } ?? []
        }
    }

    /// Who signs in with an account at a provider. An e-mail finds nobody.
    public func identity(issuer: String, subject: String) async throws -> (PersonRecord, IdentityRecord)? {
        try await read { context in
            guard let found = try context.identity(issuer: issuer, subject: subject),
                let person = try context.person(found.person), let identity = try context.identity(found.id)
            else { return nil }
            return (person, identity)
        }
    }

    /// Gives a person one more identity.
    /// - Parameter invitation: the id of the invitation by which the person gets back in. It is used up in the same
    ///   transaction.
    public func link(
        _ new: NewIdentity, to person: String, invitation: String? = nil, at now: Timestamp
    ) async throws -> LinkOutcome {
        try await write { context in
            guard let (id, _) = try context.knownPerson(person) else { return .unknown }
            let known = try context.read.identity(issuer: new.issuer, subject: new.subject)
            if let known, known.person != id { return .takenBySomeoneElse }
            if let invitation, case .failure(let refusal) = try context.accept(invitation, person: id, at: now) {
                return .invitationRefused(refusal)
            }
            let number = try known?.id ?? context.insert(new, of: id, at: now)
            guard let record = try context.read.identity(number) else {
                throw StoreError(.failed, "an identity is gone")
            }
            return known == nil ? .linked(record) : .alreadyTheirs(record)
        }
    }

    /// Takes an identity from a person, with its grants and the sessions that it started.
    /// - Parameter session: the id of a session that goes on.
    public func unlink(_ identity: String, of person: String, keeping session: String? = nil) async throws
        -> UnlinkOutcome
    {
        try await write { context in
            guard let (id, _) = try context.knownPerson(person) else { return .unknown }
            var others = try context.read.identities(person: id)
            guard let index = others.firstIndex(where: { $0.id == identity }) else { return .unknown }
            let removed = others.remove(at: index)
            // One that its provider has disabled lets nobody in.
            guard others.contains(where: { !$0.isDisabled || removed.isDisabled }) else { return .lastCredential }
            try context.endSessions(ofIdentity: identity, except: session)
            return .unlinked(revoke: try context.removeIdentity(removed))
        }
    }

    /// Brings what the provider shows of an identity up to date, as at each sign-in.
    @discardableResult
    public func updateIdentity(_ identity: String, label: String?, isEmailVerified: Bool) async throws -> Bool {
        try await write { context in
            guard let id = context.ids.number(.identity, identity) else { return false }
            return try context.connection.run(
                Queries.update,
                [
                    try context.sealed(label, .identityLabel, row: id), .integer(isEmailVerified ? 1 : 0), .integer(id),
                ]) > 0
        }
    }

    private enum Queries {
        static let update: SQL = """
            UPDATE person_identities SET label = COALESCE($1, label), is_email_verified = $2 WHERE id = $3
            """
    }
}

extension WriteContext {
    func setEmailDeliverable(_ identity: Int64, _ isDeliverable: Bool) throws -> Bool {
        try connection.run(Queries.setDeliverable, [.integer(isDeliverable ? 1 : 0), .integer(identity)]) > 0
    }

    func setDisabled(_ identity: Int64, _ isDisabled: Bool) throws -> Bool {
        try connection.run(Queries.setDisabled, [.integer(isDisabled ? 1 : 0), .integer(identity)]) > 0
    }

    private enum Queries {
        static let setDeliverable: SQL = "UPDATE person_identities SET is_email_deliverable = $1 WHERE id = $2"
        static let setDisabled: SQL = "UPDATE person_identities SET is_disabled = $1 WHERE id = $2"
    }
}
