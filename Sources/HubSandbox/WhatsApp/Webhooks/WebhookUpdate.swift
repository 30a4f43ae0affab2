/// One thing that a business is told: a message from a customer, or a status of a message of its own.
struct WebhookUpdate: Sendable {
    enum Kind: Hashable, Sendable {
        case message, status
    }

    let number: SandboxConfiguration.Number
    let kind: Kind
    /// The element of `contacts`, where there is one.
    let contact: JSON?
    /// The element of `messages` or `statuses`.
    let element: JSON
    /// Called once, when the receiver has first answered 200.
    var acknowledged: (@Sendable () async -> Void)?
}

/// Puts updates into the body of a webhook.
enum WebhookEnvelope {
    /// Meta puts at most this many updates into one post.
    static let maximumUpdates = 1000

    /// One `entry` per business account, one `change` per number and kind, updates in the order given.
    static func body(_ updates: [WebhookUpdate]) -> JSON {
        let entries = grouped(updates) { $0.number.businessAccountID }.map { account, updates -> JSON in
            let changes = grouped(updates) { Change(phoneNumberID: $0.number.phoneNumberID, kind: $0.kind) }
            return ["id": JSON(account), "changes": .array(changes.map { change($0.value) })]
        }
        return ["object": "whatsapp_business_account", "entry": .array(entries)]
    }

    private struct Change: Hashable {
        let phoneNumberID: String
        let kind: WebhookUpdate.Kind
    }

    private static func change(_ updates: [WebhookUpdate]) -> JSON {
        var contacts: [JSON] = []
        for case let contact? in updates.map(\.contact) where !contacts.contains(contact) { contacts.append(contact) }
        let elements = JSON.array(updates.map(\.element))
        let first = updates.first
        let value: JSON = [
            "messaging_product": "whatsapp",
            "metadata": [
                "display_phone_number": first.map { JSON($0.number.digits) },
                "phone_number_id": first.map { JSON($0.number.phoneNumberID) },
            ],
            "contacts": contacts.isEmpty ? nil : .array(contacts),
            "messages": first?.kind == .message ? elements : nil,
            "statuses": first?.kind == .status ? elements : nil,
        ]
        return ["value": value, "field": "messages"]
    }

    private static func grouped<Key: Hashable>(
        _ updates: [WebhookUpdate], by key: (WebhookUpdate) -> Key
    ) -> [(key: Key, value: [WebhookUpdate])] {
        var order: [Key] = []
        var groups: [Key: [WebhookUpdate]] = [:]
        for update in updates {
            let key = key(update)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(update)
        }
        return order.map { ($0, groups[$0, default: []]) }
    }
}
