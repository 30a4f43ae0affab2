import AdapterKit

/// An order as it is shown with a contact, the same whether it was asked for or came by a webhook.
struct OrderRecord {
    static let type = "order"
    private static let prefix = "gid://shopify/Order/"
    private static let maximumItems = 10

    let id: String
    let data: JSON

    var record: SystemRecord { SystemRecord(id: id, type: Self.type, data: data) }

    /// - Parameter order: As ``CustomerQuery`` asks for it; nil when it has no id.
    init?(_ order: JSON, of shop: ShopName) {
        guard let id = order["id"]?.string, id.hasPrefix(Self.prefix) else { return nil }
        self.init(
            id: id, shop: shop, name: order["name"], createdAt: order["createdAt"], updatedAt: order["updatedAt"],
            cancelledAt: order["cancelledAt"], payment: order["displayFinancialStatus"],
            fulfillment: order["displayFulfillmentStatus"], total: Money(order["totalPriceSet"]?["shopMoney"]),
            items: (order["lineItems"]?["nodes"]?.elements ?? []).map { ($0["title"], $0["quantity"]) })
    }

    /// - Parameter order: As webhooks have it, which is the form of the REST API.
    init?(webhook order: JSON, of shop: ShopName) {
        guard let number = order["id"]?.identifier, !number.isEmpty else { return nil }
        self.init(
            id: Self.identifier(number), shop: shop, name: order["name"],
            createdAt: order["created_at"], updatedAt: order["updated_at"], cancelledAt: order["cancelled_at"],
            payment: order["financial_status"], fulfillment: order["fulfillment_status"],
            total: Money(amount: order["total_price"], currency: order["currency"]),
            items: (order["line_items"]?.elements ?? []).map { ($0["title"], $0["quantity"]) })
    }

    /// The id of GraphQL for the number of the REST API.
    static func identifier(_ number: String) -> String { number.hasPrefix(prefix) ? number : prefix + number }

    private init(
        id: String, shop: ShopName, name: JSON?, createdAt: JSON?, updatedAt: JSON?, cancelledAt: JSON?, payment: JSON?,
        fulfillment: JSON?, total: Money, items: [(title: JSON?, quantity: JSON?)]
    ) {
        self.id = id
        data = .object([
            "id": .string(id), "shop": .string(shop.domain), "name": name, "created_at": Self.time(createdAt),
            "updated_at": Self.time(updatedAt), "cancelled_at": Self.time(cancelledAt),
            "payment_status": payment?.string.map { .string($0.lowercased()) },
            "fulfillment_status": .string(Self.fulfillment(fulfillment?.string)), "total": total.json,
            "items": .array(
                items.prefix(Self.maximumItems).map { .object(["title": $0.title, "quantity": $0.quantity]) }),
            "url": .string("https://\(shop.domain)/admin/orders/\(id.dropFirst(Self.prefix.count))"),
        ])
    }

    /// In UTC, so that times of both forms compare; what is no time is left out.
    private static func time(_ json: JSON?) -> JSON? {
        json?.string.flatMap(ShopifyTime.read).map { .string($0.description) }
    }

    /// The words of GraphQL in lower case; webhooks have shorter ones, and none for an order that nothing was sent of.
    private static func fulfillment(_ word: String?) -> String {
        switch word?.lowercased() {
        case nil: "unfulfilled"
        case "partial": "partially_fulfilled"
        case .some(let word): word
        }
    }
}
