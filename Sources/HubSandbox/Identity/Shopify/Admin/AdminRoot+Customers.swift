/// Customers as the Admin API shows them.
extension AdminRoot {
    private static let customerFields: Set<String> = [
        "id", "email", "phone", "first_name", "last_name", "tag", "state", "orders_count", "total_spent",
        "customer_date", "updated_at", "country",
    ]

    func customers(_ arguments: GraphQLArguments) throws(GraphQLError) -> GraphQLValue {
        try allow("Customer", arguments)
        let text = arguments["query"]?.text ?? ""
        let query = CatalogueQuery(text)
        warn(query, text, known: Self.customerFields, arguments)
        var found = shop.customers.filter { customer in
            query.matches(Self.customerFields) { values(of: customer, $0) }
        }
        found.sort { Self.key(of: $0, arguments) < Self.key(of: $1, arguments) }
        if arguments["reverse"]?.flag == true { found.reverse() }
        return try GraphQLPage(found, arguments) { $0.globalID }.value(of: "Customer") { customer($0) }
    }

    /// The customer of an identifier, which says exactly one thing: an id, an e-mail address or a phone number.
    func identified(_ arguments: GraphQLArguments) throws(GraphQLError) -> ShopifyCustomer? {
        let members = (arguments["identifier"]?.members ?? []).filter { $0.value != .null }
        guard members.count == 1, let member = members.first, let value = member.value.text else {
            throw GraphQLError(
                message: "'CustomerIdentifierInput' requires exactly one argument, but \(members.count) were provided.",
                location: arguments.field.location, path: [arguments.field.key], code: "INVALID_VARIABLE")
        }
        return shop.customers.first { customer in
            switch member.name {
            case "id": customer.globalID == value
            case "emailAddress": customer.email?.lowercased() == value.lowercased()
            case "phoneNumber": customer.phone == value
            default: false
            }
        }
    }

    func customer(_ customer: ShopifyCustomer) -> GraphQLValue {
        let orders = shop.orders(of: customer.id)
        var fields = GraphQLValue.resolvers([
            "id": JSON(customer.globalID), "legacyResourceId": JSON(String(customer.id)),
            "displayName": JSON(customer.displayName), "firstName": Self.json(customer.firstName),
            "lastName": Self.json(customer.lastName), "email": Self.json(customer.email),
            "phone": Self.json(customer.phone), "numberOfOrders": JSON(String(orders.count)),
            "tags": .array(customer.tags.map { JSON($0) }), "note": Self.json(customer.note), "locale": "en",
            "state": "DISABLED", "verifiedEmail": .bool(customer.email != nil),
            "createdAt": JSON(ShopifyFormat.time(customer.createdAt)),
            "updatedAt": JSON(ShopifyFormat.time(orders.map(\.updatedAt).max() ?? customer.createdAt)),
        ])
        fields["amountSpent"] = GraphQLValue.just(money(shop.spent(by: customer.id)))
        fields["defaultEmailAddress"] = GraphQLValue.just(
            customer.email.map { .object(type: "CustomerEmailAddress", leaves: ["emailAddress": JSON($0)]) } ?? .null)
        fields["defaultPhoneNumber"] = GraphQLValue.just(
            customer.phone.map { .object(type: "CustomerPhoneNumber", leaves: ["phoneNumber": JSON($0)]) } ?? .null)
        let page: GraphQLValue.Resolver = { (arguments) throws(GraphQLError) in try self.orders(orders, arguments) }
        fields["orders"] = page
        fields["lastOrder"] = GraphQLValue.just(
            orders.max { $0.createdAt < $1.createdAt }.map { order($0) } ?? .null)
        return .object(type: "Customer", fields)
    }

    func money(_ cents: Int) -> GraphQLValue {
        .object(
            type: "MoneyV2",
            leaves: ["amount": JSON(ShopifyFormat.amount(cents)), "currencyCode": JSON(shop.currency)])
    }

    static func json(_ text: String?) -> JSON { text.map { JSON($0) } ?? .null }

    private func values(of customer: ShopifyCustomer, _ field: String?) -> [String] {
        switch field {
        case "id": [String(customer.id)]
        case "email": [customer.email].compactMap { $0 }
        case "phone": [customer.phone].compactMap { $0 }
        case "first_name": [customer.firstName].compactMap { $0 }
        case "last_name": [customer.lastName].compactMap { $0 }
        case "tag": customer.tags
        case "state": ["disabled"]
        case "orders_count": [String(shop.orders(of: customer.id).count)]
        case "total_spent": [ShopifyFormat.amount(shop.spent(by: customer.id))]
        case "customer_date": [ShopifyFormat.time(customer.createdAt)]
        case nil: [customer.displayName, customer.email, customer.phone].compactMap { $0 } + customer.tags
        default: []
        }
    }

    private static func key(of customer: ShopifyCustomer, _ arguments: GraphQLArguments) -> String {
        switch arguments["sortKey"]?.text {
        case "NAME": customer.displayName
        case "CREATED_AT", "UPDATED_AT": ShopifyFormat.time(customer.createdAt)
        default: String(customer.id)
        }
    }
}
