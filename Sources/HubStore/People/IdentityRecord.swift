public import AdapterKit

/// An account at a provider that a person signs in with. Its key is issuer and subject, and never the e-mail.
public struct IdentityRecord: Sendable, Equatable {
    public var id: String
    public var personID: String
    /// The connection it came by first.
    public var connection: String
    public var issuer: String
    /// The provider's id of the person.
    public var subject: String
    /// E-mail or name, to tell one account from another.
    public var label: String?
    public var isEmailVerified: Bool
    /// Whether the provider passes on what is sent to its relay address.
    public var isEmailDeliverable: Bool
    /// The provider said that nobody may sign in with it.
    public var isDisabled: Bool
    public var createdAt: Timestamp
    public var lastUsedAt: Timestamp?
}

/// An identity as a provider proved it, on the way into the store.
public struct NewIdentity: Sendable {
    public var connection: String
    public var issuer: String
    public var subject: String
    public var label: String?
    public var isEmailVerified: Bool

    public init(connection: String, issuer: String, subject: String, label: String?, isEmailVerified: Bool = false) {
        self.connection = connection
        self.issuer = issuer
        self.subject = subject
        self.label = label
        self.isEmailVerified = isEmailVerified
    }
}
