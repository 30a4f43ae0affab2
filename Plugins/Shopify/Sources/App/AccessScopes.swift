/// Access scopes, of which one to write is one to read as well.
struct AccessScopes: Sendable {
    private let granted: Set<String>

    init(_ granted: [String]) { self.granted = Set(granted) }

    /// Those of `asked` that are not granted.
    func missing(_ asked: [String]) -> [String] {
        asked.filter { scope in
            !granted.contains(scope) && !(Self.writing(scope).map(granted.contains) ?? false)
        }
    }

    /// The scope to write what this one reads. Some have a prefix, as `unauthenticated_read_products`.
    private static func writing(_ scope: String) -> String? {
        for prefix in ["", "unauthenticated_", "customer_"] where scope.hasPrefix(prefix + "read_") {
            return prefix + "write_" + scope.dropFirst((prefix + "read_").count)
        }
        return nil
    }
}
