public import AdapterKit

/// Refreshing as a journal: what is about to happen is on disk before the provider is asked, because a provider that
/// rotates refresh tokens takes the old one from us as it gives the new one, and a crash in between must not end in asking
/// for ever with a dead token.
extension TenantStore {
    /// Gives one of those who ask the right to refresh a grant, and writes that it is under way.
    /// - Returns: nil when somebody else is at it, the grant is broken, or it has no refresh token.
    public func beginRefresh(_ owner: GrantOwner, at now: Timestamp) async throws -> RefreshTicket? {
        try await write { context in
            guard let grant = try context.read.grant(owner), grant.record.state == .active,
                let token = grant.record.refreshToken
            else { return nil }
            try context.setState(.refreshing(since: now), of: grant.number, at: now)
            return RefreshTicket(grant: grant.record, refreshToken: token)
        }
    }

    /// Keeps the tokens of a refresh and clears its mark in one transaction.
    public func completeRefresh(_ ticket: RefreshTicket, _ tokens: GrantTokens, at now: Timestamp) async throws
        -> RefreshOutcome
    {
        try await write { context in
            guard let grant = try context.grant(of: ticket) else { return .changedMeanwhile }
            try context.write(tokens, to: grant, at: now)
            guard let record = try context.read.grant(ticket.grant.owner)?.record else { return .changedMeanwhile }
            return .kept(record)
        }
    }

    /// Ends a refresh that gave no tokens. Returns false when the grant changed meanwhile.
    @discardableResult
    public func failRefresh(_ ticket: RefreshTicket, _ failure: RefreshFailure, at now: Timestamp) async throws -> Bool
    {
        try await write { context in
            guard let grant = try context.grant(of: ticket) else { return false }
            switch failure {
            case .kept: try context.setState(.active, of: grant.number, at: now)
            case .broken(let reason): try context.setState(.broken(reason: reason), of: grant.number, at: now)
            }
            return true
        }
    }

    /// Settles what was under way when the hub stopped; to be called at its start, before anybody refreshes. A grant whose
    /// refresh token is good once is broken, as the provider may have taken it; any other can be refreshed again.
    /// - Returns: the grants as they stand now.
    public func interruptedRefreshes(at now: Timestamp) async throws -> [GrantRecord] {
        try await write { context in
            try context.read.refreshingGrants().map { grant in
                var grant = grant
                grant.record.state = grant.record.rotates ? .broken(reason: "refresh_interrupted") : .active
                grant.record.updatedAt = now
                try context.setState(grant.record.state, of: grant.number, at: now)
                return grant.record
            }
        }
    }
}

extension WriteContext {
    /// The grant of a ticket, unless it changed meanwhile.
    fileprivate func grant(of ticket: RefreshTicket) throws -> StoredGrant? {
        guard let grant = try read.grant(ticket.grant.owner), grant.record.id == ticket.grant.id,
            grant.record.generation == ticket.grant.generation, case .refreshing = grant.record.state
        else { return nil }
        return grant
    }
}
