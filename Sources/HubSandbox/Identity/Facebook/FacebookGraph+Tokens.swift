/// Getting tokens, and asking what they are.
extension FacebookGraph {
    /// `oauth/access_token`: a token for a code, a longer life for a token, or the app's own token.
    func exchange(_ call: FacebookCall) async throws(GraphError) -> JSON {
        let app = try await app(call)
        switch call.fields["grant_type"] ?? "authorization_code" {
        case "authorization_code": return try await exchangeCode(call, app)
        case "fb_exchange_token": return try await exchangeToken(call, app)
        case "client_credentials":
            return ["access_token": JSON("\(app.id)|\(app.secret ?? "")"), "token_type": "bearer"]
        default: throw GraphError(http: 400, code: 100, title: "Invalid grant_type")
        }
    }

    private func app(_ call: FacebookCall) async throws(GraphError) -> SandboxConfiguration.IdentityClient {
        guard let id = call.fields["client_id"] else {
            throw GraphError(http: 400, code: 101, title: "Missing client_id parameter.")
        }
        guard let app = await provider.client(id) else {
            throw GraphError(
                http: 400, code: 101,
                title: "Error validating application. Cannot get application info due to a system error.")
        }
        guard let secret = call.fields["client_secret"] else {
            throw GraphError(http: 400, code: 1, title: "Missing client_secret parameter.")
        }
        guard SandboxSecret.isEqual(secret, app.secret ?? "") else {
            throw GraphError(http: 400, code: 1, title: "Error validating client secret.")
        }
        return app
    }

    private func exchangeCode(
        _ call: FacebookCall, _ app: SandboxConfiguration.IdentityClient
    ) async throws(GraphError) -> JSON {
        guard let code = call.fields["code"] else {
            throw GraphError(http: 400, code: 1, title: "Missing authorization code")
        }
        guard let redirect = call.fields["redirect_uri"] else {
            throw GraphError(http: 400, code: 191, title: "Missing redirect_uri parameter.")
        }
        let grants = await provider.grants
        guard let grant = grants.peek(code: code) else {
            throw GraphError(http: 400, code: 100, subcode: 36008, title: "Invalid verification code format.")
        }
        guard grant.clientID == app.id, grant.redirectURI == redirect else {
            throw GraphError(
                http: 400, code: 100, subcode: 36008,
                title: "Error validating verification code. Please make sure your redirect_uri is identical to the "
                    + "one you used in the OAuth dialog request")
        }
        let isReused = await provider.take("code_reused") != nil
        let isExpired = await provider.take("code_expired") != nil
        // A code that comes again is refused, and the token that it was exchanged for lives on.
        if isReused || grants.isRedeemed(code: code) {
            throw GraphError(http: 400, code: 100, subcode: 36009, title: "This authorization code has been used.")
        }
        do {
            guard !isExpired else { throw CodeRefusal.expired }
            _ = try await provider.redeem(code: code)
        } catch {
            throw GraphError(http: 400, code: 100, subcode: 36007, title: "This authorization code has expired.")
        }
        var held = grant
        if await provider.take("foreign_token") != nil { held = await foreign(grant) }
        let token = await login.issue(held, lifetime: FacebookToken.shortLifetime)
        return answer(token, lifetime: FacebookToken.shortLifetime)
    }

    /// The same person's grant for another app: what a token that was taken from elsewhere stands for.
    private func foreign(_ grant: Grant) async -> Grant {
        let other = "1066000000009999"
        if await provider.client(other) == nil {
            _ = try? await provider.register(
                ["id": JSON(other), "name": "Another app", "secret": "another-app-secret"])
        }
        return Grant(
            id: grant.id + "-foreign", clientID: other, redirectURI: grant.redirectURI, personID: grant.personID,
            scopes: grant.scopes, authorizedAt: grant.authorizedAt)
    }

