/// What Facebook knows beside codes: its tokens, and what each person has given which app.
actor FacebookLogin {
    private struct Key: Hashable {
        let appID: String
        let personID: String
    }

    nonisolated let provider: IdentityProvider
    private var tokens = BoundedMap<String, FacebookToken>(limit: 20_000)
    private var grants: [Key: FacebookGrant] = [:]
    /// "Require app secret" in the app's settings: user tokens count only with their proof.
    private(set) var requiresAppSecretProof = true

    init(provider: IdentityProvider) { self.provider = provider }

    nonisolated var now: Int { provider.now }

    func reset() {
        tokens.removeAll()
        grants = [:]
        requiresAppSecretProof = true
    }

    func requireAppSecretProof(_ isRequired: Bool) { requiresAppSecretProof = isRequired }

    /// The token of that text, alive or dead.
    func token(_ text: String) -> FacebookToken? { tokens[text] }

    func grant(appID: String, personID: String) -> FacebookGrant? {
        grants[Key(appID: appID, personID: personID)]
    }

    /// Notes what a person answered a dialog.
    /// - Parameter asked: what the app asked for; the rest of it was declined.
    func note(granted: Set<String>, asked: Set<String>, appID: String, personID: String) {
        let key = Key(appID: appID, personID: personID)
        var grant = grants[key] ?? FacebookGrant(granted: [], declined: [], authorizedAt: now)
        grant.granted.formUnion(granted)
        grant.declined = grant.declined.union(asked).subtracting(granted)
        grant.granted.subtract(grant.declined)
        grant.authorizedAt = now
        grants[key] = grant
    }

    /// Takes one permission back, or all of them, which removes the app.
    /// - Returns: false for a permission that was not given.
    func withdraw(_ permission: String?, appID: String, personID: String) async -> Bool {
        let key = Key(appID: appID, personID: personID)
        guard let permission else {
            grants[key] = nil
            await provider.changeGrants { $0.revokeAll(personID: personID, clientID: appID) }
            return true
        }
        guard grants[key]?.granted.remove(permission) != nil else { return false }
        grants[key]?.declined.insert(permission)
        return true
    }

    /// Makes a user token.
    /// - Parameter lifetime: seconds.
    func issue(_ grant: Grant, lifetime: Int) -> FacebookToken {
        let token = FacebookToken(
            text: "EAA" + SandboxSecret.random(count: 120).filter { $0 != "-" && $0 != "_" }, grant: grant,
            issuedAt: now, expiresAt: now + lifetime)
        tokens.set(token.text, token)
        return token
    }

    /// Kills a person's tokens, or one; nil brings them to life again.
    /// - Returns: how many there were.
    func kill(text: String?, personID: String?, subcode: Int?) -> Int {
        let chosen = tokens.all.filter {
            $0.text == text ?? $0.text && $0.grant.personID == personID ?? $0.grant.personID
        }
        for var token in chosen {
            token.death = subcode
            tokens.set(token.text, token)
        }
        return chosen.count
    }

    /// Why a token is not taken; nil while it is.
    func refusal(_ token: FacebookToken) async -> GraphError? {
        if await provider.grants.isRevoked(token.grant) { return .facebook(deadToken: 458, now: now) }
        return token.refusal(now: now)
    }
}

extension GraphError {
    /// Error 190 as Facebook answers it to a login: with HTTP 400.
    static func facebook(deadToken subcode: Int?, now: Int) -> GraphError {
        var error = deadToken(subcode: subcode, now: now)
        error.http = 400
        return error
    }
}
