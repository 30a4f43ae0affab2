import AdapterKit
import HubStore

/// From a callback whose transaction held to what the provider vouches for: proof, exchange, ID token, user info, adapter.
struct ProviderExchange: Sendable {
    let ground: ProviderGround
    let connection: Connection
    let redirect: String

    struct Result: Sendable {
        var identity: ProviderIdentity
        var tokens: ProviderTokens
        var provider: IdentityProvider
    }

    /// What the transaction remembers.
    struct Memory: Sendable {
        var issuer: String
        var nonce: Secret
        var verifier: Secret
        var startParameters: [String: String]
    }

    func run(_ callback: SignInCallback, _ memory: Memory) async throws(SignInRefusal) -> Result {
        let provider = try connection.client.provider(memory.startParameters)
        // The configuration may lead elsewhere by now: the code goes to nobody but who gave it.
        guard [memory.issuer].holds(provider.issuer) else { throw SignInRefusal(.issuerWrong, "since the start") }
        let found = try await ground.metadata.resolve(provider)
        // RFC 9207: a callback of another provider is known by who says that it is.
        if let told = callback.parameters["iss"] {
            guard [found.callbackIssuer ?? provider.issuer].holds(told) else {
                throw SignInRefusal(.callbackIssuerWrong)
            }
        } else if found.callbackIssuer != nil {
            throw SignInRefusal(.callbackIssuerWrong, "iss is missing")
        }
        if let proof = connection.client as? any CallbackProof { try proof.prove(callback) }
        guard let code = callback.parameters["code"], (1...4096).contains(code.utf8.count) else {
            throw SignInRefusal(.codeMissing)
        }
        let reply = try await TokenEndpoint(http: ground.http, clock: ground.clock).exchange(
            code: code, verifier: provider.usesPKCE ? memory.verifier : nil, redirect: redirect, provider,
            at: found.addresses.token, secret: try connection.credentials.secret(provider))
        var claims: JSON?
        if let rules = provider.idToken {
            claims = try await self.claims(reply, rules, found.addresses, memory, code: code)
        }
        let evidence = SignInEvidence(
            provider: provider, callback: callback, tokens: reply.tokens, claims: claims,
            userInfo: try await userInfo(found.addresses.userInfo, reply.tokens, claims))
        let identity = try await connection.client.identity(evidence)
        guard TokenClaims.isSubject(identity.subject) else { throw SignInRefusal(.subjectWrong) }
        return Result(identity: identity, tokens: identity.tokens ?? reply.tokens, provider: provider)
    }

    private func claims(
        _ reply: TokenReply, _ rules: IDTokenRules, _ addresses: ProviderEndpoints.Addresses, _ memory: Memory,
        code: String
    ) async throws(SignInRefusal) -> JSON {
        guard let text = reply.idToken else { throw SignInRefusal(.idTokenMissing) }
        guard let keys = addresses.keys else { throw SignInRefusal(.misconfigured, "no address of keys") }
        let token = try SignedToken(text.reveal(), as: .identity, algorithms: rules.algorithms)
        try await ground.keys.verify(token, keysAt: keys)
        try TokenClaims(claims: token.claims, now: ground.clock.now)
            .check(rules, nonce: memory.nonce, accessToken: reply.tokens.accessToken, code: code)
        return token.claims
    }

    /// What the provider says of the person at its user info endpoint, where there is one (OpenID Connect Core 1.0, 5.3).
    private func userInfo(
        _ address: String?, _ tokens: ProviderTokens, _ claims: JSON?
    ) async throws(SignInRefusal) -> JSON? {
        guard let address else { return nil }
        let call = HTTPCall(
            method: "GET", url: address,
            headers: [
                ("authorization", "Bearer \(tokens.accessToken.reveal())"), ("accept", "application/json"),
            ])
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await ground.http.send(call)
        } catch {
            throw SignInRefusal(.providerUnavailable, "user info")
        }
        guard answer.status == 200, !answer.isTruncated, let json = try? JSON.parse(answer.body) else {
            throw SignInRefusal(.providerUnavailable, "user info")
        }
        if let claims {
            // Whoever the token is of has to be whom the answer is of (5.3.2).
            guard let subject = json["sub"]?.string, let known = claims["sub"]?.string, [known].holds(subject) else {
                throw SignInRefusal(.subjectWrong, "user info")
            }
        }
        return json
    }
}
