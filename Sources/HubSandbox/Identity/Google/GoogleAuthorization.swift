import Hummingbird

/// The authorize endpoint and its consent page.
struct GoogleAuthorization: Sendable {
    /// Codes live ten minutes.
    static let codeLifetime = Duration.seconds(600)
    private static let prompts = ["none", "consent", "select_account"]

    let identity: GoogleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to google: RouterGroup<SandboxContext>) {
        google.get("o/oauth2/v2/auth") { request, _ in await authorize(request.queryFields) }
        google.post("consent") { request, _ in
            let (asked, decision) = try await provider.answer(try await request.formFields())
            return await answer(asked, decision).response
        }
    }

    private func authorize(_ fields: FormFields) async -> Response {
        await provider.count("authorize")
        let request: AuthorizationRequest
        do {
            request = try await check(fields)
        } catch {
            return ConsentPage.refusal(
                provider: "Google", code: error.code, description: error.description ?? "", status: error.status)
        }
        if let decision = await provider.automaticDecision() {
            return await answer(request, decision).response
        }
        if fields["prompt"] == "none" {
            return await reply(request, [("error", "interaction_required")]).response
        }
        return await page(request).response
    }

    /// Checks a request. Google shows what is wrong with one on a page and sends nobody back.
    private func check(_ fields: FormFields) async throws(OAuthError) -> AuthorizationRequest {
        if let name = fields.repeated {
            throw OAuthError("invalid_request", "OAuth 2 parameters can only have a single value: \(name)")
        }
        guard let id = fields["client_id"] else {
            throw OAuthError("invalid_request", "Missing required parameter: client_id")
        }
        guard let client = await provider.client(id) else {
            throw OAuthError("invalid_client", "The OAuth client was not found.", status: 401)
        }
        guard let redirectURI = fields["redirect_uri"] else {
            throw OAuthError("invalid_request", "Missing required parameter: redirect_uri")
        }
        guard client.redirectURIs.contains(redirectURI) else {
            throw OAuthError(
                "redirect_uri_mismatch",
                "The redirect URI in the request, \(redirectURI), does not match the ones "
                    + "authorized for the OAuth client.")
        }
        guard let type = fields["response_type"] else {
            throw OAuthError("invalid_request", "Missing required parameter: response_type")
        }
        guard type == "code" else { throw OAuthError("unsupported_response_type", "Invalid response_type: \(type)") }
        if let access = fields["access_type"], !["online", "offline"].contains(access) {
            throw OAuthError("invalid_request", "Invalid access_type: \(access)")
        }
        let prompts = (fields["prompt"] ?? "").split(separator: " ").map(String.init)
        guard prompts.allSatisfy(Self.prompts.contains), prompts.count == 1 || !prompts.contains("none") else {
            throw OAuthError("invalid_request", "Invalid parameter value for prompt: \(fields["prompt"] ?? "")")
        }
        var request = AuthorizationRequest(
            client: client, redirectURI: redirectURI, state: fields["state"], scopes: try scopes(fields),
            nonce: fields["nonce"], fields: fields)
        try addChallenge(to: &request)
        return request
    }

    private func scopes(_ fields: FormFields) throws(OAuthError) -> [String] {
        guard let text = fields["scope"] else {
            throw OAuthError("invalid_request", "Missing required parameter: scope")
        }
        var scopes: [String] = []
        for scope in text.split(separator: " ") {
            guard let canonical = GoogleScopes.canonical(String(scope)) else {
                throw OAuthError("invalid_scope", "Some requested scopes were invalid. {invalid=[\(scope)]}")
            }
            if !scopes.contains(canonical) { scopes.append(canonical) }
        }
        return scopes
    }

    private func addChallenge(to request: inout AuthorizationRequest) throws(OAuthError) {
        let method = request.fields["code_challenge_method"]
        guard let challenge = request.fields["code_challenge"] else {
            guard method == nil else {
                throw OAuthError("invalid_request", "code_challenge_method needs a code_challenge.")
            }
            return
        }
        guard PKCE.methods.contains(method ?? "plain") else {
            throw OAuthError("invalid_request", "Invalid parameter value for code_challenge_method: \(method ?? "")")
        }
        guard PKCE.isWellFormed(challenge) else {
            throw OAuthError("invalid_request", "Invalid parameter value for code_challenge.")
        }
        request.codeChallenge = challenge
        request.codeChallengeMethod = method ?? "plain"
    }

    private func page(_ request: AuthorizationRequest) async -> ConsentPage {
        let fields = request.fields
        let id = await provider.keep(request)
        // `hd` only orders the page, as it only dresses Google's: who relies on it without the claim is wrong.
        let domain = fields["hd"]
        let people = provider.people.all
        let preferred = people.first { $0.hostedDomain != nil && (domain == "*" || $0.hostedDomain == domain) }
        var page = ConsentPage(
            provider: "Google", client: request.client.name, action: "/google/consent", requestID: id, people: people)
        page.hint = fields["login_hint"] ?? preferred?.id
        page.scopes = GoogleScopes.page(request.scopes)
        if let domain { page.notes.append("The app asks for an account of \(domain).") }
        return page
    }

    // MARK: The way back

    private func answer(_ request: AuthorizationRequest, _ decision: ConsentDecision) async -> CallbackReply {
        guard decision.isAllowed else { return await reply(request, [("error", "access_denied")]) }
        var granted = request.scopes.filter { scope in
            guard let left = decision.scopes else { return true }
            return GoogleScopes.signIn.contains(scope) || left.contains(scope)
        }
        if await provider.take("scope_narrower") != nil { granted = granted.filter { $0 == "openid" } }
        guard !granted.isEmpty else { return await reply(request, [("error", "access_denied")]) }
        let person = decision.person
        let before = await provider.grants.consented(clientID: request.client.id, personID: person.id)
        if request.fields["include_granted_scopes"] == "true" {
            granted += (before ?? []).sorted().filter { !granted.contains($0) }
        }
        var asked = request
        // A refresh token comes with what is allowed for the first time, or again because the app asked for it.
        let isNew = !granted.allSatisfy { before?.contains($0) ?? false }
        let isPrompted = request.fields["prompt"]?.contains("consent") ?? false
        if request.fields["access_type"] == "offline", isNew || isPrompted { asked.extra["refresh"] = "1" }
        let grant = await provider.grant(asked, to: person, scopes: granted)
        _ = await provider.changeGrants { $0.consent(grant) }
        let code = await provider.issueCode(grant, prefix: "4/0A", lifetime: Self.codeLifetime)
        return await reply(
            request,
            [
                ("code", code), ("scope", granted.joined(separator: " ")), ("authuser", "0"),
                ("hd", person.hostedDomain), ("prompt", isNew || isPrompted ? "consent" : "none"),
            ])
    }

    private func reply(
        _ request: AuthorizationRequest, _ parameters: [(String, String?)]
    ) async -> CallbackReply {
        var fields = FormFields([])
        fields.append("state", request.state)
        fields.append("iss", GoogleAccount.issuer)
        for (name, value) in parameters { fields.append(name, value) }
        return await provider.spoiled(CallbackReply(redirectURI: request.redirectURI, parameters: fields))
    }
}
