/// What Google says of a person.
enum GoogleAccount {
    static let issuer = "https://accounts.google.com"
    /// The issuer of security events ends with a slash.
    static let eventIssuer = "https://accounts.google.com/"

    static func subject(_ person: SandboxPerson) -> String { person.subject(at: "google") }

    /// The claims that the granted scopes open, beside `sub`.
    static func profile(_ person: SandboxPerson, scopes: [String]) -> [JSON.Member] {
        var members: [JSON.Member] = []
        if let domain = person.hostedDomain { members.append(.init(name: "hd", value: JSON(domain))) }
        if scopes.contains(GoogleScopes.signIn[1]), let email = person.email {
            members.append(.init(name: "email", value: JSON(email)))
            members.append(.init(name: "email_verified", value: .bool(person.isEmailVerified)))
        }
        if scopes.contains(GoogleScopes.signIn[2]) {
            members.append(.init(name: "name", value: JSON(person.name)))
            members.append(
                .init(name: "picture", value: JSON("https://lh3.googleusercontent.com/a/\(subject(person))=s96-c")))
            members.append(.init(name: "given_name", value: JSON(person.givenName)))
            members.append(.init(name: "family_name", value: JSON(person.familyName)))
        }
        return members
    }

    /// The claims of an id token.
    /// - Parameters:
    ///   - accessToken: hashed into `at_hash`.
    ///   - nonce: nil on a refresh, where Google repeats none.
    ///   - now: Unix seconds.
    static func claims(
        _ person: SandboxPerson, grant: Grant, accessToken: String, nonce: String?, now: Int
    ) -> JSON {
        var claims: JSON = [
            "iss": JSON(issuer), "azp": JSON(grant.clientID), "aud": JSON(grant.clientID),
            "sub": JSON(subject(person)), "at_hash": JSON(IDTokenClaims.hash(of: accessToken)),
            "nonce": nonce.map { JSON($0) },
        ]
        for member in profile(person, scopes: grant.scopes) { claims = claims.adding(member.name, member.value) }
        return claims.adding("iat", JSON(now)).adding("exp", JSON(now + 3600))
    }
}
