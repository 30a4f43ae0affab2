import AdapterKit
import Crypto

/// A webhook whose signature holds, as an event.
///
/// The signature covers the body alone, so the body goes before the headers where both say something.
struct ShopifyWebhook {
    /// Which topics an adapter has a use for, beside those that every app has to take.
    enum Interest {
        case privacy
        case orders
    }

    static let eventTopic = EventTopic(
        "webhooks",
        summary: """
            Webhooks of the app: app/uninstalled, the three privacy topics (customers/data_request, customers/redact, \
            shop/redact), and for shopify-admin orders/create and orders/updated.
            """)

    let topic: String
    private let shop: ShopName?
    private let id: String
    private let occurredAt: Timestamp
    private let body: JSON

    /// - Throws: `malformed` for a body that is no JSON object.
    init(_ request: WebhookRequest) throws(WebhookRejection) {
        func header(_ name: String) -> String? {
            request.headers["x-shopify-\(name)"] ?? request.headers["shopify-\(name)"]
        }
        topic = header("topic").map { String($0.prefix(100)) } ?? ""
        shop = header("shop-domain").flatMap(ShopName.init(domain:))
        id = Self.identifier(header("webhook-id"), topic: topic, body: request.body)
        occurredAt = header("triggered-at").flatMap(ShopifyTime.read) ?? request.receivedAt
        guard let json = try? JSON.parse(request.body), case .object = json else { throw .malformed }
        body = json
    }

    /// What happened, as far as the adapter has a use for it.
    /// - Parameter isOurs: Whether a shop is one of the connection's. Webhooks of other shops come with a good signature
    ///   when tenants share an app: they are told by name and nothing is done.
    func event(reading interest: Interest, subject: String? = nil, isOurs: (ShopName) -> Bool) -> ProviderEvent {
        let told = [body["shop_domain"], body["myshopify_domain"]].compactMap { $0?.string }
        guard let shop, told.allSatisfy({ ShopName(domain: $0) == shop }), isOurs(shop) else {
            return event(.unknown("\(topic) of another shop"))
        }
        return event(kind(of: shop, interest), issuer: shop.issuer, subject: subject)
    }

    private func kind(of shop: ShopName, _ interest: Interest) -> ProviderEvent.Kind {
        switch topic {
        case "app/uninstalled": return .uninstalled
        case "shop/redact": return .shopErasureRequested
        case "customers/data_request":
            return customer(orders: "orders_requested").map { .customerDataRequested($0) } ?? .unknown(topic)
        case "customers/redact":
            return customer(orders: "orders_to_redact").map { .customerErasureRequested($0) } ?? .unknown(topic)
        case _ where topic.hasPrefix("orders/") && interest == .orders:
            guard let order = OrderRecord(webhook: body, of: shop) else { return .unknown(topic) }
            return .order(.init(customer: CustomerRecord.reference(ofOrder: body), order: order.data))
        default: return .unknown(topic)
        }
    }

    private func customer(orders: String) -> ProviderEvent.CustomerReference? {
        var customer = CustomerRecord.reference(body["customer"])
        customer?.orders = (body[orders]?.elements ?? []).compactMap { $0.identifier.map(OrderRecord.identifier) }
        return customer
    }

    private func event(
        _ kind: ProviderEvent.Kind, issuer: String? = nil, subject: String? = nil
    ) -> ProviderEvent {
        ProviderEvent(id: id, kind: kind, issuer: issuer, subject: subject, occurredAt: occurredAt)
    }

    /// Shopify's id, the same at every attempt; for a webhook without one what it says.
    private static func identifier(_ id: String?, topic: String, body: [UInt8]) -> String {
        if let id, (1...100).contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return id }
        return "sha256:" + Hexadecimal.text(SHA256.hash(data: Array(topic.utf8) + [0] + body))
    }
}
