import Hummingbird

/// What happens in shops: customers come, orders are placed and change.
extension ShopifyControl {
    func addStore(to group: RouterGroup<SandboxContext>) {
        group.get("shops") { _, _ in
            Response.json(["shops": .array(await platform.shops.values.map(ShopifyPayloads.shop))])
        }
        group.post("shops") { request, _ in
            let json = try await request.json()
            guard let domain = json["shop"]?.text.flatMap({ ShopDomain($0) }) else {
                throw ControlError("'shop' takes the name of a shop, e.g. a-store.myshopify.com")
            }
            return Response.json(try await platform.open(domain, name: json["name"]?.text))
        }
        group.get("orders") { request, _ in
            let shop = try await shop(named: request)
            return Response.json(["orders": .array(shop.orders.map { ShopifyPayloads.order($0, shop) })])
        }
        group.post("orders") { request, _ in
            let json = try await request.json()
            return Response.json(try await platform.change(order: json, in: try await shop(json).domain))
        }
        group.get("customers") { request, _ in
            let shop = try await shop(named: request)
            return Response.json(["customers": .array(shop.customers.map { ShopifyPayloads.customer($0, shop) })])
        }
        group.post("customers") { request, _ in
            let json = try await request.json()
            return Response.json(try await platform.change(customer: json, in: try await shop(json).domain))
        }
    }

    private func shop(named request: Request) async throws -> ShopifyShop {
        try await shop(["shop": request.uri.queryParameters["shop"].map { JSON(String($0)) }])
    }
}

extension ShopifyPlatform {
    fileprivate func open(_ domain: ShopDomain, name: String?) throws(ControlError) -> JSON {
        guard shops.count < 1000 else { throw ControlError("there are 1000 shops already") }
        var shop =
            shops[domain.text]
            ?? ShopifyShop(
                domain: domain, id: 61_000_000_001 + shops.count, name: domain.handle,
                email: "owner@\(domain.handle).example")
        if let name { shop.name = name }
        shops[domain.text] = shop
        return ShopifyPayloads.shop(shop)
    }

    /// Places an order, or changes the one of `id` or `name`, and tells those who subscribed to it.
    fileprivate func change(order json: JSON, in domain: ShopDomain) async throws(ControlError) -> JSON {
        guard var shop = shops[domain.text] else { throw ControlError("no such shop", http: 404) }
        var index: Int?
        if json["id"] != nil || json["name"] != nil {
            index = shop.orders.firstIndex { $0.id == json["id"]?.integer || $0.name == json["name"]?.text }
            guard index != nil else { throw ControlError("there is no such order", http: 404) }
        }
        guard index != nil || shop.orders.count < ShopifyShop.limit else {
            throw ControlError("the shop has \(ShopifyShop.limit) orders already")
        }
        var order: ShopifyOrder
        if let index {
            order = shop.orders[index]
        } else {
            order = ShopifyOrder(
                id: shop.nextOrderID, number: shop.nextOrderNumber, createdAt: now, updatedAt: now,
                items: [ShopifyOrder.Item(title: "Reading lamp", quantity: 1, cents: 5990)])
        }
        try order.change(json, in: shop, now: now)
        if let index { shop.orders[index] = order } else { shop.orders.append(order) }
        shops[domain.text] = shop
        let payload = ShopifyPayloads.order(order, shop)
        let told = await tell(index == nil ? "orders/create" : "orders/updated", of: shop, payload: payload)
        return ["order": payload, "webhooks": JSON(told)]
    }

    /// Adds a customer, or changes the one of `id`.
    fileprivate func change(customer json: JSON, in domain: ShopDomain) async throws(ControlError) -> JSON {
        guard var shop = shops[domain.text] else { throw ControlError("no such shop", http: 404) }
        let index = json["id"]?.integer.flatMap { id in shop.customers.firstIndex { $0.id == id } }
        guard index != nil || json["id"] == nil else { throw ControlError("there is no such customer", http: 404) }
        guard index != nil || shop.customers.count < ShopifyShop.limit else {
            throw ControlError("the shop has \(ShopifyShop.limit) customers already")
        }
        var customer = index.map { shop.customers[$0] } ?? ShopifyCustomer(id: shop.nextCustomerID, createdAt: now)
        for member in json.members ?? [] {
            switch member.name {
            case "id", "shop": continue
            case "first_name": customer.firstName = member.value.text
            case "last_name": customer.lastName = member.value.text
            case "email": customer.email = member.value.text
            case "phone": customer.phone = member.value.text
            case "note": customer.note = member.value.text
            case "tags": customer.tags = member.value.elements?.compactMap(\.text) ?? []
            default: throw ControlError("a customer has no '\(member.name.prefix(40))'")
            }
        }
        if let index { shop.customers[index] = customer } else { shop.customers.append(customer) }
        shops[domain.text] = shop
        let payload = ShopifyPayloads.customer(customer, shop)
        let told = index == nil ? 0 : await tell("customers/update", of: shop, payload: payload)
        return ["customer": payload, "webhooks": JSON(told)]
    }
}

extension ShopifyOrder {
    /// Takes the members that a control call gives.
    fileprivate mutating func change(_ json: JSON, in shop: ShopifyShop, now: Int) throws(ControlError) {
        for member in json.members ?? [] {
            let value = member.value
            switch member.name {
            case "id", "name", "shop": continue
            case "customer":
                let buyer = try ShopifyControl.customer(value, in: shop)
                (customerID, email, phone) = (buyer.id, buyer.email, buyer.phone)
            case "email": email = value.text
            case "phone": phone = value.text
            case "financial_status": financial = try FaultValue.choice(Self.upper(value), "financial_status")
            case "fulfillment_status": fulfillment = try FaultValue.choice(Self.upper(value), "fulfillment_status")
            case "tags": tags = value.elements?.compactMap(\.text) ?? []
            case "note": note = value.text
            case "cancelled": cancelledAt = try FaultValue.flag(value, "cancelled") ? now : nil
            case "tracking":
                tracking = value.members.map { _ in
                    Tracking(
                        company: value["company"]?.text ?? "UPS", number: value["number"]?.text ?? "",
                        url: value["url"]?.text ?? "")
                }
            case "items": items = try Self.items(value)
            default: throw ControlError("an order has no '\(member.name.prefix(40))'")
            }
        }
        updatedAt = now
    }

    private static func upper(_ value: JSON) -> JSON { value.text.map { JSON($0.uppercased()) } ?? value }

    private static func items(_ value: JSON) throws(ControlError) -> [Item] {
        guard let elements = value.elements, !elements.isEmpty, elements.count <= 100 else {
            throw ControlError("items takes a list of 1 to 100 of {\"title\", \"quantity\", \"cents\"}")
        }
        var items: [Item] = []
        for element in elements {
            items.append(
                Item(
                    title: element["title"]?.text ?? "Something",
                    quantity: try FaultValue.whole(element["quantity"] ?? 1, "quantity", 1...1000),
                    cents: try FaultValue.whole(element["cents"] ?? 1000, "cents", 0...10_000_000)))
        }
        return items
    }
}