    private func exchangeToken(
        _ call: FacebookCall, _ app: SandboxConfiguration.IdentityClient
    ) async throws(GraphError) -> JSON {
        guard let text = call.fields["fb_exchange_token"] else {
            throw GraphError(http: 400, code: 1, title: "Missing fb_exchange_token parameter.")
        }
        guard let token = await login.token(text), await provider.take("exchange_refused") == nil else {
            throw .facebook(deadToken: nil, now: login.now)
        }
        if let refusal = await login.refusal(token) { throw refusal }
        guard token.appID == app.id else {
            throw GraphError(
                http: 400, code: 1, title: "Error validating access token: the token belongs to another application.")
        }
        return answer(
            await login.issue(token.grant, lifetime: FacebookToken.longLifetime), lifetime: FacebookToken.longLifetime)
    }

    private func answer(_ token: FacebookToken, lifetime: Int) -> JSON {
        ["access_token": JSON(token.text), "token_type": "bearer", "expires_in": JSON(lifetime)]
    }

    // MARK: debug_token

    /// `debug_token`: whose a token is and for which app, told to that app only.
    func inspect(_ call: FacebookCall) async throws(GraphError) -> JSON {
        if let fault = await provider.take("graph_error") { throw GraphError(facebook: fault) }
        let viewer = try await viewer(call)
        let text = try call.required("input_token")
        guard let token = await login.token(text), let person = provider.people[token.grant.personID] else {
            return Self.invalid(190, "Invalid OAuth access token - Cannot parse access token")
        }
        guard token.appID == viewer.id else {
            return Self.invalid(100, "(#100) The App_id in the input_token did not match the Viewing App")
        }
        let grant = await grant(of: token)
        let refusal = await login.refusal(token)
        let isInvalid = await provider.take("debug_invalid") != nil
        let scopes = refusal == nil ? grant.granted.sorted() : []
        let appID = await provider.take("debug_app_id").map { $0.text ?? "1066000000000000" }
        let userID = await provider.take("debug_user_id").map { $0.text ?? "100000000000000" }
        let type = await provider.take("debug_type").map { $0.text ?? "PAGE" }
        let own = person.subject(at: "facebook", realm: token.appID)
        return [
            "data": [
                "app_id": JSON(appID ?? token.appID), "type": JSON(type ?? "USER"),
                "application": JSON(viewer.name),
                "data_access_expires_at": JSON(grant.authorizedAt + FacebookGrant.dataAccessLifetime),
                "error": refusal.map { error in
                    ["code": 190, "message": JSON(error.title), "subcode": error.subcode.map { JSON($0) }]
                },
                "expires_at": JSON(token.expiresAt), "is_valid": .bool(refusal == nil && !isInvalid),
                "issued_at": JSON(token.issuedAt), "scopes": .array(scopes.map { JSON($0) }),
                "granular_scopes": .array(scopes.map { ["scope": JSON($0)] }), "user_id": JSON(userID ?? own),
            ]
        ]
    }

    private static func invalid(_ code: Int, _ message: String) -> JSON {
        [
            "data": [
                "error": ["code": JSON(code), "message": JSON(message)], "is_valid": false, "scopes": [],
            ]
        ]
    }

    /// The app that asks: by its own token `id|secret`, or by a token of one of its users.
    private func viewer(_ call: FacebookCall) async throws(GraphError) -> SandboxConfiguration.IdentityClient {
        guard let text = call.credentials.token else { throw .facebookMissingToken }
        let halves = text.split(separator: "|", maxSplits: 1)
        if halves.count == 2 {
            guard let app = await provider.client(String(halves[0])),
                SandboxSecret.isEqual(String(halves[1]), app.secret ?? "")
            else { throw .facebook(deadToken: nil, now: login.now) }
            // The app's own token holds the secret already; a proof is not asked for, but has to be right.
            try await checkProof(call, token: text, secret: app.secret ?? "", isRequired: false)
            return app
        }
        let token = try await admit(call)
        guard let app = await provider.client(token.appID) else { throw .facebook(deadToken: nil, now: login.now) }
        return app
    }
}

extension GraphError {
    fileprivate static let facebookMissingToken = GraphError(
        http: 400, code: 104, title: "An access token is required to request this resource.")
}
