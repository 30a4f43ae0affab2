import Hummingbird

/// What hangs off a business account (WABA), except its templates, and off the portfolio.
extension GraphRoutes {
    func addAccounts(to graph: GraphRouter) {
        graph.get(":id/phone_numbers") { call in
            let numbers = try await cloud.account(for: call)
            try call.require(.management)
            var items: [JSON] = []
            for number in numbers { items.append(try await cloud.numberNode(number, fields: call.query["fields"])) }
            return try GraphPage.json(items, for: call)
        }
        addSubscribedApps(to: graph)
        for edge in ["owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"] {
            graph.get(":id/\(edge)") { call in
                guard call.id == cloud.configuration.businessID else { throw call.unknownObject }
                try call.require(.management)
                var items: [JSON] = []
                for account in edge.hasPrefix("owned") ? call.token.accounts.sorted() : [] {
                    let numbers = cloud.configuration.numbers.filter { $0.businessAccountID == account }
                    items.append(try await cloud.accountNode(numbers, fields: call.query["fields"]))
                }
                return try GraphPage.json(items, for: call)
            }
        }
    }

    private func addSubscribedApps(to graph: GraphRouter) {
        let routing = cloud.courier.routing
        graph.get(":id/subscribed_apps") { call in
            _ = try await cloud.account(for: call)
            try call.require(.management)
            // All apps of the account are listed, not only the one that asks.
            var apps = [Self.app("Somebody else's app", id: "1234567890123456", override: nil)]
            if routing.isSubscribed(account: call.id) {
                let own = Self.app(
                    "Sandbox", id: cloud.configuration.appID, override: routing.override(account: call.id))
                apps.insert(own, at: 0)
            }
            return ["data": .array(apps)]
        }
        graph.post(":id/subscribed_apps") { call in
            _ = try await cloud.account(for: call)
            try call.require(.management)
            let url = try await callback(call, call.body)
            routing.setSubscribed(true, account: call.id)
            routing.setOverride(url, account: call.id)
            return ["success": true]
        }
        graph.delete(":id/subscribed_apps") { call in
            _ = try await cloud.account(for: call)
            try call.require(.management)
            guard routing.isSubscribed(account: call.id) else {
                throw GraphError(http: 400, code: 100, title: "The app is not subscribed to this account.")
            }
            routing.setSubscribed(false, account: call.id)
            routing.setOverride(nil, account: call.id)
            return ["success": true]
        }
    }

    /// The callback that a call sets, once it has proved that it knows its verify token; nil when the call names none.
    func callback(_ call: GraphCall, _ configuration: JSON) async throws -> String? {
        guard let url = configuration["override_callback_uri"]?.text ?? call.query["override_callback_uri"],
            !url.isEmpty
        else { return nil }
        guard let token = configuration["verify_token"]?.text ?? call.query["verify_token"], !token.isEmpty else {
            throw GraphError.missing("verify_token")
        }
        try Self.check(callback: url)
        if let refusal = await cloud.courier.handshake(url, verifyToken: token).refusal { throw refusal }
        return url
    }

    static func check(callback url: String) throws(GraphError) {
        guard url.count <= 200 else {
            throw GraphError(http: 400, code: 100, title: "A callback address must be at most 200 characters long.")
        }
        guard url.wholeMatch(of: /https?:\/\/[^\/\s]+(\/\S*)?/) != nil else {
            throw GraphError(http: 400, code: 100, title: "Invalid callback URI format")
        }
    }

    private static func app(_ name: String, id: String, override: String?) -> JSON {
        [
            "whatsapp_business_api_data": [
                "link": JSON("https://www.facebook.com/games/?app_id=\(id)"), "name": JSON(name), "id": JSON(id),
            ],
            "override_callback_uri": override.map { JSON($0) },
        ]
    }
}
