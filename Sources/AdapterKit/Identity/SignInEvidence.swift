/// What a provider answered, checked by the host as far as it is the same for all providers.
public struct SignInEvidence: Sendable, Equatable {
    public var provider: IdentityProvider
    public var callback: SignInCallback
    public var tokens: ProviderTokens
    /// The claims of the ID token; nil for a provider without.
    public var claims: JSON?
    /// What the user info endpoint said, where there is one.
    public var userInfo: JSON?

    public init(
        provider: IdentityProvider, callback: SignInCallback, tokens: ProviderTokens, claims: JSON? = nil,
        userInfo: JSON? = nil
    ) {
        self.provider = provider
        self.callback = callback
        self.tokens = tokens
        self.claims = claims
        self.userInfo = userInfo
    }
}

/// A callback of a provider. Each parameter is there once: the host refuses doubles.
public struct SignInCallback: Sendable, Equatable {
    /// Decoded.
    public var parameters: [String: String]
    /// The query or form as it came, for proofs over its bytes.
    public var raw: String
    /// What the person gave at the start, of ``IdentityDeclaration/parameters``.
    public var startParameters: [String: String]
    public var receivedAt: Timestamp

    public init(
        parameters: [String: String], raw: String, startParameters: [String: String] = [:], receivedAt: Timestamp
    ) {
        self.parameters = parameters
        self.raw = raw
        self.startParameters = startParameters
        self.receivedAt = receivedAt
    }
}

/// The tokens of a reply of a token endpoint (RFC 6749, 5.1).
public struct ProviderTokens: Sendable, Equatable {
    public var accessToken: Secret
    public var refreshToken: Secret?
    public var accessExpiresAt: Timestamp?
    public var refreshExpiresAt: Timestamp?
    /// Those that were granted, which may be fewer than were asked for; those asked for where the reply names none.
    public var scopes: [String]
    /// The other members of the reply, without the tokens.
    public var reply: JSON

    public init(
        accessToken: Secret, refreshToken: Secret? = nil, accessExpiresAt: Timestamp? = nil,
        refreshExpiresAt: Timestamp? = nil, scopes: [String] = [], reply: JSON = .object([])
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.accessExpiresAt = accessExpiresAt
        self.refreshExpiresAt = refreshExpiresAt
        self.scopes = scopes
        self.reply = reply
    }
}

/// Whom a provider vouches for: all that the hub keeps of what the provider said.
public struct ProviderIdentity: Sendable, Equatable {
    /// Under the provider's ``IdentityProvider/issuer``; 1 to 255 characters.
    public var subject: String
    /// What the person calls themselves. Not proven.
    public var name: String?
    public var email: ProviderEmail?
    public var phone: String?
    /// How the account reads for the person, such as a shop's name, where it has neither name nor address.
    public var label: String?
    /// Tokens to keep in place of those of the reply, such as longer-lived ones.
    public var tokens: ProviderTokens?

    public init(
        subject: String, name: String? = nil, email: ProviderEmail? = nil, phone: String? = nil, label: String? = nil,
        tokens: ProviderTokens? = nil
    ) {
        self.subject = subject
        self.name = name
        self.email = email
        self.phone = phone
        self.label = label
        self.tokens = tokens
    }
}

/// An e-mail address as a provider gave it. It is never used to find a person.
public struct ProviderEmail: Sendable, Equatable, Codable {
    public var address: String
    /// Whether the provider is the authority for the address and says that the person has it.
    public var isVerified: Bool

    public init(_ address: String, isVerified: Bool) {
        self.address = address
        self.isVerified = isVerified
    }
}
