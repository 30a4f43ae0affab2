import AdapterKit

/// The authorization request of a sign-in (RFC 6749, 4.1.1; OpenID Connect Core 1.0, 3.1.2.1).
struct AuthorizationRequest {
    let provider: IdentityProvider
    let state: Secret
    let nonce: Secret
    let challenge: String
    let redirect: String

    func url(at address: String) -> String {
        var fields: [(name: String, value: String)] = [
            ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", redirect),
            ("scope", provider.scopes.joined(separator: provider.scopeSeparator)), ("state", state.reveal()),
        ]
        if provider.idToken != nil { fields.append(("nonce", nonce.reveal())) }
        if provider.usesPKCE { fields += [("code_challenge", challenge), ("code_challenge_method", "S256")] }
        if provider.responseMode == .formPost { fields.append(("response_mode", "form_post")) }
        let own = Set(fields.map(\.name))
        for (name, value) in provider.authorizationParameters.sorted(by: { $0.key < $1.key }) where !own.contains(name)
        {
            fields.append((name, value))
        }
        return address + (address.contains("?") ? "&" : "?") + FormText.encode(fields)
    }
}
