import AdapterKit

/// A Shopify app as tenants.yaml names it: what its two adapters have in common.
struct ShopifyApp: Sendable {
    let clientID: String
    /// The first is used, a second one still verifies while it is rotated.
    let secrets: [Secret]
    let admin: AdminAddress
    let callbacks: CallbackSignature
    let webhooks: WebhookSignature

    /// - Throws: ``SettingsProblem`` when the client id or a secret is missing, or an address is none.
    init(_ settings: AdapterSettings) throws(SettingsProblem) {
        guard let clientID = settings.text("client_id"), !clientID.isEmpty else {
            throw SettingsProblem(key: "client_id", message: "is missing")
        }
        secrets = settings.secrets("client_secret")
        guard !secrets.isEmpty, secrets.allSatisfy({ !$0.reveal().isEmpty }) else {
            throw SettingsProblem(key: "client_secret", message: "is missing")
        }
        self.clientID = clientID
        admin = try AdminAddress(settings.text(AdminAddress.setting) ?? AdminAddress.standard)
        callbacks = CallbackSignature(
            secrets: secrets, window: .seconds(settings.integer("timestamp_window_seconds") ?? 90))
        webhooks = WebhookSignature(secrets: secrets)
    }

    /// What is the same for tokens of people and of the shop.
    func provider(of shop: ShopName, scopes: [String]) -> IdentityProvider {
        let address = admin.of(shop)
        return IdentityProvider(
            issuer: shop.issuer,
            endpoints: .fixed(
                ProviderEndpoints.Addresses(
                    authorization: "\(address)/admin/oauth/authorize", token: "\(address)/admin/oauth/access_token")),
            clientID: clientID, clientAuthentication: .json, scopes: scopes, scopeSeparator: ",", usesPKCE: false,
            idToken: nil)
    }

    static let exceptions = [
        ProviderException(.pkce, "Shopify's authorization has no PKCE; its callback is signed with the app's secret."),
        ProviderException(.nonce, "Shopify gives no ID token that a nonce could be in."),
        ProviderException(
            .idToken, "Shopify is no OpenID provider: the token reply itself names the user or stands for the shop."),
        ProviderException(.scopeSeparator, "Shopify separates scopes by commas."),
    ]

    /// The settings of both adapters.
    /// - Parameter scope: Whether tenants can share the app.
    static func settings(_ scope: SettingsField.Scope) -> [SettingsField] {
        [
            SettingsField(
                "client_id", .text, scope: scope, required: true,
                format: TextFormat(
                    characters: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", length: 1...100,
                    summary: "must be the app's client id"),
                summary: "Client id of the Shopify app."),
            SettingsField(
                "client_secret", .secrets(maximum: 2), scope: scope, required: true,
                summary: "Client secret of the app. A second one is accepted in signatures while it is rotated."),
            SettingsField(
                AdminAddress.setting, .text, scope: scope, defaultValue: AdminAddress.standard,
                summary: "Address of a shop's administration, with {shop} in it; another one for a sandbox."),
            SettingsField(
                "timestamp_window_seconds", .integer(10...600), scope: scope, defaultValue: "90",
                summary: "How old a callback may be."),
        ]
    }
}
