import AdapterKit
import HubCore

/// Two tenants on one shared app; the first has a channel with a secret of its own besides. Each has a channel that can do
/// everything: `desk` and `counter`.
enum Sample {
    static let appSecret = "the-secret-of-the-shared-app"
    static let channelSecret = "the-secret-of-one-channel"

    /// The key of a tenant with every scope.
    static func key(_ tenant: String) -> String { "\(tenant)-key-with-all-the-scopes" }

    /// The channel of a tenant that can do everything.
    static func desk(_ tenant: String) -> String { tenant == "acme" ? "desk" : "counter" }

    /// The key of acme with every scope but one.
    static func key(without scope: APIScope) -> String { "acme-key-without-\(scope.rawValue)" }

    static func configuration(data: String) -> HubConfiguration {
        HubConfiguration(
            listen: ListenAddress(host: "127.0.0.1", port: 0),
            operatorListen: ListenAddress(host: "127.0.0.1", port: 0),
            dataPath: data, masterKey: .file(path: "\(data)/master.key"),
            apps: [AppConfiguration(name: "shared", adapter: "test-channel", settings: settings(appSecret))],
            tenants: [
                TenantConfiguration(
                    id: "acme", name: "Acme Ltd",
                    apiKeys: [key(name: "all", key("acme"), Set(APIScope.allCases))]
                        + APIScope.allCases.map { scope in
                            key(name: scope.rawValue, key(without: scope), Set(APIScope.allCases).subtracting([scope]))
                        },
                    channels: [
                        channel("desk", number: "102", secret: channelSecret, adapter: "desk-channel"),
                        channel("direct", number: "101", secret: channelSecret),
                        channel("support", number: "100", app: "shared"),
                    ],
                    systems: [SystemConfiguration(name: "crm", adapter: "test-system", settings: AdapterSettings([:]))],
                    routes: [RouteConfiguration(to: "crm", events: ["message.*"])]),
                TenantConfiguration(
                    id: "globex", name: "Globex Corporation",
                    apiKeys: [key(name: "all", key("globex"), Set(APIScope.allCases))],
                    channels: [
                        channel("care", number: "200", app: "shared"),
                        channel("counter", number: "202", secret: channelSecret, adapter: "desk-channel"),
                    ]),
            ])
    }

    private static func key(name: String, _ key: String, _ scopes: Set<APIScope>) -> APIKeyConfiguration {
        APIKeyConfiguration(name: name, key: Secret(key), scopes: scopes)
    }

    private static func channel(
        _ name: String, number: String, app: String? = nil, secret: String = appSecret, adapter: String = "test-channel"
    ) -> ChannelConfiguration {
        ChannelConfiguration(
            name: name, adapter: adapter, app: app, settings: settings(secret, number: number),
            accounts: ChannelAccounts(channel: number))
    }

    private static func settings(_ secret: String, number: String? = nil) -> AdapterSettings {
        AdapterSettings(
            ["secret": .secret([Secret(secret)])].merging(number.map { ["number": .text($0)] } ?? [:]) { $1 })
    }
}
