import AdapterKit

extension NumberDesk {
    private static let longestAddress = 200

    func subscribedApps() async throws(ProviderFailure) -> JSON {
        let answer = try await graph.json(.get("\(graph.businessAccountID)/subscribed_apps"))
        let apps = answer["data"]?.elements ?? []
        let isSubscribed = app.id.map { id in
            apps.contains { $0["whatsapp_business_api_data"]?["id"]?.identifier == id || $0["id"]?.identifier == id }
        }
        return .object(["data": .array(apps), "is_subscribed": isSubscribed.map { .bool($0) }])
    }

    func subscribeApp(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await subscribe(override: try override(parameters), as: .number)
    }

    func subscribe(override: JSON?, as caller: GraphClient.Caller) async throws(ProviderFailure) -> JSON {
        // Without a body an override that there was is removed.
        var request = GraphRequest(method: "POST", path: "\(graph.businessAccountID)/subscribed_apps")
        if let override { request.body = .json(override) }
        return try await graph.json(request, as: caller)
    }

    func setWebhook(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        guard let override = try override(parameters) else {
            throw Self.refusal("missing", "override_callback_uri is required")
        }
        return try await graph.json(.post(number, ["webhook_configuration": override]))
    }

    func removeWebhook() async throws(ProviderFailure) -> JSON {
        try await graph.json(.post(number, ["webhook_configuration": ["override_callback_uri": ""]]))
    }

    /// Meta checks the address at once, with the token that is named here: it has to be the one that the channel answers to.
    private func override(_ parameters: AdapterSettings) throws(ProviderFailure) -> JSON? {
        guard let address = parameters.text("override_callback_uri") else { return nil }
        guard address.unicodeScalars.count <= Self.longestAddress else {
            throw Self.refusal("too_long", "override_callback_uri must have 200 characters at most")
        }
        guard let token = parameters.secret("verify_token") ?? app.verifyToken else {
            throw Self.refusal("missing", "verify_token is required, as the channel has none")
        }
        return ["override_callback_uri": .string(address), "verify_token": .string(token.reveal())]
    }
}
