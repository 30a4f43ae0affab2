import AdapterKit
import HubStore

/// One refresh of one grant (RFC 6749, 6).
struct GrantRefresh: Sendable {
    /// How often tokens that came are tried to be kept: they exist nowhere else.
    private static let keepingTries = 5

    let store: TenantStore
    let http: any HTTPPort
    let clock: any ClockPort
    let metadata: ProviderMetadata
    let keys: KeySets

    func run(_ grant: GrantRecord, _ connection: Connection) async -> Result<GrantRecord, ProviderFailure> {
        do throws(ProviderFailure) {
            return .success(try await refreshed(grant, connection))
        } catch {
            return .failure(error)
        }
    }

    private func refreshed(_ grant: GrantRecord, _ connection: Connection) async throws(ProviderFailure) -> GrantRecord
    {
        let (provider, address, secret) = try await prepared(connection)
        guard provider.refresh != nil, grant.refreshToken != nil else {
            await broken("token_expired", connection) {
                try await store.breakGrant(grant, reason: "token_expired", at: clock.now)
            }
            throw .reconnect("token_expired")
        }
        guard let ticket = try await begun(grant.owner) else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "refresh_under_way", title: "Its tokens are being renewed"))
        }
        let endpoint = TokenEndpoint(http: http, clock: clock)
        let reply: TokenReply
        do throws(TokenEndpoint.Failure) {
            reply = try await endpoint.refresh(
                ticket.refreshToken, provider, at: address, secret: secret, scopes: grant.scopes)
        } catch {
            throw await failed(ticket, error, connection)
        }
        if let fault = await identityFault(reply, provider, grant) {
            await broken(fault, connection) {
                try await store.failRefresh(ticket, .broken(reason: fault), at: clock.now)
            }
            throw .reconnect(fault)
        }
        return try await kept(ticket, GrantTokens(reply.tokens))
    }

    private func prepared(
        _ connection: Connection
    ) async throws(ProviderFailure) -> (IdentityProvider, String, Secret?) {
        do throws(SignInRefusal) {
            let provider = try connection.client.provider([:])
            let found = try await metadata.resolve(provider)
            return (provider, found.addresses.token, try connection.credentials.secret(provider))
        } catch {
            throw ProviderFailure(
                error.reason == .providerUnavailable ? .unavailable : .misconfigured,
                FailureReason(code: error.reason.rawValue, title: "Its tokens cannot be renewed"))
        }
    }

    private func begun(_ owner: GrantOwner) async throws(ProviderFailure) -> RefreshTicket? {
        do {
            return try await store.beginRefresh(owner, at: clock.now)
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "store_unavailable", title: "The store is busy"))
        }
    }

    /// What a refusal does to the grant. A refresh that was not answered is tried again another time: if the provider had
    /// taken it, that try is refused and the grant is broken, so there is no loop.
    private func failed(
        _ ticket: RefreshTicket, _ failure: TokenEndpoint.Failure, _ connection: Connection
    ) async -> ProviderFailure {
        switch failure {
        case .refused(let refusal):
            let reason = refusal.reason == .exchangeRefused ? refusal.detail ?? "refused" : refusal.reason.rawValue
            await broken(reason, connection) {
                try await store.failRefresh(ticket, .broken(reason: reason), at: clock.now)
            }
            return .reconnect(reason)
        case .later(let refusal), .unanswered(let refusal):
            // The mark stays when the store is busy: the next start settles it.
            _ = try? await store.failRefresh(ticket, .kept, at: clock.now)
            return ProviderFailure(
                .unavailable,
                FailureReason(code: refusal.reason.rawValue, title: "The provider does not renew tokens now"))
        }
    }

    /// An ID token that comes with new tokens has to be of the same account (OpenID Connect Core 1.0, 12.2).
    private func identityFault(_ reply: TokenReply, _ provider: IdentityProvider, _ grant: GrantRecord) async -> String?
    {
        guard let text = reply.idToken, let rules = provider.idToken else { return nil }
        do throws(SignInRefusal) {
            let found = try await metadata.resolve(provider)
            let token = try SignedToken(text.reveal(), as: .identity, algorithms: rules.algorithms)
            try await keys.verify(token, keysAt: found.addresses.keys ?? "")
            let claims = TokenClaims(claims: token.claims, now: clock.now)
            try claims.check(rules, nonce: nil, accessToken: reply.tokens.accessToken)
            let subject = try claims.subject()
            return [grant.subject ?? ""].holds(subject) ? nil : SignInRefusal.Reason.subjectWrong.rawValue
        } catch {
            return error.reason.rawValue
        }
    }

    private func kept(_ ticket: RefreshTicket, _ tokens: GrantTokens) async throws(ProviderFailure) -> GrantRecord {
        for attempt in 1...Self.keepingTries {
            do {
                switch try await store.completeRefresh(ticket, tokens, at: clock.now) {
                case .kept(let grant): return grant
                case .changedMeanwhile:
                    throw ProviderFailure(
                        .unavailable, FailureReason(code: "grant_changed", title: "It was connected anew meanwhile"))
                }
            } catch let failure as ProviderFailure {
                throw failure
            } catch {
                try? await Task.sleep(for: .milliseconds(50 << attempt))
            }
        }
        throw ProviderFailure(.unavailable, FailureReason(code: "store_unavailable", title: "The store is busy"))
    }

    /// Somebody has to connect it again, and the audit says why. The mark stays when the store is busy: the next start
    /// settles it.
    private func broken(_ reason: String, _ connection: Connection, _ write: () async throws -> Bool) async {
        guard (try? await write()) == true else { return }
        try? await store.appendAudit(
            AuditEvent(
                kind: "grant.broken", reason: reason, connection: connection.name, occurredAt: clock.now))
    }
}
