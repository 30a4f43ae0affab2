import AdapterKit

/// API keys that people issue. A key names its tenant, so that it is looked for in that tenant's store alone.
enum IssuedKey {
    private static let prefix = "comfile_"

    static func make(tenant: String) -> Secret {
        Secret("\(prefix)\(tenant)_\(RandomToken.make().reveal())")
    }

    /// The tenant that a key says it is of; nil for what is no such key.
    static func tenant(of key: String) -> String? {
        guard key.hasPrefix(prefix), key.utf8.count < 200 else { return nil }
        let rest = key.dropFirst(prefix.count)
        // Tenant ids have no underscore, the random part may.
        let tenant = rest.prefix { $0 != "_" }
        return rest.dropFirst(tenant.count + 1).utf8.count == 43 ? String(tenant) : nil
    }
}
