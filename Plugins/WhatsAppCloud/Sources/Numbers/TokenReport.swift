import AdapterKit

/// What Meta says of a token (`GET /debug_token`).
struct TokenReport {
    static let neededScopes = ["whatsapp_business_messaging", "whatsapp_business_management"]

    private static let day = Duration.seconds(86_400)

    /// `{app_id, is_valid, expires_at, data_access_expires_at, scopes, granular_scopes: [{scope, target_ids}], error}`.
    let json: JSON

    var isValid: Bool { json["is_valid"]?.bool ?? false }

    /// Nil for a token that does not expire.
    var expiresAt: Timestamp? {
        guard let seconds = json["expires_at"]?.integer, seconds > 0 else { return nil }
        return Timestamp(seconds: seconds)
    }

    private var scopes: [String] { (json["scopes"]?.elements ?? []).compactMap(\.string) }

    /// The accounts that the token may manage; nil when that is not said or not limited.
    private var accounts: [String]? {
        let granted = (json["granular_scopes"]?.elements ?? []).first {
            $0["scope"]?.string == "whatsapp_business_management"
        }
        let targets = (granted?["target_ids"]?.elements ?? []).compactMap(\.identifier)
        return targets.isEmpty ? nil : targets
    }

    func alerts(at now: Timestamp, businessAccountID: String) -> [ChannelAlert] {
        func alert(_ code: String, _ title: String, _ severity: ChannelAlert.Severity) -> ChannelAlert {
            ChannelAlert(code: code, title: title, severity: severity, occurredAt: now, raw: facts)
        }
        guard isValid else {
            return [alert("token.invalid", "The access token is not valid any more: set a new one", .critical)]
        }
        var alerts: [ChannelAlert] = []
        if let expiresAt {
            let left = expiresAt - now
            if left < Self.day * 14 {
                alerts.append(
                    alert(
                        "token.expires", "The access token expires on \(expiresAt.description.prefix(10)): renew it",
                        left < Self.day * 3 ? .critical : .warning))
            }
        }
        if json["scopes"] != nil {
            for scope in Self.neededScopes where !scopes.contains(scope) {
                alerts.append(alert("token.scope.\(scope)", "The access token lacks the permission \(scope)", .warning))
            }
        }
        if let accounts, !accounts.contains(businessAccountID) {
            alerts.append(
                alert("token.account", "The access token is not for this business_account_id", .warning))
        }
        return alerts
    }

    /// Without the token, and without the person who made it.
    var facts: JSON {
        .object([
            "is_valid": .bool(isValid), "expires_at": expiresAt.map { .string($0.description) } ?? .null,
            "app_id": json["app_id"]?.identifier.map { .string($0) }, "type": json["type"]?.string.map { .string($0) },
            "scopes": json["scopes"], "granular_scopes": json["granular_scopes"],
        ])
    }
}

extension GraphClient {
    /// Asks Meta about a token, as the app; nil when the app's id is not set.
    func report(on token: Secret, as app: MetaApp) async throws(ProviderFailure) -> TokenReport? {
        guard let appToken = app.token else { return nil }
        let body = try await quietly(
            .get("debug_token", [(name: "input_token", value: token.reveal())]), as: .token(appToken))
        guard let data = body["data"], data["is_valid"]?.bool != nil else {
            throw ProviderFailure(nil, HTTPAnswer(status: 200))
        }
        return TokenReport(json: data)
    }
}
