/// What webhooks say, in the shapes of the REST API.
enum ShopifyPayloads {
    /// The topics that can be sent, with or without a subscription.
    static let topics = [
        "app/uninstalled", "customers/data_request", "customers/redact", "shop/redact", "orders/create",
        "orders/updated", "customers/update",
    ]

    /// - Parameters:
    ///   - customer: whom privacy topics are about; nil for one without address and phone.
    ///   - order: what order topics are about.
    static func make(
        _ topic: String, _ shop: ShopifyShop, customer: ShopifyCustomer?, order: ShopifyOrder?
    ) -> JSON? {
        let named: JSON = ["shop_id": JSON(shop.id), "shop_domain": JSON(shop.domain.text)]
        let person = customer?.privacyJSON ?? ["id": 7_299_999_999_999, "email": .null, "phone": .null]
        let orders = JSON.array(customer.map { shop.orders(of: $0.id).map { JSON($0.id) } } ?? [])
        switch topic {
        case "app/uninstalled": return self.shop(shop)
        case "customers/data_request":
            return named
                + [
                    "orders_requested": orders, "customer": person,
                    "data_request": ["id": JSON(Int.random(in: 1_000_000...9_999_999))],
                ]
        case "customers/redact": return named + ["customer": person, "orders_to_redact": orders]
        case "shop/redact": return named
        case "orders/create", "orders/updated": return order.map { self.order($0, shop) }
        case "customers/update": return customer.map { self.customer($0, shop) }
        default: return nil
        }
    }

    static func shop(_ shop: ShopifyShop) -> JSON {
        [
            "id": JSON(shop.id), "name": JSON(shop.name), "email": JSON(shop.email), "domain": JSON(shop.domain.text),
            "myshopify_domain": JSON(shop.domain.text), "currency": JSON(shop.currency), "plan_name": "basic",
            "iana_timezone": "America/New_York",
        ]
    }

    static func customer(_ customer: ShopifyCustomer, _ shop: ShopifyShop) -> JSON {
        [
            "id": JSON(customer.id), "email": AdminRoot.json(customer.email),
            "created_at": JSON(ShopifyFormat.time(customer.createdAt)),
            "first_name": AdminRoot.json(customer.firstName), "last_name": AdminRoot.json(customer.lastName),
            "note": AdminRoot.json(customer.note), "phone": AdminRoot.json(customer.phone),
            "tags": JSON(customer.tags.joined(separator: ", ")), "currency": JSON(shop.currency),
            "admin_graphql_api_id": JSON(customer.globalID),
        ]
    }

    static func order(_ order: ShopifyOrder, _ shop: ShopifyShop) -> JSON {
        let fulfillment: JSON =
            switch order.fulfillment {
            case .fulfilled: "fulfilled"
            case .partiallyFulfilled: "partial"
            default: .null
            }
        let items = order.items.enumerated().map { index, item -> JSON in
            [
                "id": JSON(order.id * 10 + index), "title": JSON(item.title), "name": JSON(item.title),
                "quantity": JSON(item.quantity), "price": JSON(ShopifyFormat.amount(item.cents)),
            ]
        }
        return [
            "id": JSON(order.id), "admin_graphql_api_id": JSON(order.globalID),
            "cancelled_at": order.cancelledAt.map { JSON(ShopifyFormat.time($0)) } ?? .null,
            "contact_email": AdminRoot.json(order.email), "created_at": JSON(ShopifyFormat.time(order.createdAt)),
            "currency": JSON(shop.currency), "email": AdminRoot.json(order.email),
            "financial_status": JSON(order.financial.rawValue.lowercased()), "fulfillment_status": fulfillment,
            "name": JSON(order.name), "note": AdminRoot.json(order.note), "number": JSON(order.number - 1000),
            "order_number": JSON(order.number), "phone": AdminRoot.json(order.phone),
            "tags": JSON(order.tags.joined(separator: ", ")), "test": false,
            "total_price": JSON(ShopifyFormat.amount(order.cents)),
            "updated_at": JSON(ShopifyFormat.time(order.updatedAt)),
            "customer": shop.customer(order.customerID).map { customer($0, shop) } ?? .null,
            "line_items": .array(items),
        ]
    }
}
