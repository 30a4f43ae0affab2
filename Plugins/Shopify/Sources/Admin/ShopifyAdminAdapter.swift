public import AdapterKit

/// Joins one shop: shows customers and orders with the contacts that wrote, and tells of orders as they change.
public struct ShopifyAdminAdapter: SessionTokenExchanging, CallbackProof, GrantRevoking, ProviderEvents {
    /// Asked for where the settings name no scopes.
    static let standardScopes = ["read_customers", "read_orders"]

    let app: ShopifyApp
    let shop: ShopName
    let client: AdminClient
    let orders: Int
    private let scopes: [String]
    private let host: any AdapterHost

    /// - Throws: ``SettingsProblem`` for a shop, an address or a version that is none.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        app = try ShopifyApp(settings)
        guard let shop = settings.text("shop").flatMap(ShopName.init(input:)) else {
            throw SettingsProblem(key: "shop", message: "must be a shop's name, such as acme-store.myshopify.com")
        }
        let version = settings.text("api_version") ?? Self.standardVersion
        guard version.wholeMatch(of: /20[0-9]{2}-(01|04|07|10)|unstable/) != nil else {
            throw SettingsProblem(key: "api_version", message: "must be a version of the Admin API, such as 2026-07")
        }
        let scopes = settings.list("scopes")
        self.scopes = scopes.isEmpty ? Self.standardScopes : scopes
        self.shop = shop
        self.host = host
        orders = settings.integer("orders") ?? 5
        client = AdminClient(
            address: app.admin.of(shop), version: version, http: host.http, grant: host.grant, log: host.log)
    }

    /// The shop's own addresses, with an offline token that lapses and is renewed.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        var provider = app.provider(of: shop, scopes: scopes)
        provider.tokenParameters = ["expiring": "1"]
        provider.refresh = RefreshRules(rotates: true)
        provider.keepsTokens = true
        return provider
    }

    /// Checks `hmac`, `timestamp`, and that the shop is the one of the settings.
    public func prove(_ callback: SignInCallback) throws(SignInRefusal) { try app.callbacks.prove(callback, of: shop) }

    /// The shop itself, when the token is the shop's and has the scopes.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        try identity(evidence.tokens)
    }

    /// Exchanges a session token of the shop's administration for tokens to keep, as apps do that are opened there.
    /// - Throws: ``SignInRefusal`` for a token that does not hold or is another shop's.
    public func exchange(
        sessionToken: Secret
    ) async throws(SignInRefusal) -> (identity: ProviderIdentity, tokens: ProviderTokens) {
        let exchange = SessionTokenExchange(app: app, http: host.http, clock: host.clock)
        let tokens = try await exchange.tokens(for: sessionToken, of: shop)
        return (try identity(tokens), tokens)
    }

    private func identity(_ tokens: ProviderTokens) throws(SignInRefusal) -> ProviderIdentity {
        guard tokens.reply["associated_user"] == nil else {
            throw SignInRefusal(.modeMismatch, "an online token came where an offline one was asked for")
        }
        guard tokens.accessExpiresAt == nil || tokens.refreshToken != nil else {
            throw SignInRefusal(.modeMismatch, "a token that lapses came without one to renew it")
        }
        guard AccessScopes(tokens.scopes).missing(scopes).isEmpty else { throw SignInRefusal(.scopesMissing) }
        return ProviderIdentity(subject: shop.domain, label: shop.domain)
    }

    /// Asks the shop for its name.
    public func test() async throws(ProviderFailure) -> String {
        let name = try await client.data("query ComfileTest { shop { name } }")["shop"]?["name"]?.string
        return "\(name ?? "The shop") (\(shop.domain)) answers, API version \(client.version)."
    }

    /// Takes the app's access to the shop back. A token that is dead already is as good as revoked.
    public func revoke(
        _ tokens: ProviderTokens, subject: String, _ provider: IdentityProvider
    ) async throws(ProviderFailure) {
        let call = HTTPCall(
            method: "DELETE", url: "\(client.address)/admin/api_permissions/current.json",
            headers: [("accept", "application/json"), (AdminFailure.tokenHeader, tokens.accessToken.reveal())])
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await host.http.send(call)
        } catch {
            throw ProviderFailure(error)
        }
        switch answer.status {
        case 200..<300, 401, 404: return
        default: throw AdminFailure.of(answer)
        }
    }

    /// Checks the signature and reads what happened.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard topic == ShopifyWebhook.eventTopic.name else { throw .handshakeWrong }
        try app.webhooks.verify(request)
        let webhook = try ShopifyWebhook(request)
        return .proven([webhook.event(reading: .orders, subject: shop.domain) { $0 == shop }])
    }

    /// Shopify signs webhooks by their bytes and sends no tokens.
    public func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] { [] }

    /// Looks up who wrote, and ties what the shop knows of them to the contact. Done again, it gives the same.
    public func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
        await ContactLookup(client: client, shop: shop, orders: orders, conversations: host.conversations)
            .deliver(delivery)
    }
}
