public import AdapterKit
public import HubStore

extension Visitor {
    public func keys() async throws -> [APIKeyRecord] {
        try require(.manageKeys)
        return try await store.keys()
    }

    /// Makes a key, which is shown this once: only its hash is kept.
    public func issueKey(name: String, scopes: Set<APIScope>) async throws -> (key: Secret, record: APIKeyRecord) {
        try require(.manageKeys)
        let key = IssuedKey.make(tenant: tenant.id)
        let record = try await store.issueKey(
            name: name, scopes: scopes.map(\.rawValue).sorted(), token: key, by: person.id, at: now)
        // Only who is gone since the session was looked up has no key.
        guard let record else { throw Forbidden(permission: .manageKeys) }
        try await audit("key.issued")
        return (key, record)
    }

    public func revokeKey(_ id: String) async throws -> Bool {
        try require(.manageKeys)
        let isRevoked = try await store.revokeKey(id, at: now)
        if isRevoked { try await audit("key.revoked") }
        return isRevoked
    }

    public func audit(after: String?, limit: Int) async throws -> Page<AuditEntry>? {
        try require(.readAudit)
        return try await store.auditEntries(after: after, limit: limit)
    }
}
