import Hummingbird

/// The authorize endpoint and its consent page.
struct AppleAuthorization: Sendable {
    /// Codes live five minutes.
    static let codeLifetime = Duration.seconds(300)

    let identity: AppleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to apple: RouterGroup<SandboxContext>) {
        apple.get("auth/authorize") { request, _ in try await authorize(request.queryFields, base: request.base) }
        apple.post("consent") { request, _ in
            let (asked, decision) = try await provider.answer(try await request.formFields())
            return try await answer(asked, decision, base: request.base).response
        }
    }

    private func authorize(_ fields: FormFields, base: String) async throws -> Response {
        await provider.count("authorize")
        let request: AuthorizationRequest
        do {
            request = try await check(fields)
        } catch let error as OAuthError {
            return ConsentPage.refusal(provider: "Apple", code: error.code, description: error.description ?? "")
        }
        if let decision = await provider.automaticDecision() {
            return try await answer(request, decision, base: base).response
        }
        var page = ConsentPage(
            provider: "Apple", client: request.client.name, action: "/apple/consent",
            requestID: await provider.keep(request), people: provider.people.all)
        if request.scopes.contains("email") {
            page.options = [
                .init(
                    name: "email", title: "Your email address",
                    answers: [
                        ("usual", "What this person usually does"), ("share", "Share it"), ("hide", "Hide it"),
                    ])
            ]
        }
        return page.response
    }

    /// Checks a request. Apple shows what is wrong with one on a page and sends nobody back.
    private func check(_ fields: FormFields) async throws -> AuthorizationRequest {
        if let name = fields.repeated { throw OAuthError("invalid_request", "Parameter \(name) comes twice.") }
        guard let client = await provider.client(fields["client_id"]) else {
            throw OAuthError("invalid_client", "Invalid client.")
        }
        guard let address = fields["redirect_uri"], client.redirectURIs.contains(address) else {
            throw OAuthError("invalid_request", "Invalid web redirect url.")
        }
        let types = Set((fields["response_type"] ?? "").split(separator: " ").map(String.init))
        guard types == ["code"] || types == ["code", "id_token"] else {
            throw OAuthError("unsupported_response_type", "Unsupported response_type.")
        }
        let scopes = (fields["scope"] ?? "").split(separator: " ").map(String.init)
        guard scopes.allSatisfy(["name", "email", "openid"].contains) else {
            throw OAuthError("invalid_scope", "Invalid scope.")
        }
        let mode = fields["response_mode"]
        guard mode == nil || mode.flatMap(CallbackReply.Method.init) != nil else {
            throw OAuthError("invalid_request", "Invalid response_mode.")
        }
        guard mode == "form_post" || !scopes.contains(where: { $0 != "openid" }) else {
            throw OAuthError(
                "invalid_request", "response_mode must be form_post when name or email scope is requested.")
        }
        guard !types.contains("id_token") || ["form_post", "fragment"].contains(mode) else {
            throw OAuthError("invalid_request", "response_mode must be form_post or fragment with id_token.")
        }
        return AuthorizationRequest(
            client: client, redirectURI: address, state: fields["state"], scopes: scopes, nonce: fields["nonce"],
            fields: fields)
    }

    private func answer(
        _ request: AuthorizationRequest, _ decision: ConsentDecision, base: String
    ) async throws -> CallbackReply {
        guard decision.isAllowed else {
            return await reply(request, [("error", "user_cancelled_authorize")])
        }
        let grant = await provider.grant(request, to: decision.person, scopes: request.scopes)
        let isFirst = await provider.changeGrants { $0.consent(grant) }
        if isFirst { identity.choices.choose(decision.fields["email"], decision.person, request.client) }
        let code = await provider.issueCode(grant, prefix: "c", lifetime: Self.codeLifetime)
        guard let account = identity.account(grant, request.client) else {
            return await reply(request, [("error", "server_error")])
        }
        var parameters: [(String, String?)] = [("code", code)]
        if request.fields["response_type"]?.contains("id_token") == true {
            let hash = JSON.Member(name: "c_hash", value: JSON(IDTokenClaims.hash(of: code)))
            let claims = account.claims(grant, hash: hash, nonce: grant.nonce, now: provider.now)
            parameters.append(("id_token", try await identity.token(claims, client: request.client, base: base)))
        }
        parameters.append(("user", await user(account, request, isFirst: isFirst)))
        return await reply(request, parameters)
    }

    /// The `user` of a first authorisation as text, as the faults that are on make it.
    private func user(
        _ account: AppleAccount, _ request: AuthorizationRequest, isFirst: Bool
    ) async -> String? {
        if let raw = await provider.take("user_raw") { return raw.text ?? "{\"name\":" }
        let isAlways = await provider.take("user_always") != nil
        guard isFirst || isAlways, request.scopes.contains(where: { $0 != "openid" }) else { return nil }
        if await provider.take("user_missing") != nil { return nil }
        var user = account.user(scopes: request.scopes)
        if let email = await provider.take("user_email") {
            user = user.replacing("email", with: JSON(email.text ?? "ada@acme.example"))
        }
        if await provider.take("user_html") != nil {
            let name: JSON = ["firstName": "<script>alert(1)</script>", "lastName": "\"O'Hara\"\r\n<b>"]
            user = user.replacing("name", with: name)
        }
        if let count = await provider.take("user_huge")?.integer {
            let name: JSON = ["firstName": JSON(String(repeating: "A", count: count)), "lastName": "B"]
            user = user.replacing("name", with: name)
        }
        return String(decoding: user.bytes, as: UTF8.self)
    }

    private func reply(_ request: AuthorizationRequest, _ parameters: [(String, String?)]) async -> CallbackReply {
        var fields = FormFields([])
        fields.append("state", request.state)
        for (name, value) in parameters { fields.append(name, value) }
        let method = request.fields["response_mode"].flatMap(CallbackReply.Method.init) ?? .query
        return await provider.spoiled(
            CallbackReply(redirectURI: request.redirectURI, parameters: fields, method: method))
    }
}
