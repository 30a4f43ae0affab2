/// The roots of the GraphQL Admin API over one shop.
struct AdminRoot {
    let shop: ShopifyShop
    /// The app that asks.
    let clientID: String
    let scopes: AccessScopes
    /// Warnings of the searches that were made, for `extensions.search`.
    let warnings: Warnings
    /// Whether customers and orders of people are kept from the app (protected customer data).
    var isDataProtected = false

    /// Collected while a query runs.
    final class Warnings {
        var list: [JSON] = []
    }

    func query() -> [String: GraphQLValue.Resolver] {
        [
            "shop": GraphQLValue.just(shopValue),
            "customers": { (arguments) throws(GraphQLError) in try customers(arguments) },
            "customer": { (arguments) throws(GraphQLError) in
                try allow("Customer", arguments)
                return Self.id(arguments, "Customer").flatMap { shop.customer($0) }.map { customer($0) } ?? .null
            },
            "customerByIdentifier": { (arguments) throws(GraphQLError) in
                try allow("Customer", arguments)
                return try identified(arguments).map { customer($0) } ?? .null
            },
            "orders": { (arguments) throws(GraphQLError) in try orders(shop.orders, arguments) },
            "order": { (arguments) throws(GraphQLError) in
                try allow("Order", arguments)
                let id = Self.id(arguments, "Order")
                return shop.orders.first { $0.id == id }.map { order($0) } ?? .null
            },
            "webhookSubscriptions": { (arguments) throws(GraphQLError) in
                let topics = (arguments["topics"]?.elements ?? []).compactMap(\.text)
                let own = shop.subscriptions.filter { $0.clientID == clientID }
                let chosen = own.filter { topics.isEmpty || topics.contains($0.enumName) }
                return try GraphQLPage(chosen, arguments) { $0.globalID }.value(of: "WebhookSubscription") {
                    Self.subscription($0)
                }
            },
            "currentAppInstallation": GraphQLValue.just(
                .object(
                    type: "AppInstallation",
                    [
                        "id": GraphQLValue.just(.leaf(JSON("gid://shopify/AppInstallation/\(shop.id)"))),
                        "accessScopes": GraphQLValue.just(
                            .list(
                                scopes.names.map { .object(type: "AccessScope", leaves: ["handle": JSON($0)]) })),
                    ])),
        ]
    }

    private var shopValue: GraphQLValue {
        var fields = GraphQLValue.resolvers([
            "id": JSON("gid://shopify/Shop/\(shop.id)"), "name": JSON(shop.name), "email": JSON(shop.email),
            "contactEmail": JSON(shop.email), "myshopifyDomain": JSON(shop.domain.text),
            "currencyCode": JSON(shop.currency), "ianaTimezone": "America/New_York",
            "url": JSON("https://\(shop.domain.text)"),
        ])
        fields["plan"] = GraphQLValue.just(
            .object(
                type: "ShopPlan",
                leaves: ["displayName": "Basic", "partnerDevelopment": false, "shopifyPlus": false]))
        return .object(type: "Shop", fields)
    }

    static func subscription(_ subscription: WebhookSubscription) -> GraphQLValue {
        let time = JSON(ShopifyFormat.time(subscription.createdAt))
        var fields = GraphQLValue.resolvers([
            "id": JSON(subscription.globalID), "topic": JSON(subscription.enumName), "uri": JSON(subscription.url),
            "callbackUrl": JSON(subscription.url), "format": "JSON", "createdAt": time, "updatedAt": time,
        ])
        fields["endpoint"] = GraphQLValue.just(
            .object(type: "WebhookHttpEndpoint", leaves: ["callbackUrl": JSON(subscription.url)]))
        return .object(type: "WebhookSubscription", fields)
    }

    /// The number in an argument `id`, if it names an object of that type.
    static func id(_ arguments: GraphQLArguments, _ type: String) -> Int? {
        let prefix = "gid://shopify/\(type)/"
        guard let text = arguments["id"]?.text, text.hasPrefix(prefix) else { return nil }
        return Int(text.dropFirst(prefix.count))
    }

    /// - Throws: the refusal of an app that has no approval for protected customer data.
    func allow(_ type: String, _ arguments: GraphQLArguments) throws(GraphQLError) {
        guard isDataProtected else { return }
        throw GraphQLError(
            message: "This app is not approved to access the \(type) object. See "
                + "https://shopify.dev/docs/apps/launch/protected-customer-data for more details.",
            location: arguments.field.location, path: [arguments.field.key], code: "ACCESS_DENIED",
            extensions: [
                .init(
                    name: "documentation", value: "https://shopify.dev/docs/apps/launch/protected-customer-data")
            ])
    }

    /// Notes the fields of a search that the list does not know.
    func warn(_ query: CatalogueQuery, _ text: String, known: Set<String>, _ arguments: GraphQLArguments) {
        let unknown = query.unknown(known)
        guard !unknown.isEmpty else { return }
        let list = unknown.map { field -> JSON in
            ["field": JSON(field), "message": "Invalid search field for this query.", "code": "invalid_field"]
        }
        warnings.list.append([
            "path": [JSON(arguments.field.key)], "query": JSON(text), "warnings": .array(list),
        ])
    }
}
