public import AdapterKit

/// Whose a grant is.
public enum GrantOwner: Sendable, Hashable {
    /// - Parameter id: of an identity of one of the tenant's people.
    case identity(_ id: String)
    /// - Parameter name: of a business system of the tenant.
    case system(_ name: String)
}

/// How a grant stands.
public enum GrantState: Sendable, Equatable {
    case active
    /// A refresh is under way.
    case refreshing(since: Timestamp)
    /// Somebody has to connect it again.
    case broken(reason: String)
}

/// What a provider lets the hub do in somebody's name: its tokens, sealed where they rest.
public struct GrantRecord: Sendable, Equatable {
    public var id: String
    public var owner: GrantOwner
    public var connection: String
    public var issuer: String?
    public var subject: String?
    /// E-mail, shop or name, to tell one account from another.
    public var label: String?
    public var accessToken: Secret?
    public var refreshToken: Secret?
    public var accessExpiresAt: Timestamp?
    public var refreshExpiresAt: Timestamp?
    public var scopes: [String]
    /// Each refresh token is good for one refresh.
    public var rotates: Bool
    public var state: GrantState
    /// When a person connected it last.
    public var connectedAt: Timestamp
    public var updatedAt: Timestamp
    /// Counts the tokens that the grant had, to tell whether these are still the ones.
    let generation: Int64
}

/// Tokens as a provider gave them.
public struct GrantTokens: Sendable {
    public var accessToken: Secret?
    /// Nil when the provider gave none, so that an earlier one goes on.
    public var refreshToken: Secret?
    public var accessExpiresAt: Timestamp?
    public var refreshExpiresAt: Timestamp?
    /// Nil when the provider said nothing of scopes.
    public var scopes: [String]?

    public init(
        accessToken: Secret?, refreshToken: Secret?, accessExpiresAt: Timestamp?, refreshExpiresAt: Timestamp? = nil,
        scopes: [String]? = nil
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.accessExpiresAt = accessExpiresAt
        self.refreshExpiresAt = refreshExpiresAt
        self.scopes = scopes
    }
}

/// A grant on its way into the store.
public struct NewGrant: Sendable {
    public var owner: GrantOwner
    public var connection: String
    public var issuer: String?
    public var subject: String?
    public var label: String?
    public var tokens: GrantTokens
    /// Each refresh token is good for one refresh.
    public var rotates: Bool

    public init(
        owner: GrantOwner, connection: String, issuer: String? = nil, subject: String? = nil, label: String? = nil,
        tokens: GrantTokens, rotates: Bool
    ) {
        self.owner = owner
        self.connection = connection
        self.issuer = issuer
        self.subject = subject
        self.label = label
        self.tokens = tokens
        self.rotates = rotates
    }
}
