import HTTPTypes
import Hummingbird

/// The token endpoint, revocation and userinfo.
struct GoogleTokens: Sendable {
    /// Access tokens live an hour, less a second, as Google's do.
    static let accessLifetime = Duration.seconds(3599)

    let identity: GoogleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to google: RouterGroup<SandboxContext>) {
        google.post("token") { request, context in try await token(request, context) }
        google.post("revoke") { request, context in try await revoke(request, context) }
        for method in [HTTPRequest.Method.get, .post] {
            // The second is what older clients call.
            for path in ["v1/userinfo", "oauth2/v3/userinfo"] {
                google.on(RouterPath(path), method: method) { request, context in try await userinfo(request, context) }
            }
        }
    }

    private func token(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("token")
        if await provider.take("token_drop_before") != nil {
            return try await ReplyFault.apply(["drop": true], to: Response(status: .ok), json: .null, context)
        }
        do {
            let form = try await request.formFields()
            if let fault = await provider.take("token_error") {
                throw OAuthError(fault.text ?? "invalid_grant", "Token has been expired or revoked.")
            }
            if let name = form.repeated {
                throw OAuthError("invalid_request", "OAuth 2 parameters can only have a single value: \(name)")
            }
            guard let type = form["grant_type"] else {
                throw OAuthError("invalid_request", "Required parameter is missing: grant_type")
            }
            await provider.count("token.\(type.prefix(64))")
            let client = try await provider.authenticate(ClientCredentials(request, form: form))
            switch type {
            case "authorization_code":
                let json = try await exchange(form, client: client, base: request.base)
                return try await ReplyFault.apply(
                    await provider.take("token_reply"), to: .json(json), json: json, context)
            case "refresh_token":
                let json = try await refresh(form, client: client, base: request.base)
                return try await ReplyFault.apply(
                    await provider.take("refresh_reply"), to: .json(json), json: json, context)
            default: throw OAuthError("unsupported_grant_type", "Invalid grant_type: \(type)")
            }
        } catch let error as OAuthError {
            return error.response
        }
    }

    private func exchange(
        _ form: FormFields, client: SandboxConfiguration.IdentityClient, base: String
    ) async throws -> JSON {
        guard let code = form["code"] else { throw OAuthError("invalid_request", "Missing required parameter: code") }
        guard let grant = await provider.grants.peek(code: code) else {
            throw OAuthError("invalid_grant", "Malformed auth code.")
        }
        guard grant.clientID == client.id else { throw OAuthError("invalid_grant", "Bad Request") }
        guard let address = form["redirect_uri"] else {
            throw OAuthError("invalid_request", "Missing parameter: redirect_uri")
        }
        guard grant.redirectURI == address else { throw OAuthError("redirect_uri_mismatch", "Bad Request") }
        do {
            _ = try await provider.redeem(code: code)
        } catch {
            throw OAuthError("invalid_grant", "Bad Request")
        }
        // The code is spent by now: whoever guesses at the verifier has one guess.
        try PKCE.check(form["code_verifier"], of: grant)
        var more: [JSON.Member] = []
        if grant.extra["refresh"] != nil {
            let token = await provider.issueToken(.refresh, grant, prefix: "1//0", lifetime: nil)
            more.append(.init(name: "refresh_token", value: JSON(token)))
        }
        return try await reply(grant, client: client, nonce: grant.nonce, base: base, isRefresh: false, more)
    }

    private func refresh(
        _ form: FormFields, client: SandboxConfiguration.IdentityClient, base: String
    ) async throws -> JSON {
        guard let text = form["refresh_token"] else {
            throw OAuthError("invalid_request", "Missing required parameter: refresh_token")
        }
        guard let token = await provider.token(text), token.kind == .refresh, token.grant.clientID == client.id
        else { throw OAuthError("invalid_grant", "Token has been expired or revoked.") }
        var more: [JSON.Member] = []
        if await provider.take("refresh_rotates") != nil {
            let next = await provider.issueToken(.refresh, token.grant, prefix: "1//0", lifetime: nil)
            _ = await provider.end(text)
            more.append(.init(name: "refresh_token", value: JSON(next)))
        }
        return try await reply(token.grant, client: client, nonce: nil, base: base, isRefresh: true, more)
    }

    private func reply(
        _ grant: Grant, client: SandboxConfiguration.IdentityClient, nonce: String?, base: String, isRefresh: Bool,
        _ more: [JSON.Member]
    ) async throws -> JSON {
        let access = await provider.issueToken(.access, grant, prefix: "ya29.a0", lifetime: Self.accessLifetime)
        var json: JSON = ["access_token": JSON(access), "expires_in": JSON(3599)]
        for member in more { json = json.adding(member.name, member.value) }
        json = json + ["scope": JSON(grant.scopes.joined(separator: " ")), "token_type": "Bearer"]
        guard grant.scopes.contains("openid"), let person = provider.people[grant.personID] else { return json }
        let claims = GoogleAccount.claims(
            person, grant: grant, accessToken: access, nonce: nonce, now: provider.now)
        let token = try await identity.mint.token(claims, client: client, base: base, isRefresh: isRefresh)
        return json.adding("id_token", JSON(token))
    }

    private func revoke(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("revoke")
        let form = try await request.formFields()
        let isKnown: Bool
        if let token = form["token"] ?? request.queryFields["token"] {
            isKnown = await provider.revoke(token)
        } else {
            isKnown = false
        }
        let error = OAuthError("invalid_token", "Token expired or revoked")
        let json = isKnown ? JSON.object([]) : error.json
        return try await ReplyFault.apply(
            await provider.take("revoke_reply"), to: isKnown ? .json(json) : error.response, json: json, context)
    }

    private func userinfo(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("userinfo")
        let text = request.bearer ?? request.queryFields["access_token"]
        guard let text, let token = await provider.token(text), token.kind == .access,
            let person = provider.people[token.grant.personID]
        else {
            var response = OAuthError("invalid_request", "Invalid Credentials", status: 401).response
            response.headers[.wwwAuthenticate] = #"Bearer realm="https://accounts.google.com/", error="invalid_token""#
            return response
        }
        var subject = GoogleAccount.subject(person)
        if let other = await provider.take("userinfo_subject") { subject = other.text ?? "100000000000000000000" }
        let json = JSON.object(
            [.init(name: "sub", value: JSON(subject))] + GoogleAccount.profile(person, scopes: token.grant.scopes))
        return try await ReplyFault.apply(
            await provider.take("userinfo_reply"), to: .json(json), json: json, context)
    }
}
