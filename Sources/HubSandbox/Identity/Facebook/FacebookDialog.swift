import Hummingbird

/// The login dialog: `/facebook/{version}/dialog/oauth`, and the page on which a person answers it.
struct FacebookDialog: Sendable {
    /// How long a code can be exchanged.
    static let codeLifetime = Duration.seconds(600)

    let login: FacebookLogin
    private var provider: IdentityProvider { login.provider }

    init(login: FacebookLogin) { self.login = login }

    func add(to router: Router<SandboxContext>) {
        for path in ["facebook/dialog/oauth", "facebook/:version/dialog/oauth"] {
            router.get(RouterPath(path)) { request, _ in await open(request.queryFields) }
        }
        router.post("facebook/consent") { request, _ in
            let (asked, decision) = try await provider.answer(try await request.formFields())
            return await finish(asked, decision)
        }
    }

    private func open(_ query: FormFields) async -> Response {
        await provider.count("dialog")
        guard let client = await provider.client(query["client_id"]) else {
            return refusal("Invalid App ID", "The provided app ID does not look like a valid app ID.")
        }
        guard let redirect = query["redirect_uri"], client.redirectURIs.contains(redirect) else {
            return refusal(
                "URL Blocked",
                "This redirect failed because the redirect URI is not whitelisted in the app's Client OAuth Settings.")
        }
        guard query["response_type"] ?? "code" == "code" else {
            return refusal("Invalid Request", "Only response_type=code is played here.")
        }
        let scopes = (query["scope"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        let unknown = scopes.filter { !FacebookGrant.permissions.contains($0) }
        guard unknown.isEmpty else {
            return refusal(
                "Invalid Scopes",
                "\(unknown.joined(separator: ", ")). This message is only shown to developers.")
        }
        // The public profile is part of every login.
        let asked = ["public_profile"] + scopes.filter { $0 != "public_profile" }
        let request = AuthorizationRequest(
            client: client, redirectURI: redirect, state: query["state"], scopes: asked, fields: query)
        if let decision = await provider.automaticDecision() { return await finish(request, decision) }
        return ConsentPage(
            provider: provider.title, client: client.name, action: "/facebook/consent",
            requestID: await provider.keep(request), people: provider.people.all, hint: query["login_hint"],
            scopes: asked.map { ConsentPage.Scope(name: $0, title: title(of: $0), isOptional: $0 != "public_profile") },
            notes: query["auth_type"] == "rerequest" ? ["What was declined before is asked for again."] : []
        ).response
    }

    private func finish(_ request: AuthorizationRequest, _ decision: ConsentDecision) async -> Response {
        var parameters = FormFields([])
        if decision.isAllowed {
            await allow(request, decision, &parameters)
        } else {
            parameters.append("error_reason", "user_denied")
            parameters.append("error", "access_denied")
            parameters.append("error_code", "200")
            parameters.append("error_description", "Permissions error")
        }
        parameters.append("state", request.state)
        let reply = await provider.spoiled(CallbackReply(redirectURI: request.redirectURI, parameters: parameters))
        var response = reply.response
        // Facebook ends its redirects with this, so that a browser does not carry an older fragment on.
        if let location = response.headers[.location], reply.method == .query {
            response.headers[.location] = location + "#_=_"
        }
        return response
    }

    private func allow(
        _ request: AuthorizationRequest, _ decision: ConsentDecision, _ parameters: inout FormFields
    ) async {
        let appID = request.client.id
        let person = decision.person
        let before = await login.grant(appID: appID, personID: person.id)
        let isKnown = await provider.grants.consented(clientID: appID, personID: person.id) != nil
        // What was declined once is not asked again, unless the app says so.
        let settled = isKnown && request.fields["auth_type"] != "rerequest" ? before?.declined ?? [] : []
        let checked = Set(decision.scopes ?? request.scopes).union(["public_profile"])
        let granted = request.scopes.filter { checked.contains($0) && !settled.contains($0) }
        await login.note(
            granted: Set(granted), asked: Set(request.scopes), appID: appID, personID: person.id)
        let grant = await provider.grant(request, to: person, scopes: granted)
        await provider.changeGrants { _ = $0.consent(grant) }
        parameters.append("code", await provider.issueCode(grant, prefix: "AQ", lifetime: Self.codeLifetime))
        guard request.fields["return_scopes"] == "true" else { return }
        let declined = request.scopes.filter { !granted.contains($0) }
        parameters.append("granted_scopes", granted.joined(separator: ","))
        parameters.append("denied_scopes", declined.joined(separator: ","))
    }

    private func title(of permission: String) -> String {
        switch permission {
        case "public_profile": "Your name and profile picture"
        case "email": "Your e-mail address, if you have one"
        default: permission
        }
    }

    private func refusal(_ code: String, _ description: String) -> Response {
        ConsentPage.refusal(provider: provider.title, code: code, description: description)
    }
}
