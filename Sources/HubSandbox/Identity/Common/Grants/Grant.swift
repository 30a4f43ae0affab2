/// What a person has allowed a client, once: codes and tokens are made from it and die with it.
struct Grant: Hashable, Sendable {
    let id: String
    let clientID: String
    /// Where the code was sent; an exchange has to name the same.
    let redirectURI: String
    let personID: String
    let scopes: [String]
    var nonce: String?
    var codeChallenge: String?
    /// `S256` or `plain`; nil without a challenge.
    var codeChallengeMethod: String?
    /// What only one provider has, e.g. a shop or whether an offline token was asked for.
    var extra: [String: String] = [:]
    /// Unix seconds by the sandbox's clock.
    let authorizedAt: Int
}

/// A one-time code.
struct IssuedCode: Hashable, Sendable {
    let grant: Grant
    /// Unix milliseconds by the sandbox's clock.
    let expiresAt: Int
    var isRedeemed = false
}

/// An access or refresh token.
struct IssuedToken: Hashable, Sendable {
    enum Kind: String, Sendable {
        case access
        case refresh
    }

    let text: String
    let kind: Kind
    let grant: Grant
    /// Unix milliseconds by the sandbox's clock; nil for one that lives until it is revoked.
    let expiresAt: Int?
}

/// Why a code is not taken.
enum CodeRefusal: Error, Hashable, Sendable {
    case unknown
    case expired
    /// It was exchanged before; what came of that is revoked now, as RFC 6749 advises.
    case reused
}
