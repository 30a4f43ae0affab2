import HTTPTypes
import Hummingbird

/// The token endpoint and revocation.
struct AppleTokens: Sendable {
    static let accessLifetime = Duration.seconds(3600)

    let identity: AppleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to apple: RouterGroup<SandboxContext>) {
        apple.post("auth/token") { request, context in try await token(request, context) }
        apple.post("auth/revoke") { request, context in try await revoke(request, context) }
    }

    private func token(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("token")
        if await provider.take("token_drop_before") != nil {
            return try await ReplyFault.apply(["drop": true], to: Response(status: .ok), json: .null, context)
        }
        do {
            if let fault = await provider.take("token_error") {
                throw OAuthError(fault.text ?? "invalid_grant", "The code has expired or has been revoked.")
            }
            let form = try await request.formFields()
            if let name = form.repeated { throw OAuthError("invalid_request", "Parameter \(name) comes twice.") }
            guard let type = form["grant_type"] else { throw OAuthError("invalid_request", "grant_type is missing") }
            await provider.count("token.\(type.prefix(64))")
            let client = try await authenticate(form)
            switch type {
            case "authorization_code":
                let json = try await exchange(form, client, base: request.base)
                return try await ReplyFault.apply(
                    await provider.take("token_reply"), to: .json(json), json: json, context)
            case "refresh_token":
                let json = try await refresh(form, client, base: request.base)
                return try await ReplyFault.apply(
                    await provider.take("refresh_reply"), to: .json(json), json: json, context)
            default: throw OAuthError("unsupported_grant_type")
            }
        } catch let error as OAuthError {
            return error.response
        }
    }

    /// Apple reads id and secret in the body only.
    private func authenticate(_ form: FormFields) async throws -> SandboxConfiguration.IdentityClient {
        guard let client = await provider.client(form["client_id"]) else {
            throw OAuthError("invalid_client", "client_id is missing in the body, or unknown")
        }
        try AppleClientSecret.check(form["client_secret"], of: client, now: provider.now)
        return client
    }

    private func exchange(
        _ form: FormFields, _ client: SandboxConfiguration.IdentityClient, base: String
    ) async throws -> JSON {
        guard let code = form["code"] else { throw OAuthError("invalid_request", "code is missing") }
        guard let grant = await provider.grants.peek(code: code) else {
            throw OAuthError("invalid_grant", "The code has expired or has been revoked.")
        }
        guard grant.clientID == client.id else {
            throw OAuthError("invalid_grant", "client_id mismatch. The code was not issued to \(client.id).")
        }
        guard form["redirect_uri"] == grant.redirectURI else {
            throw OAuthError("invalid_grant", "redirect_uri mismatch. The code was issued to another one.")
        }
        do {
            _ = try await provider.redeem(code: code)
        } catch {
            throw OAuthError("invalid_grant", "The code has expired or has been revoked.")
        }
        let refresh = await provider.issueToken(.refresh, grant, prefix: "r", lifetime: nil)
        return try await reply(grant, client, base: base, refresh: refresh)
    }

    private func refresh(
        _ form: FormFields, _ client: SandboxConfiguration.IdentityClient, base: String
    ) async throws -> JSON {
        guard let text = form["refresh_token"] else {
            throw OAuthError("invalid_request", "refresh_token is missing")
        }
        guard let token = await provider.token(text), token.kind == .refresh, token.grant.clientID == client.id
        else { throw OAuthError("invalid_grant", "The token has expired or has been revoked.") }
        return try await reply(token.grant, client, base: base, refresh: nil)
    }

    /// - Parameter refresh: the refresh token that the reply brings; nil when it is one to a refresh token.
    private func reply(
        _ grant: Grant, _ client: SandboxConfiguration.IdentityClient, base: String, refresh: String?
    ) async throws -> JSON {
        guard let account = identity.account(grant, client) else {
            throw OAuthError("invalid_grant", "The person is no more.")
        }
        let access = await provider.issueToken(.access, grant, prefix: "a", lifetime: Self.accessLifetime)
        let hash = JSON.Member(name: "at_hash", value: JSON(IDTokenClaims.hash(of: access)))
        let claims = account.claims(
            grant, hash: hash, nonce: refresh == nil ? nil : grant.nonce, now: provider.now)
        let token = try await identity.token(claims, client: client, base: base, isRefresh: refresh == nil)
        return [
            "access_token": JSON(access), "token_type": "Bearer", "expires_in": 3600,
            "refresh_token": refresh.map { JSON($0) }, "id_token": JSON(token),
        ]
    }

    /// Answers 200 for any token of a good client, known or not.
    private func revoke(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("revoke")
        do {
            let form = try await request.formFields()
            let client = try await authenticate(form)
            guard let text = form["token"] else { throw OAuthError("invalid_request", "token is missing") }
            if let token = await provider.token(text), token.grant.clientID == client.id {
                _ = await provider.revoke(text)
            }
            return try await ReplyFault.apply(
                await provider.take("revoke_reply"), to: Response(status: .ok), json: .object([]), context)
        } catch let error as OAuthError {
            return error.response
        }
    }
}
