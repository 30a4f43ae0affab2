import AdapterKit
import HubStore
import Logging

extension Tenant {
    /// Whoever has this session token here.
    func visitor(session token: Secret) async throws -> Visitor? {
        guard let (person, session) = try await store.session(token: token, at: clock.now) else { return nil }
        return Visitor(tenant: self, person: person, session: session)
    }

    /// Whoever has this key, which a person of this tenant issued.
    func caller(issuedKey key: Secret) async throws -> Caller? {
        guard let record = try await store.key(token: key), record.revokedAt == nil else { return nil }
        // When it was used last is good to know, and nothing to fail for.
        try? await store.touchKey(record.id, at: clock.now)
        return Caller(tenant: self, keyName: record.id, scopes: Set(record.scopes.compactMap(APIScope.init)))
    }

    func audit(
        _ kind: String, reason: String? = nil, connection: String? = nil, person: String? = nil, actor: String? = nil,
        requestID: String? = nil
    ) async throws {
        try await store.appendAudit(
            AuditEvent(
                kind: kind, reason: reason, connection: connection, personID: person, actorID: actor,
                requestID: requestID, occurredAt: clock.now))
    }

    /// Makes a link that lets one person in, once.
    /// - Parameter person: the id of somebody who gets back in; nil for somebody new.
    func invite(
        role: PersonRole, name: String?, email: String?, by inviter: String?, person: String? = nil, lifetime: Duration
    ) async throws -> (link: String, invitation: InvitationRecord) {
        guard let origin else { throw NoOrigin() }
        let token = RandomToken.make()
        let invitation = try await store.invite(
            NewInvitation(
                role: role, name: name, email: email, invitedBy: inviter, person: person, token: token,
                expiresAt: clock.now + lifetime), at: clock.now)
        guard let invitation else { throw Forbidden(permission: .managePeople) }
        return ("\(origin.url)/auth/\(id)/invitations?token=\(token.reveal())", invitation)
    }

    /// Gives tokens that are gone here back to their providers, as far as these can be reached.
    func revoke(_ grants: [GrantRecord]) async {
        for grant in grants {
            guard let connection = connections[grant.connection] ?? services[grant.connection],
                let accessToken = grant.accessToken ?? grant.refreshToken,
                let provider = try? connection.client.provider([:]),
                let found = try? await ground.metadata.resolve(provider)
            else { continue }
            let tokens = ProviderTokens(
                accessToken: accessToken, refreshToken: grant.refreshToken, scopes: grant.scopes)
            let outcome: String
            do throws(ProviderFailure) {
                try await TokenRevocation(http: ground.http).revoke(
                    tokens, subject: grant.subject ?? "", provider, at: found.addresses.revocation,
                    connection.credentials)
                outcome = "revoked"
            } catch {
                outcome = error.reason.code
            }
            try? await audit("grant.revoked", reason: outcome, connection: grant.connection)
        }
    }
}

/// Browsers have no way to the hub: hub.public_url is missing.
public struct NoOrigin: Error, Sendable {}
