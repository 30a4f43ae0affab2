/// Puts updates into the body of a webhook.
enum WebhookEnvelope {
    /// Meta puts at most this many updates into one post.
    static let maximumUpdates = 1000

    private struct Entry: Hashable {
        let account: String
        let time: Int?
    }

    private struct Change: Hashable {
        let phoneNumberID: String
        let kind: WebhookUpdate.Kind
        /// Tells values apart: each is a change of its own.
        let index: Int
    }

    /// One `entry` per business account and time, one `change` per number and kind, updates in the order given.
    /// - Parameter extraChange: a change to put in front of those of each entry.
    static func body(_ updates: [WebhookUpdate], extraChange: JSON? = nil) -> JSON {
        let entries = grouped(updates) { Entry(account: $0.number.businessAccountID, time: $0.entryTime) }
        let items = entries.map { entry, updates -> JSON in
            let changes = grouped(Array(updates.enumerated())) { index, update in
                let isValue = if case .value = update.kind { true } else { false }
                return Change(
                    phoneNumberID: update.number.phoneNumberID, kind: update.kind, index: isValue ? index : -1)
            }
            let all = (extraChange.map { [$0] } ?? []) + changes.map { change($0.value.map(\.element)) }
            return [
                "id": JSON(entry.account), "time": entry.time.map { JSON($0) }, "changes": .array(all),
            ]
        }
        return ["object": "whatsapp_business_account", "entry": .array(items)]
    }

    private static func change(_ updates: [WebhookUpdate]) -> JSON {
        guard let first = updates.first else { return .null }
        if case .value(let field) = first.kind { return ["value": first.element, "field": JSON(field)] }
        var contacts: [JSON] = []
        for case let contact? in updates.map(\.contact) where !contacts.contains(contact) { contacts.append(contact) }
        let elements = JSON.array(updates.map(\.element))
        let errors = updates.flatMap(\.errors)
        let value: JSON = [
            "messaging_product": "whatsapp",
            "metadata": WebhookUpdate.metadata(first.number),
            "contacts": contacts.isEmpty ? nil : .array(contacts),
            "messages": first.kind == .message ? elements : nil,
            "statuses": first.kind == .status ? elements : nil,
            "errors": errors.isEmpty ? nil : .array(errors),
        ]
        return ["value": value, "field": "messages"]
    }

    private static func grouped<Element, Key: Hashable>(
        _ elements: [Element], by key: (Element) -> Key
    ) -> [(key: Key, value: [Element])] {
        var order: [Key] = []
        var groups: [Key: [Element]] = [:]
        for element in elements {
            let key = key(element)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(element)
        }
        return order.map { ($0, groups[$0, default: []]) }
    }
}
