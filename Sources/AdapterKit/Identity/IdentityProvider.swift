/// One provider as a connection uses it: addresses, policies and rules, as data.
public struct IdentityProvider: Sendable, Codable, Equatable {
    /// How the client shows the token endpoint who it is.
    public enum ClientAuthentication: String, Sendable, Codable {
        /// `client_secret_post`: `client_id` and `client_secret` in the form (RFC 6749, 2.3.1).
        case form
        /// `client_secret_basic`.
        case basic
        /// The same members in a JSON body.
        case json
        /// A public client: `client_id` alone.
        case none
    }

    public enum ResponseMode: String, Sendable, Codable {
        case query
        /// The provider's page posts the answer from its own site.
        case formPost = "form_post"
    }

    /// Under which an identity is kept: the same for all time and all addresses of the provider.
    public var issuer: String
    public var endpoints: ProviderEndpoints
    public var clientID: String
    public var clientAuthentication: ClientAuthentication
    public var scopes: [String]
    /// A space (RFC 6749, 3.3) or what the provider wants.
    public var scopeSeparator: String
    public var responseMode: ResponseMode
    /// PKCE with S256 (RFC 7636). Off only with an exception in the manifest.
    public var usesPKCE: Bool
    /// Nil for a provider without ID tokens, which the manifest has an exception for.
    public var idToken: IDTokenRules?
    /// Whether the provider puts `iss` into its callbacks (RFC 9207): then it has to be there and to be this.
    public var callbackIssuer: String?
    /// More parameters of the authorization request. The host's own cannot be replaced by them.
    public var authorizationParameters: [String: String]
    /// More parameters of the exchange of the code and of refreshes.
    public var tokenParameters: [String: String]
    /// Nil: what the provider gives cannot be refreshed.
    public var refresh: RefreshRules?
    /// Whether the tokens are kept, sealed, after a sign-in. A ``ConnectedSystem``'s always are.
    public var keepsTokens: Bool

    public init(
        issuer: String, endpoints: ProviderEndpoints, clientID: String,
        clientAuthentication: ClientAuthentication = .form,
        scopes: [String], scopeSeparator: String = " ", responseMode: ResponseMode = .query, usesPKCE: Bool = true,
        idToken: IDTokenRules?, callbackIssuer: String? = nil, authorizationParameters: [String: String] = [:],
        tokenParameters: [String: String] = [:], refresh: RefreshRules? = nil, keepsTokens: Bool = false
    ) {
        self.issuer = issuer
        self.endpoints = endpoints
        self.clientID = clientID
        self.clientAuthentication = clientAuthentication
        self.scopes = scopes
        self.scopeSeparator = scopeSeparator
        self.responseMode = responseMode
        self.usesPKCE = usesPKCE
        self.idToken = idToken
        self.callbackIssuer = callbackIssuer
        self.authorizationParameters = authorizationParameters
        self.tokenParameters = tokenParameters
        self.refresh = refresh
        self.keepsTokens = keepsTokens
    }
}

/// Where a provider is asked. Each comes from the settings, never from a token or a callback.
public enum ProviderEndpoints: Sendable, Codable, Equatable {
    case fixed(Addresses)
    /// The host reads them from the provider's metadata (OpenID Connect Discovery 1.0), whose issuer has to be this very
    /// one.
    case discovered(issuer: String)

    public struct Addresses: Sendable, Codable, Equatable {
        public var authorization: String
        public var token: String
        /// The keys of ID tokens (RFC 7517).
        public var keys: String?
        /// Asked after the exchange, and its `sub` compared, where it is told.
        public var userInfo: String?
        /// RFC 7009.
        public var revocation: String?

        public init(
            authorization: String, token: String, keys: String? = nil, userInfo: String? = nil,
            revocation: String? = nil
        ) {
            self.authorization = authorization
            self.token = token
            self.keys = keys
            self.userInfo = userInfo
            self.revocation = revocation
        }
    }
}

/// What an ID token has to be (OpenID Connect Core 1.0, 3.1.3.7), beyond what holds for all.
public struct IDTokenRules: Sendable, Codable, Equatable {
    public enum Algorithm: String, Sendable, Codable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
        case ps256 = "PS256"
    }

    /// The values of `iss` that are taken, letter by letter.
    public var issuers: [String]
    /// Our client ids: one has to be in `aud`, and no stranger beside it unless `azp` is ours.
    public var audiences: [String]
    /// No other algorithm is looked at.
    public var algorithms: [Algorithm]

    public init(issuers: [String], audiences: [String], algorithms: [Algorithm] = [.rs256]) {
        self.issuers = issuers
        self.audiences = audiences
        self.algorithms = algorithms
    }
}

/// How tokens are refreshed (RFC 6749, 6).
public struct RefreshRules: Sendable, Codable, Equatable {
    /// The reply has a new refresh token and the old one is dead: a reply that was lost ends the grant.
    public var rotates: Bool
    /// So long before the access token lapses it is renewed.
    public var margin: Duration

    public init(rotates: Bool, margin: Duration = .seconds(60)) {
        self.rotates = rotates
        self.margin = margin
    }
}
