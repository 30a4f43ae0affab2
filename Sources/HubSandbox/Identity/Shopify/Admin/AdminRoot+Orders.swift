/// Orders as the Admin API shows them.
extension AdminRoot {
    private static let orderFields: Set<String> = [
        "id", "name", "email", "customer_id", "created_at", "processed_at", "updated_at", "financial_status",
        "fulfillment_status", "status", "tag", "test",
    ]

    /// - Parameter all: the orders of which some are asked for.
    func orders(_ all: [ShopifyOrder], _ arguments: GraphQLArguments) throws(GraphQLError) -> GraphQLValue {
        try allow("Order", arguments)
        let text = arguments["query"]?.text ?? ""
        let query = CatalogueQuery(text)
        warn(query, text, known: Self.orderFields, arguments)
        var found = all.filter { order in query.matches(Self.orderFields) { values(of: order, $0) } }
        found.sort { Self.key(of: $0, arguments) < Self.key(of: $1, arguments) }
        if arguments["reverse"]?.flag == true { found.reverse() }
        return try GraphQLPage(found, arguments) { $0.globalID }.value(of: "Order") { order($0) }
    }

    func order(_ order: ShopifyOrder) -> GraphQLValue {
        func time(_ seconds: Int?) -> JSON { seconds.map { JSON(ShopifyFormat.time($0)) } ?? .null }
        var fields = GraphQLValue.resolvers([
            "id": JSON(order.globalID), "legacyResourceId": JSON(String(order.id)), "name": JSON(order.name),
            "createdAt": time(order.createdAt), "processedAt": time(order.createdAt),
            "updatedAt": time(order.updatedAt), "cancelledAt": time(order.cancelledAt), "closedAt": .null,
            "email": Self.json(order.email), "phone": Self.json(order.phone), "note": Self.json(order.note),
            "tags": .array(order.tags.map { JSON($0) }), "test": false,
            "displayFinancialStatus": JSON(order.financial.rawValue),
            "displayFulfillmentStatus": JSON(order.fulfillment.rawValue),
            "statusPageUrl": JSON("https://\(shop.domain.text)/\(shop.id)/orders/\(order.id)/authenticate"),
        ])
        let total = GraphQLValue.object(
            type: "MoneyBag",
            [
                "shopMoney": GraphQLValue.just(money(order.cents)),
                "presentmentMoney": GraphQLValue.just(money(order.cents)),
            ])
        fields["totalPriceSet"] = GraphQLValue.just(total)
        fields["currentTotalPriceSet"] = GraphQLValue.just(total)
        // Resolved when it is selected: a customer has orders again.
        let buyer: GraphQLValue.Resolver = { (_) throws(GraphQLError) in
            shop.customer(order.customerID).map { customer($0) } ?? .null
        }
        let items: GraphQLValue.Resolver = { (arguments) throws(GraphQLError) in
            try GraphQLPage(Array(order.items.enumerated()), arguments) { "\(order.id)-\($0.offset)" }
                .value(of: "LineItem") { Self.item($0.element, id: order.id * 10 + $0.offset) }
        }
        fields["customer"] = buyer
        fields["lineItems"] = items
        fields["fulfillments"] = GraphQLValue.just(.list(Self.fulfillments(of: order)))
        return .object(type: "Order", fields)
    }

    private static func item(_ item: ShopifyOrder.Item, id: Int) -> GraphQLValue {
        .object(
            type: "LineItem",
            leaves: [
                "id": JSON("gid://shopify/LineItem/\(id)"), "title": JSON(item.title), "name": JSON(item.title),
                "quantity": JSON(item.quantity),
            ])
    }

    private static func fulfillments(of order: ShopifyOrder) -> [GraphQLValue] {
        guard [.fulfilled, .partiallyFulfilled].contains(order.fulfillment) else { return [] }
        var fields = GraphQLValue.resolvers([
            "id": JSON("gid://shopify/Fulfillment/\(order.id)"), "status": "SUCCESS",
        ])
        let tracking = order.tracking.map { tracking -> GraphQLValue in
            .object(
                type: "FulfillmentTrackingInfo",
                leaves: [
                    "company": JSON(tracking.company), "number": JSON(tracking.number), "url": JSON(tracking.url),
                ])
        }
        fields["trackingInfo"] = GraphQLValue.just(.list(tracking.map { [$0] } ?? []))
        return [.object(type: "Fulfillment", fields)]
    }

    private func values(of order: ShopifyOrder, _ field: String?) -> [String] {
        switch field {
        case "id": [String(order.id)]
        // With and without the sign.
        case "name": [order.name, String(order.number)]
        case "email": [order.email].compactMap { $0 }
        case "customer_id": order.customerID.map { [String($0)] } ?? []
        case "created_at", "processed_at": [ShopifyFormat.time(order.createdAt)]
        case "updated_at": [ShopifyFormat.time(order.updatedAt)]
        case "financial_status": [order.financial.rawValue]
        case "fulfillment_status": [order.fulfillment.rawValue] + (order.fulfillment == .fulfilled ? ["shipped"] : [])
        case "status": [order.cancelledAt == nil ? "open" : "cancelled", "any"]
        case "tag": order.tags
        case "test": ["false"]
        case nil: [order.name, order.email, order.phone].compactMap { $0 } + order.tags + order.items.map(\.title)
        default: []
        }
    }

    private static func key(of order: ShopifyOrder, _ arguments: GraphQLArguments) -> String {
        switch arguments["sortKey"]?.text {
        case "CREATED_AT", nil: ShopifyFormat.time(order.createdAt) + String(order.id)
        case "UPDATED_AT": ShopifyFormat.time(order.updatedAt)
        case "TOTAL_PRICE":
            String(repeating: "0", count: max(0, 12 - String(order.cents).count)) + String(order.cents)
        default: ShopifyFormat.time(order.createdAt)
        }
    }
}
