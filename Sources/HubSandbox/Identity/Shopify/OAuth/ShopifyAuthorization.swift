import Hummingbird

/// The page on which a shop's staff installs an app: `/shopify/{shop}/admin/oauth/authorize`.
struct ShopifyAuthorization: Sendable {
    static let codeLifetime = Duration.seconds(60)

    let platform: ShopifyPlatform
    private var provider: IdentityProvider { platform.provider }

    init(platform: ShopifyPlatform) { self.platform = platform }

    func add(to router: Router<SandboxContext>) {
        router.get("shopify/:shop/admin/oauth/authorize") { request, context in
            await open(context.parameters.get("shop") ?? "", request.queryFields)
        }
        router.post("shopify/consent") { request, _ in
            let (asked, decision) = try await provider.answer(try await request.formFields())
            return await finish(asked, decision)
        }
    }

    private func open(_ shop: String, _ query: FormFields) async -> Response {
        await provider.count("authorize")
        guard let domain = ShopDomain(shop), await platform.shop(domain) != nil else {
            return refusal("not_found", "There is no shop of that name.", status: 404)
        }
        guard let client = await provider.client(query["client_id"]) else {
            return refusal("application_cannot_be_found", "The requested app cannot be found.")
        }
        guard let redirect = query["redirect_uri"], client.redirectURIs.contains(redirect) else {
            return refusal("invalid_request", "The redirect_uri is not whitelisted.")
        }
        let scopes = AccessScopes(query["scope"] ?? "")
        guard scopes.unknown.isEmpty else {
            return refusal(
                "invalid_scope", "The access scope is invalid: \(scopes.unknown.joined(separator: ", "))")
        }
        let options = query.all("grant_options[]").filter { !$0.isEmpty }
        guard options.allSatisfy({ $0 == "per-user" || $0 == "offline-access" }) else {
            return refusal("invalid_request", "The grant option is invalid.")
        }
        let mode: ShopifyToken.Mode = options.contains("per-user") ? .online : .offline
        let request = AuthorizationRequest(
            client: client, redirectURI: redirect, state: query["state"], scopes: scopes.names, fields: query,
            extra: ["shop": domain.text, "mode": mode.rawValue])
        if let decision = await provider.automaticDecision() { return await finish(request, decision) }
        return ConsentPage(
            provider: provider.title, client: client.name, action: "/shopify/consent",
            requestID: await provider.keep(request), people: provider.people.all,
            scopes: scopes.names.map { ConsentPage.Scope(name: $0, title: $0, isOptional: false) },
            notes: [
                "You are staff of \(domain.text), which \(client.name) asks to be installed in.",
                mode == .online ? "The app acts for you while you use it." : "The app acts for the shop at any time.",
            ]
        ).response
    }

    private func finish(_ request: AuthorizationRequest, _ decision: ConsentDecision) async -> Response {
        guard let domain = request.extra["shop"].flatMap({ ShopDomain($0) }) else {
            return refusal("not_found", "There is no shop of that name.", status: 404)
        }
        guard decision.isAllowed else {
            // Shopify goes back to the shop's administration then; the app hears nothing.
            return HTML.response(
                HTML.page(
                    title: "The app was not installed",
                    body: "<h1>The app was not installed</h1>\n<p id=\"cancelled\">The app is not told.</p>"))
        }
        let grant = await provider.grant(request, to: decision.person, scopes: request.scopes)
        await provider.changeGrants { _ = $0.consent(grant) }
        let code = await provider.issueCode(grant, lifetime: Self.codeLifetime)
        let secret = await platform.signingSecret(request.client)
        return await ShopifyCallback(provider: provider, shop: domain, secret: secret)
            .reply(code: code, to: request).response
    }

    private func refusal(_ code: String, _ description: String, status: Int = 400) -> Response {
        ConsentPage.refusal(
            provider: provider.title, code: "Oauth error \(code)", description: description, status: status)
    }
}

extension ShopifyPlatform {
    /// What things for a client are signed with: its secret, or an old one while it is being changed.
    func signingSecret(_ client: SandboxConfiguration.IdentityClient) async -> String {
        if let old = await provider.take("old_secret") { return old.text ?? ShopifyFaults.oldSecret }
        return client.secret ?? ""
    }
}
