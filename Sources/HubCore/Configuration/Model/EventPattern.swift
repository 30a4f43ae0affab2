import HubStore

/// Which event types there are, and how a route names them.
public enum EventPattern {
    /// Every event type that the hub makes.
    public static let types = EventType.allCases.map(\.rawValue).sorted()

    /// What a route may name: the types, and `<kind>.*` for each kind.
    public static let patterns: [String] = {
        let kinds = Set(types.map { $0.prefix { $0 != "." } })
        return (types + kinds.map { "\($0).*" }).sorted()
    }()

    /// Whether `pattern` is `type` itself or `<kind>.*` of its kind.
    public static func matches(_ pattern: String, type: String) -> Bool {
        pattern == type || (pattern.hasSuffix(".*") && type.hasPrefix(pattern.dropLast()))
    }
}
