import AdapterKit
import Crypto
import Foundation

/// Whoever called the API with a key: a tenant, and what the key allows.
public struct Caller: Sendable {
    public let tenant: Tenant
    /// The key's name in tenants.yaml, or its id when a person issued it.
    public let keyName: String
    public let scopes: Set<APIScope>
}

/// Finds the caller of an API key. Keys are compared by their SHA-256, so the time that a look-up takes tells nothing of
/// a key.
struct CallerTable: Sendable {
    private var callers: [SHA256.Digest: Caller] = [:]

    mutating func add(_ tenant: Tenant) {
        for key in tenant.configuration.apiKeys {
            callers[Self.digest(key.key.reveal())] = Caller(tenant: tenant, keyName: key.name, scopes: key.scopes)
        }
    }

    func caller(key: String) -> Caller? { callers[Self.digest(key)] }

    private static func digest(_ key: String) -> SHA256.Digest { SHA256.hash(data: Data(key.utf8)) }
}
