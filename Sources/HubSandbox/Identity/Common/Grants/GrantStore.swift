/// The codes and tokens of one provider.
struct GrantStore: Sendable {
    private struct ConsentKey: Hashable {
        let clientID: String
        let personID: String
    }

    private var codes = BoundedMap<String, IssuedCode>(limit: 10_000)
    private var tokens = BoundedMap<String, IssuedToken>(limit: 20_000)
    private var revoked: Set<String> = []
    private var consents: [ConsentKey: Set<String>] = [:]

    /// Makes a code.
    /// - Parameters:
    ///   - lifetime: milliseconds.
    ///   - now: Unix milliseconds.
    mutating func issueCode(_ grant: Grant, prefix: String, lifetime: Int, now: Int) -> String {
        let text = prefix + SandboxSecret.random()
        codes.set(text, IssuedCode(grant: grant, expiresAt: now + lifetime))
        return text
    }

    /// What a code stands for, without using it up.
    func peek(code: String) -> Grant? { codes[code]?.grant }

    /// Whether a code was exchanged before.
    func isRedeemed(code: String) -> Bool { codes[code]?.isRedeemed ?? false }

    /// Whether what a person allowed was taken back since.
    func isRevoked(_ grant: Grant) -> Bool { revoked.contains(grant.id) }

    /// Exchanges a code, once.
    mutating func redeem(code: String, now: Int) throws(CodeRefusal) -> Grant {
        guard var issued = codes[code] else { throw .unknown }
        guard !issued.isRedeemed else {
            revoked.insert(issued.grant.id)
            throw .reused
        }
        guard now < issued.expiresAt else { throw .expired }
        issued.isRedeemed = true
        codes.set(code, issued)
        return issued.grant
    }

    /// Makes a token.
    /// - Parameters:
    ///   - lifetime: milliseconds; nil for ever.
    ///   - now: Unix milliseconds.
    mutating func issueToken(
        _ kind: IssuedToken.Kind, _ grant: Grant, prefix: String, lifetime: Int?, now: Int
    ) -> String {
        let text = prefix + SandboxSecret.random(count: 60)
        tokens.set(
            text, IssuedToken(text: text, kind: kind, grant: grant, expiresAt: lifetime.map { now + $0 }))
        return text
    }

    /// The living token of that text.
    func token(_ text: String, now: Int) -> IssuedToken? {
        guard let token = tokens[text], !revoked.contains(token.grant.id), token.expiresAt.map({ now < $0 }) ?? true
        else { return nil }
        return token
    }

    /// Ends a token's grant, and all of its tokens with it.
    /// - Returns: false when there is no such token, or it was dead already.
    mutating func revoke(_ text: String, now: Int) -> Bool {
        guard let token = token(text, now: now) else { return false }
        revoke(grant: token.grant)
        return true
    }

    /// Ends a grant; the next consent of the person is a first one again.
    mutating func revoke(grant: Grant) {
        revoked.insert(grant.id)
        forgetConsent(clientID: grant.clientID, personID: grant.personID)
    }

    /// Ends one token of a grant and leaves the others, e.g. a rotated refresh token.
    /// - Returns: false when there is no such token.
    mutating func end(_ text: String, now: Int) -> Bool {
        guard let token = token(text, now: now) else { return false }
        tokens.set(text, IssuedToken(text: text, kind: token.kind, grant: token.grant, expiresAt: now))
        return true
    }

    /// Ends all grants of a person, or those for one client only.
    mutating func revokeAll(personID: String, clientID: String? = nil) {
        let grants = tokens.all.map(\.grant) + codes.all.map(\.grant)
        for grant in grants where grant.personID == personID && grant.clientID == clientID ?? grant.clientID {
            revoke(grant: grant)
        }
    }

    /// Notes what a person allowed a client.
    /// - Returns: whether it is the first time.
    mutating func consent(_ grant: Grant) -> Bool {
        let key = ConsentKey(clientID: grant.clientID, personID: grant.personID)
        let isFirst = consents[key] == nil
        consents[key, default: []].formUnion(grant.scopes)
        return isFirst
    }

    /// The scopes that a person has allowed a client so far; nil before the first consent.
    func consented(clientID: String, personID: String) -> Set<String>? {
        consents[ConsentKey(clientID: clientID, personID: personID)]
    }

    mutating func forgetConsent(clientID: String, personID: String) {
        consents[ConsentKey(clientID: clientID, personID: personID)] = nil
    }

    /// Forgets what a person, or everybody, allowed to whom; tokens live on.
    mutating func forgetConsents(personID: String?) {
        consents = consents.filter { key, _ in personID != nil && key.personID != personID }
    }
}
