import AdapterKit

/// What the shop knows of a contact, tied to the contact.
struct ContactLookup: Sendable {
    /// The events that say who a contact is.
    private static let events: Set<String> = ["message.received", "contact.updated"]

    let client: AdminClient
    let shop: ShopName
    /// How many of the last orders are shown.
    let orders: Int
    let conversations: any ConversationPort

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
        guard Self.events.contains(delivery.type) else { return .delivered }
        // An event without data is of a person who was erased.
        guard let contact = (try? JSON.parse(delivery.body))?["data"]?["contact"], let id = contact["id"]?.string else {
            return .delivered
        }
        do throws(ProviderFailure) {
            guard let customer = try await customer(CustomerQuery.identifiers(of: contact)) else { return .delivered }
            try await attach(customer, to: id)
            return .delivered
        } catch {
            return .failed(reason: error.reason, retryAfter: error.retryAfter)
        }
    }

    /// The customer with the first identifier that the shop knows.
    private func customer(_ identifiers: [CustomerQuery.Identifier]) async throws(ProviderFailure) -> JSON? {
        for identifier in identifiers {
            let query = CustomerQuery(identifier: identifier, orders: orders)
            let data = try await client.data(CustomerQuery.document, query.variables)
            if let customer = data["customerByIdentifier"], !customer.isNull { return customer }
        }
        return nil
    }

    private func attach(_ customer: JSON, to contact: String) async throws(ProviderFailure) {
        var records = CustomerRecord(customer, of: shop).map { [$0.record] } ?? []
        records += (customer["orders"]?["nodes"]?.elements ?? []).compactMap { OrderRecord($0, of: shop)?.record }
        for record in records {
            do {
                try await conversations.attach(record, to: contact)
            } catch {
                throw ProviderFailure(
                    .unavailable, FailureReason(code: "not_kept", title: "What the shop told could not be kept"))
            }
        }
    }
}
