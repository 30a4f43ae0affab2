public import AdapterKit

/// A browser in which a person is signed in.
public struct SessionRecord: Sendable, Equatable {
    public var id: String
    public var personID: String
    /// The identity that the person signed in with; nil when it is gone, or there was none.
    public var identityID: String?
    public var connection: String
    /// The device in a few words, such as "Firefox on Linux".
    public var label: String?
    public var createdAt: Timestamp
    /// To the minute.
    public var lastSeenAt: Timestamp
    /// The absolute limit; it ends earlier when nobody uses it.
    public var expiresAt: Timestamp
}

/// A session on its way into the store.
public struct NewSession: Sendable {
    public var person: String
    /// The id of the identity that the person signed in with. What its provider says later ends the session.
    public var identity: String?
    public var connection: String
    /// Only a keyed hash of it is kept.
    public var token: Secret
    public var label: String?
    /// How long it lasts when nobody uses it.
    public var idle: Duration
    /// How long it lasts at most.
    public var absolute: Duration
    /// The token of the session that the browser had; it ends.
    public var replacing: Secret?

    public init(
        person: String, identity: String?, connection: String, token: Secret, label: String?, idle: Duration,
        absolute: Duration, replacing: Secret? = nil
    ) {
        self.person = person
        self.identity = identity
        self.connection = connection
        self.token = token
        self.label = label
        self.idle = idle
        self.absolute = absolute
        self.replacing = replacing
    }
}
