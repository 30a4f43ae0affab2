import AdapterKit

extension NumberDesk {
    func token() async throws(ProviderFailure) -> JSON {
        let token: Secret
        do throws(GraphUnreached) {
            token = try await graph.token()
        } catch {
            throw error.failure
        }
        guard let report = try await graph.report(on: token, as: app) else { throw Self.noApp }
        return report.facts
    }

    /// Turns the code of Embedded Signup into a token, keeps that in the tenant's store and subscribes the app with it.
    ///
    /// The code is good for one exchange, so the token is kept before anything else can fail.
    func exchangeCode(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        guard !graph.hasConfiguredToken else {
            throw Self.refusal(
                "token_configured", "access_token is set in tenants.yaml and would be used instead: remove it first")
        }
        guard let id = app.id, let secret = app.secret, let code = parameters.secret("code") else { throw Self.noApp }
        // Documented as a GET with all of it in the query; as a form (RFC 6749, 3.2) no secret stands in an address.
        let request = GraphRequest(
            method: "POST", path: "oauth/access_token",
            body: .form([
                (name: "client_id", value: id), (name: "client_secret", value: secret.reveal()),
                (name: "code", value: code.reveal()),
            ]))
        guard let text = try await graph.json(request, as: .nobody)["access_token"]?.string, !text.isEmpty else {
            throw Self.refusal("no_token", "The Graph API took the code and named no token")
        }
        let token = Secret(text)
        let report = (try? await graph.report(on: token, as: app)) ?? nil
        let alerts = report?.alerts(at: graph.clock.now, businessAccountID: graph.businessAccountID) ?? []
        if let wrong = alerts.first(where: { ["token.invalid", "token.account"].contains($0.code) }) {
            throw Self.refusal(wrong.code, "\(wrong.title): it is not kept")
        }
        try await keep(token)
        var members = [JSON.Member("token", "kept"), JSON.Member("expires_at", report?.facts["expires_at"] ?? .null)]
        do throws(ProviderFailure) {
            _ = try await subscribe(override: nil, as: .token(token))
            members.append(JSON.Member("is_subscribed", true))
        } catch {
            members += [JSON.Member("is_subscribed", false), JSON.Member("problem", error.reason.shown)]
        }
        return .object(members)
    }

    func forgetToken() async throws(ProviderFailure) -> JSON {
        try await keep(nil)
        return ["token": "forgotten"]
    }

    private func keep(_ token: Secret?) async throws(ProviderFailure) {
        do {
            try await graph.credentials.keep(token, as: GraphClient.tokenName)
        } catch {
            throw ProviderFailure(
                .unavailable,
                FailureReason(code: "token_not_kept", title: "The tenant's store could not take the change now"))
        }
    }

    /// - Parameter kind: `smb_app_state_sync` for contacts, or `history`.
    func sync(_ kind: String) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(
                "\(graph.phoneNumberID)/smb_app_data",
                ["messaging_product": "whatsapp", "sync_type": .string(kind)]))
    }

    func messageHistory(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        let fields =
            "id,message_id,events{delivery_status,timestamp,webhook_update_state,application,error_description}"
        return try await graph.quietly(
            .get(
                "\(graph.phoneNumberID)/message_history",
                [(name: "message_id", value: parameters.text("message_id") ?? ""), (name: "fields", value: fields)]))
    }

    /// The user id goes into the body: the documented query would put it into an address.
    func deleteFromContactBook(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .delete(
                "\(graph.phoneNumberID)/contact_book", [],
                .object(["messaging_product": "whatsapp", "bsuid": parameters.text("user_id").map { .string($0) }])))
    }

    private static let noApp = ProviderFailure(
        .misconfigured, FailureReason(code: "no_app_id", title: "Set app_id beside app_secret: Meta asks for both here")
    )
}

extension FailureReason {
    /// Without the provider's own words.
    fileprivate var shown: JSON { ["code": .string(code), "title": .string(title)] }
}
