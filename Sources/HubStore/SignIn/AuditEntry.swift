public import AdapterKit

/// Who did what, when, and why not. Holds no personal data: names are behind the ids.
public struct AuditEntry: Sendable, Equatable {
    public var id: String
    public var event: AuditEvent
}

/// What an entry of the audit log says.
public struct AuditEvent: Sendable, Equatable {
    /// Such as `sign_in.refused`.
    public var kind: String
    /// A code, such as `state_replayed`.
    public var reason: String?
    public var connection: String?
    /// The id of the person whom it is about, also of one who is gone.
    public var personID: String?
    /// The id of who did it: a person or an API key, or a name of the hub's own such as `operator`.
    public var actorID: String?
    public var requestID: String?
    public var occurredAt: Timestamp

    public init(
        kind: String, reason: String? = nil, connection: String? = nil, personID: String? = nil,
        actorID: String? = nil, requestID: String? = nil, occurredAt: Timestamp
    ) {
        self.kind = kind
        self.reason = reason
        self.connection = connection
        self.personID = personID
        self.actorID = actorID
        self.requestID = requestID
        self.occurredAt = occurredAt
    }
}
