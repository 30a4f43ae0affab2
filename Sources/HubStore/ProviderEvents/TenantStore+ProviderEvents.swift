public import AdapterKit

extension TenantStore {
    /// Takes an event of a provider once, and does what it says in the same transaction.
    /// - Parameter key: what names the event at the connection for ever, such as the `jti` of a token.
    public func apply(
        _ effects: [ProviderEventEffect], connection: String, key: String, at now: Timestamp
    ) async throws -> ProviderEventResult {
        try await write(weight: 1 + effects.count) { context in
            let lookup = context.lookup.lookup(.providerEvent, connection, key)
            guard
                try context.connection.run(Queries.take, [.bytes(lookup), .integer(now.milliseconds)]) > 0
            else { return ProviderEventResult(isNew: false) }
            var result = ProviderEventResult()
            for effect in effects { try context.apply(effect, to: &result, at: now) }
            return result
        }
    }

    private enum Queries {
        static let take: SQL = """
            INSERT INTO provider_events (lookup, received_at) VALUES ($1, $2) ON CONFLICT (lookup) DO NOTHING
            """
    }
}

extension WriteContext {
    func apply(_ effect: ProviderEventEffect, to result: inout ProviderEventResult, at now: Timestamp) throws {
        switch effect {
        case .endSessions(let account):
            guard let identity = try identity(account, &result) else { return }
            result.endedSessions += try endSessions(ofIdentity: identity.id)
        case .dropGrants(let account):
            guard let identity = try identity(account, &result) else { return }
            if let grant = try dropGrant(.identity(identity.id)) { result.revoke.append(grant) }
        case .setDisabled(let account, let isDisabled):
            guard let identity = try identity(account, &result), let id = ids.number(.identity, identity.id) else {
                return
            }
            if isDisabled { result.endedSessions += try endSessions(ofIdentity: identity.id) }
            _ = try setDisabled(id, isDisabled)
        case .setEmailDeliverable(let account, let isDeliverable):
            guard let identity = try identity(account, &result), let id = ids.number(.identity, identity.id) else {
                return
            }
            _ = try setEmailDeliverable(id, isDeliverable)
        case .unlink(let account, let erasing): try unlink(account, erasing: erasing, &result)
        case .dropSystemGrant(let system):
            if let grant = try dropGrant(.system(system)) { result.revoke.append(grant) }
        case .breakSystemGrant(let system, let reason):
            if let grant = try read.grant(.system(system)) {
                try setState(.broken(reason: reason), of: grant.number, at: now)
            }
        case .breakSystemGrants(let account, let reason):
            let lookup = read.accountLookup(account.issuer, account.subject)
            for grant in try connection.rows(Queries.systemGrants, [.bytes(lookup)], { $0.integer(0) }) {
                try setState(.broken(reason: reason), of: grant, at: now)
            }
        case .attach(let record): result.records += try attach(record, at: now) ? 1 : 0
        case .detach(let system, let externalID): result.records += try detach(system, externalID) ? 1 : 0
        case .detachAll(let system): result.records += try detachAll(system)
        case .tell(let order): try tell(order)
        }
    }

    private func identity(_ account: IdentityAccount, _ result: inout ProviderEventResult) throws -> IdentityRecord? {
        guard let found = try read.identity(issuer: account.issuer, subject: account.subject),
            let identity = try read.identity(found.id)
        else { return nil }
        if !result.people.contains(identity.personID) { result.people.append(identity.personID) }
        return identity
    }

    private func unlink(_ account: IdentityAccount, erasing: Bool, _ result: inout ProviderEventResult) throws {
        guard let identity = try identity(account, &result), let person = ids.number(.person, identity.personID) else {
            return
        }
        result.endedSessions += try endSessions(ofIdentity: identity.id)
        result.revoke += try removeIdentity(identity, erasing: erasing)
        result.unlinked += 1
        if try read.identities(person: person).isEmpty { result.endedSessions += try endSessions(ofPerson: person) }
    }

    private enum Queries {
        static let systemGrants: SQL = "SELECT id FROM grants WHERE account_lookup = $1 AND system IS NOT NULL"
    }
}
