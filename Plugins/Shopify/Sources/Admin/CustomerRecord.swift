import AdapterKit

/// A customer as it is shown with a contact: what somebody who answers has to know, and no more.
struct CustomerRecord {
    static let type = "customer"
    private static let prefix = "gid://shopify/Customer/"

    let record: SystemRecord

    /// - Parameter customer: As ``CustomerQuery`` asks for it; nil when it has no id.
    init?(_ customer: JSON, of shop: ShopName) {
        guard let id = customer["id"]?.string, id.hasPrefix(Self.prefix) else { return nil }
        let spent = customer["amountSpent"]
        record = SystemRecord(
            id: id, type: Self.type,
            data: .object([
                "id": .string(id), "shop": .string(shop.domain), "name": customer["displayName"],
                // Orders that come by webhook without a phone number find the contact by it.
                "email": Self.text(customer["defaultEmailAddress"]?["emailAddress"]).map { .string($0) },
                "orders": customer["numberOfOrders"]?.identifier.flatMap { Int64($0) }.map { .integer($0) },
                "spent": Money(spent).json,
                "tags": customer["tags"].flatMap { $0.elements.isEmpty ? nil : $0 },
                "since": customer["createdAt"],
                "url": .string("https://\(shop.domain)/admin/customers/\(id.dropFirst(Self.prefix.count))"),
            ]))
    }

    /// Whom a privacy webhook is about. Phone and e-mail may be null.
    static func reference(_ customer: JSON?) -> ProviderEvent.CustomerReference? {
        guard let id = customer?["id"]?.identifier, !id.isEmpty else { return nil }
        return ProviderEvent.CustomerReference(
            id: id.hasPrefix(prefix) ? id : prefix + id, phone: text(customer?["phone"]),
            email: text(customer?["email"]))
    }

    /// Whose an order is, by its customer, and by what the order itself tells where the customer has none.
    static func reference(ofOrder order: JSON) -> ProviderEvent.CustomerReference? {
        guard var customer = reference(order["customer"]) else { return nil }
        customer.phone = customer.phone ?? text(order["phone"])
        customer.email = customer.email ?? text(order["email"])
        return customer
    }

    private static func text(_ json: JSON?) -> String? {
        guard let text = json?.string, !text.isEmpty else { return nil }
        return text
    }
}
