import HTTPTypes
import Hummingbird

/// What Google publishes: its keys, its addresses, and those of its security events.
struct GoogleDocuments: Sendable {
    let identity: GoogleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to google: RouterGroup<SandboxContext>) {
        google.get("oauth2/v3/certs") { _, context in
            try await KeysReply(provider: provider, keys: identity.keys).response(context)
        }
        google.get(".well-known/openid-configuration") { request, context in try await discovery(request, context) }
        google.get(".well-known/risc-configuration") { request, _ in
            await provider.count("risc_configuration")
            return Self.cached([
                "issuer": JSON(GoogleAccount.eventIssuer), "jwks_uri": JSON("\(request.base)/google/oauth2/v3/certs"),
                "delivery_methods_supported": ["https://schemas.openid.net/secevent/risc/delivery-method/push"],
            ])
        }
    }

    private func discovery(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("discovery")
        let base = request.base + "/google"
        var issuer = GoogleAccount.issuer
        if let other = await provider.take("discovery_issuer") { issuer = other.text ?? "https://account.google.com" }
        let json: JSON = [
            "issuer": JSON(issuer), "authorization_endpoint": JSON("\(base)/o/oauth2/v2/auth"),
            "token_endpoint": JSON("\(base)/token"), "userinfo_endpoint": JSON("\(base)/v1/userinfo"),
            "revocation_endpoint": JSON("\(base)/revoke"), "jwks_uri": JSON("\(base)/oauth2/v3/certs"),
            "response_types_supported": ["code"], "response_modes_supported": ["query"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": [
                "aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name", "picture",
                "sub",
            ],
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "authorization_response_iss_parameter_supported": true,
        ]
        return try await ReplyFault.apply(
            await provider.take("discovery_reply"), to: Self.cached(json), json: json, context)
    }

    private static func cached(_ json: JSON) -> Response {
        var response = Response.json(json)
        response.headers[.cacheControl] = "public, max-age=3600"
        return response
    }
}
