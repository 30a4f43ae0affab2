/// What Apple says of a person to one developer.
struct AppleAccount: Sendable {
    static let issuer = "https://appleid.apple.com"
    /// How long an id token is good, in seconds.
    static let tokenLifetime = 600

    let person: SandboxPerson
    let client: SandboxConfiguration.IdentityClient
    /// Whether this developer knows a relay address only.
    let hidesEmail: Bool

    /// The same at all apps of a developer team.
    var subject: String { Self.subject(person, client) }

    /// The address that the developer is told.
    var email: String? {
        guard hidesEmail, person.email != nil else { return person.email }
        let realm = client.teamID ?? client.id
        return person.subject(at: "relay", realm: realm) + "@privaterelay.appleid.com"
    }

    static func subject(_ person: SandboxPerson, _ client: SandboxConfiguration.IdentityClient) -> String {
        person.subject(at: "apple", realm: client.teamID ?? client.id)
    }

    /// The claims of an id token.
    /// - Parameters:
    ///   - hash: `at_hash` of a token reply, `c_hash` of a callback.
    ///   - nonce: nil on a refresh.
    ///   - now: Unix seconds.
    func claims(_ grant: Grant, hash: JSON.Member?, nonce: String?, now: Int) -> JSON {
        var claims: JSON = [
            "iss": JSON(Self.issuer), "aud": JSON(client.id), "exp": JSON(now + Self.tokenLifetime), "iat": JSON(now),
            "sub": JSON(subject), "nonce": nonce.map { JSON($0) },
        ]
        if let hash { claims = claims.adding(hash.name, hash.value) }
        if grant.scopes.contains("email"), let email {
            claims = claims.adding("email", JSON(email)).adding("email_verified", true)
            if hidesEmail { claims = claims.adding("is_private_email", true) }
        }
        return claims.adding("auth_time", JSON(grant.authorizedAt)).adding("nonce_supported", true)
    }

    /// What comes beside the code of a first authorisation: unsigned, and never again.
    func user(scopes: [String]) -> JSON {
        [
            "name": scopes.contains("name")
                ? ["firstName": JSON(person.givenName), "lastName": JSON(person.familyName)] : nil,
            "email": scopes.contains("email") ? email.map { JSON($0) } : nil,
        ]
    }
}
