import AdapterKit
import Crypto

/// What the claims of an ID token have to say (OpenID Connect Core 1.0, 3.1.3.7). Pure: the signature is checked elsewhere.
struct TokenClaims {
    /// How far clocks may be apart.
    static let skew: Duration = .seconds(60)
    /// A token is made for the sign-in that is under way.
    static let maximumAge: Duration = .seconds(600)

    let claims: JSON
    let now: Timestamp

    /// - Parameters:
    ///   - nonce: Nil for the token of a refresh, which has none to compare.
    ///   - accessToken: What `at_hash` is compared with, where the token has it.
    func check(
        _ rules: IDTokenRules, nonce: Secret?, accessToken: Secret, code: String? = nil
    ) throws(SignInRefusal) {
        // A logout token or a security event.
        guard claims["events"] == nil else { throw SignInRefusal(.tokenOfOtherKind, "events") }
        guard let issuer = claims["iss"]?.string, rules.issuers.holds(issuer) else {
            throw SignInRefusal(.issuerWrong)
        }
        try checkAudience(rules.audiences)
        _ = try subject()
        try checkTimes(needsExpiry: true, maximumAge: Self.maximumAge)
        if let nonce {
            guard let told = claims["nonce"]?.string, ConstantTime.isEqual(told, nonce.reveal()) else {
                throw SignInRefusal(.nonceWrong)
            }
        }
        try checkHash("at_hash", of: accessToken.reveal())
        if let code { try checkHash("c_hash", of: code) }
    }

    /// What a security event token has to say (RFC 8417); an expiry is checked where there is one.
    func check(_ rules: EventTokenRules) throws(SignInRefusal) {
        guard let issuer = claims["iss"]?.string, [rules.issuer].holds(issuer) else {
            throw SignInRefusal(.issuerWrong)
        }
        guard audiences.contains(where: rules.audiences.holds) else { throw SignInRefusal(.audienceWrong) }
        try checkTimes(needsExpiry: false, maximumAge: nil)
    }

    /// `sub`: 1 to 255 characters without control characters.
    func subject() throws(SignInRefusal) -> String {
        guard let subject = claims["sub"]?.string, Self.isSubject(subject) else { throw SignInRefusal(.subjectWrong) }
        return subject
    }

    static func isSubject(_ text: String) -> Bool {
        (1...255).contains(text.unicodeScalars.count)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// `aud` as a list; empty when there is none, or when it is no list of texts.
    var audiences: [String] {
        switch claims["aud"] {
        case .string(let audience): [audience]
        case .array(let elements):
            elements.allSatisfy { $0.string != nil } ? elements.compactMap(\.string) : []
        default: []
        }
    }

    private func checkAudience(_ ours: [String]) throws(SignInRefusal) {
        let audiences = audiences
        guard audiences.contains(where: ours.holds) else { throw SignInRefusal(.audienceWrong) }
        switch claims["azp"] {
        case nil:
            // With strangers beside us the token has to say that it was made for us.
            guard audiences.allSatisfy(ours.holds) else { throw SignInRefusal(.authorizedPartyWrong) }
        case .string(let party) where ours.holds(party): break
        default: throw SignInRefusal(.authorizedPartyWrong)
        }
    }

    private func checkTimes(needsExpiry: Bool, maximumAge: Duration?) throws(SignInRefusal) {
        if let expiry = try time("exp", orElse: needsExpiry ? .expired : nil) {
            guard now - expiry <= Self.skew else { throw SignInRefusal(.expired) }
        }
        if let start = try time("nbf", orElse: nil), start - now > Self.skew { throw SignInRefusal(.notYetValid) }
        guard let issuedAt = try time("iat", orElse: .issuedAtWrong) else { return }
        guard issuedAt - now <= Self.skew else { throw SignInRefusal(.issuedAtWrong) }
        if let maximumAge, now - issuedAt > maximumAge { throw SignInRefusal(.issuedAtWrong) }
    }

    /// A numeric date (RFC 7519, 2).
    private func time(_ name: String, orElse missing: SignInRefusal.Reason?) throws(SignInRefusal) -> Timestamp? {
        guard let json = claims[name] else {
            if let missing { throw SignInRefusal(missing, "\(name) is missing") }
            return nil
        }
        guard let seconds = json.double, seconds >= 0, seconds < 1e11 else {
            throw SignInRefusal(.idTokenMalformed, name)
        }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }

    /// The left half of the SHA-256, which is what goes with each algorithm that is taken.
    private func checkHash(_ name: String, of text: String) throws(SignInRefusal) {
        guard let json = claims[name] else { return }
        let expected = Base64URL.encode(SHA256.hash(data: Array(text.utf8)).prefix(16))
        guard let told = json.string, ConstantTime.isEqual(told, expected) else {
            throw SignInRefusal(.tokenHashWrong, name)
        }
    }
}

extension [String] {
    /// Whether a text is in the list byte by byte. For Swift's `==` other spellings of the same characters are the same, and
    /// to providers they are others' names (OpenID Connect Core 1.0, 14).
    func holds(_ text: String) -> Bool { contains { ConstantTime.isEqual($0, text) } }
}
