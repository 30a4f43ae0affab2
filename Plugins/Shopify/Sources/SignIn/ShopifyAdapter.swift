public import AdapterKit

/// Signs in the staff of a shop: an online token of Shopify's OAuth, which names the user, is asked for and not kept.
public struct ShopifyAdapter: IdentityAdapter, CallbackProof, ProviderEvents {
    static let shopParameter = "shop"

    private let app: ShopifyApp
    /// Empty for an app that tenants share, with which nobody signs in by itself.
    private let shops: Set<ShopName>
    private let scopes: [String]

    /// - Throws: ``SettingsProblem`` for an address that is none, and for a shop that is none.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        app = try ShopifyApp(settings)
        var shops: Set<ShopName> = []
        for text in settings.list("shops") {
            guard let shop = ShopName(input: text) else {
                throw SettingsProblem(key: "shops", message: "holds a name that is no shop's")
            }
            shops.insert(shop)
        }
        guard !shops.isEmpty || settings["shops"] == nil else {
            throw SettingsProblem(key: "shops", message: "must name the shops whose staff may sign in")
        }
        self.shops = shops
        scopes = settings.list("scopes")
    }

    /// The shop's own addresses, with an online token asked for.
    /// - Throws: `shop_wrong` for a name that is no shop's, and for a shop that the settings do not name.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        var provider = app.provider(of: try shop(parameters), scopes: scopes)
        provider.authorizationParameters = ["grant_options[]": "per-user"]
        return provider
    }

    /// Checks `hmac`, `timestamp`, and that the shop is the one that was asked.
    public func prove(_ callback: SignInCallback) throws(SignInRefusal) {
        try app.callbacks.prove(callback, of: try shop(callback.startParameters))
    }

    /// The user whom the token reply names. User ids belong to their shop, which is the issuer.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let shop = try shop(evidence.callback.startParameters)
        guard evidence.provider.issuer == shop.issuer else { throw SignInRefusal(.issuerWrong, "shop") }
        guard case .object = evidence.tokens.reply["associated_user"] else {
            // A token of the shop vouches for nobody.
            throw SignInRefusal(.modeMismatch, "an offline token came where an online one was asked for")
        }
        guard AccessScopes(evidence.tokens.scopes).missing(scopes).isEmpty else { throw SignInRefusal(.scopesMissing) }
        return try ShopUser(evidence.tokens.reply).identity(label: shop.domain)
    }

    /// Checks the signature and reads what happened.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard topic == ShopifyWebhook.eventTopic.name else { throw .handshakeWrong }
        try app.webhooks.verify(request)
        let webhook = try ShopifyWebhook(request)
        return .proven([webhook.event(reading: .privacy) { shops.contains($0) }])
    }

    /// Shopify signs webhooks by their bytes and sends no tokens.
    public func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] { [] }

    private func shop(_ parameters: [String: String]) throws(SignInRefusal) -> ShopName {
        guard let shop = parameters[Self.shopParameter].flatMap(ShopName.init(input:)) else {
            throw SignInRefusal(.shopWrong, "no shop's name")
        }
        guard shops.contains(shop) else { throw SignInRefusal(.shopWrong, "not one of the shops of this connection") }
        return shop
    }
}
