import AdapterKit

/// Exchanges a session token for an offline token of the shop (RFC 8693, as Shopify's managed installation has it).
struct SessionTokenExchange: Sendable {
    let app: ShopifyApp
    let http: any HTTPPort
    let clock: any ClockPort

    /// - Throws: ``SignInRefusal`` for a token that does not hold, or is for another shop than `shop`: then nobody is
    ///   called. The address is made of what the token says, and of no parameter.
    func tokens(for token: Secret, of shop: ShopName) async throws(SignInRefusal) -> ProviderTokens {
        let session = try ShopifySessionToken(token, clientID: app.clientID, secrets: app.secrets, now: clock.now)
        guard session.shop == shop else { throw SignInRefusal(.shopWrong, "the session token is another shop's") }
        let fields: JSON = .object([
            "client_id": .string(app.clientID), "client_secret": app.secrets.first.map { .string($0.reveal()) },
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": .string(token.reveal()),
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
            "requested_token_type": "urn:shopify:params:oauth:token-type:offline-access-token", "expiring": "1",
        ])
        let call = HTTPCall(
            url: "\(app.admin.of(session.shop))/admin/oauth/access_token",
            headers: [("content-type", "application/json"), ("accept", "application/json")], body: fields.encoded)
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await http.send(call)
        } catch {
            throw SignInRefusal(.providerUnavailable, "token exchange")
        }
        switch answer.status {
        case 200: break
        case 429, 500...: throw SignInRefusal(.providerUnavailable, "token exchange")
        default: throw SignInRefusal(.exchangeRefused, "token exchange")
        }
        guard !answer.isTruncated, let reply = try? JSON.parse(answer.body) else {
            throw SignInRefusal(.tokenReplyMalformed, "no JSON")
        }
        return try read(reply)
    }

    private func read(_ reply: JSON) throws(SignInRefusal) -> ProviderTokens {
        guard let token = reply["access_token"]?.string, !token.isEmpty else {
            throw SignInRefusal(.tokenReplyMalformed, "access_token")
        }
        func expiry(_ name: String) throws(SignInRefusal) -> Timestamp? {
            guard let value = reply[name], !value.isNull else { return nil }
            guard let seconds = value.integer, (1...315_360_000).contains(seconds) else {
                throw SignInRefusal(.tokenReplyMalformed, name)
            }
            return clock.now + .seconds(seconds)
        }
        return ProviderTokens(
            accessToken: Secret(token), refreshToken: reply["refresh_token"]?.string.map { Secret($0) },
            accessExpiresAt: try expiry("expires_in"), refreshExpiresAt: try expiry("refresh_token_expires_in"),
            scopes: (reply["scope"]?.string ?? "").split(separator: ",").map(String.init),
            reply: .object(
                reply.members.filter { $0.name != "access_token" && $0.name != "refresh_token" }))
    }
}
