import AdapterKit

/// Gives tokens back to their provider (RFC 7009), or as its adapter does.
struct TokenRevocation: Sendable {
    let http: any HTTPPort

    /// - Throws: ``ProviderFailure`` when the provider could not be told; the tokens are gone here all the same.
    func revoke(
        _ tokens: ProviderTokens, subject: String, _ provider: IdentityProvider, at address: String?,
        _ credentials: ClientCredentials
    ) async throws(ProviderFailure) {
        if let adapter = credentials.client as? any GrantRevoking {
            return try await adapter.revoke(tokens, subject: subject, provider)
        }
        guard let address else { return }
        let secret: Secret?
        do throws(SignInRefusal) {
            secret = try credentials.secret(provider)
        } catch {
            throw ProviderFailure(.misconfigured, FailureReason(code: error.reason.rawValue, title: "No client secret"))
        }
        // Revoking the refresh token ends the whole grant.
        let token = tokens.refreshToken ?? tokens.accessToken
        let hint = tokens.refreshToken == nil ? "access_token" : "refresh_token"
        var plain = provider
        plain.tokenParameters = [:]
        let call = TokenEndpoint.call(
            [("token", token.reveal()), ("token_type_hint", hint)], plain, address, secret)
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await http.send(call)
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "revocation_failed", title: error.reason))
        }
        // What is unknown there is as good as revoked; a client that is not believed has revoked nothing.
        let code = (try? JSON.parse(answer.body)).flatMap(TokenEndpoint.errorCode)
        let isUnknown = answer.status == 400 && ["invalid_token", "invalid_grant"].contains(code)
        guard [200, 204].contains(answer.status) || isUnknown else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "revocation_failed", title: "The provider did not take it back"))
        }
    }
}
