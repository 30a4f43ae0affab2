import AdapterKit

/// An account at a provider, as the provider's events name it.
public struct IdentityAccount: Sendable, Hashable {
    public var issuer: String
    public var subject: String

    public init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}

/// What an event of a provider does here. An account that nobody has, or a system without a grant, is no error.
public enum ProviderEventEffect: Sendable {
    /// Ends the sessions that the account started.
    case endSessions(IdentityAccount)
    /// Deletes the grant of the account's identity.
    case dropGrants(IdentityAccount)
    /// Whether anybody may sign in with the account. Disabling ends its sessions.
    case setDisabled(IdentityAccount, Bool)
    case setEmailDeliverable(IdentityAccount, Bool)
    /// Takes the identity from its person, with its grant and its sessions. Who has no other identity stays, without
    /// sessions.
    /// - Parameter erasing: what the provider said of the person goes, too.
    case unlink(IdentityAccount, erasing: Bool)
    /// Deletes the grant of a business system.
    case dropSystemGrant(String)
    /// Notes that the provider does not take a business system's grant any more.
    case breakSystemGrant(String, reason: String)
    /// The same for every business system that uses the account.
    case breakSystemGrants(IdentityAccount, reason: String)
    case attach(NewContactRecord)
    case detach(system: String, externalID: String)
    case detachAll(system: String)
    case tell(OrderUpdate)
}

/// What an event of a provider did.
public struct ProviderEventResult: Sendable, Equatable {
    /// It came for the first time; otherwise nothing was done.
    public var isNew = true
    /// The ids of the people whom it concerned.
    public var people: [String] = []
    public var endedSessions = 0
    public var unlinked = 0
    /// Grants that are gone here and that the provider should hear of, unless it said so itself.
    public var revoke: [GrantRecord] = []
    /// Records attached to contacts, or taken from them.
    public var records = 0
}
