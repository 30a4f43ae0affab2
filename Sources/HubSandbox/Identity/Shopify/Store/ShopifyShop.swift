/// A shop: what it is called, who buys there, and which apps it has.
struct ShopifyShop: Sendable {
    let domain: ShopDomain
    let id: Int
    var name: String
    var email: String
    var currency = "USD"
    var customers: [ShopifyCustomer] = []
    var orders: [ShopifyOrder] = []
    var subscriptions: [WebhookSubscription] = []
    /// The points of the GraphQL bucket that are left, by client id.
    var buckets: [String: GraphQLBucket] = [:]

    /// Newest orders and customers beyond this many are refused.
    static let limit = 10_000

    func customer(_ id: Int?) -> ShopifyCustomer? { customers.first { $0.id == id } }
    func orders(of customer: Int) -> [ShopifyOrder] { orders.filter { $0.customerID == customer } }

    /// What a customer has paid, in hundredths.
    func spent(by customer: Int) -> Int {
        orders(of: customer).filter { $0.cancelledAt == nil && $0.financial != .voided }.reduce(0) { $0 + $1.cents }
    }

    var nextOrderID: Int { (orders.map(\.id).max() ?? 5_400_000_000_000) + 32_768 }
    var nextOrderNumber: Int { (orders.map(\.number).max() ?? 1000) + 1 }
    var nextCustomerID: Int { (customers.map(\.id).max() ?? 7_200_000_000_000) + 32_768 }
}

/// An app's wish to be told of a topic.
struct WebhookSubscription: Hashable, Sendable {
    let id: Int
    let clientID: String
    /// As in webhooks, e.g. `orders/create`.
    let topic: String
    var url: String
    /// Unix seconds.
    let createdAt: Int

    var globalID: String { "gid://shopify/WebhookSubscription/\(id)" }
    /// As in GraphQL, e.g. `ORDERS_CREATE`.
    var enumName: String { Self.enumName(topic) }

    static func enumName(_ topic: String) -> String {
        String(topic.uppercased().map { $0 == "/" ? "_" : $0 })
    }

    /// The topics that are played.
    static let topics = ["app/uninstalled", "orders/create", "orders/updated", "customers/update"]
}
