import AdapterKit
public import HubStore
import Logging

/// A person who is signed in, and all that they may do. What their role does not allow throws ``Forbidden``.
public struct Visitor: Sendable {
    public let tenant: Tenant
    public let person: PersonRecord
    public let session: SessionRecord

    var store: TenantStore { tenant.store }
    var now: Timestamp { tenant.clock.now }

    public func may(_ permission: Permission) -> Bool { person.role >= permission.role }

    func require(_ permission: Permission) throws(Forbidden) {
        guard may(permission) else { throw Forbidden(permission: permission) }
    }

    func audit(_ kind: String, reason: String? = nil, connection: String? = nil, person: String? = nil) async throws {
        try await tenant.audit(
            kind, reason: reason, connection: connection, person: person, actor: self.person.id)
    }

    // MARK: Their own account

    public func identities() async throws -> [IdentityRecord] { try await store.identities(of: person.id) }

    public func sessions() async throws -> [SessionRecord] { try await store.sessions(of: person.id, at: now) }

    /// Returns false when they have no such session.
    public func endSession(_ id: String) async throws -> Bool {
        let isEnded = try await store.endSession(id, of: person.id)
        if isEnded { try await audit("session.ended", person: person.id) }
        return isEnded
    }

    public func endOtherSessions() async throws {
        _ = try await store.endSessions(of: person.id, except: session.id)
        try await audit("sessions.ended", person: person.id)
    }

    public func signOut() async throws {
        _ = try await store.endSession(session.id, of: person.id)
        try await audit("sign_out", person: person.id)
    }

    /// Takes an identity off; the last one stays. What it was granted is given back to its provider.
    public func unlink(_ identity: String) async throws -> UnlinkOutcome {
        let outcome = try await store.unlink(identity, of: person.id, keeping: session.id)
        if case .unlinked(let grants) = outcome {
            try await audit("identity.unlinked", person: person.id)
            await tenant.revoke(grants)
        }
        return outcome
    }
}
