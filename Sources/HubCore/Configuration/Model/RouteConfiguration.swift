/// Which events of a tenant go to which of its business systems.
public struct RouteConfiguration: Sendable, Hashable {
    /// A channel; nil or `*` for all of them, and for events that belong to none.
    public var from: String?
    /// A system.
    public var to: String
    /// Event types such as `message.received`, or all of a kind as `message.*`.
    public var events: [String]

    public init(from: String? = nil, to: String, events: [String]) {
        self.from = from
        self.to = to
        self.events = events
    }

    /// Whether an event takes this route; `channel` is nil for an event that belongs to none.
    public func carries(_ type: String, from channel: String?) -> Bool {
        if let from, from != "*", from != channel { return false }
        return events.contains { EventPattern.matches($0, type: type) }
    }
}
