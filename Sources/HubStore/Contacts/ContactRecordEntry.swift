public import AdapterKit

/// What a business system knows of a contact, such as a customer or an order of a shop.
public struct ContactRecordEntry: Sendable, Equatable {
    public var contactID: String
    public var system: String
    /// The system's own id, unique in the system.
    public var externalID: String
    public var data: JSON
    public var updatedAt: Timestamp

    /// As the API shows it.
    public var json: JSON {
        .object([
            "system": .string(system), "id": .string(externalID), "type": data["type"] ?? .null,
            "data": data["data"] ?? .null, "updated_at": .string(updatedAt.description),
        ])
    }
}

/// A record on its way into the store.
public struct NewContactRecord: Sendable {
    /// The id of the contact.
    public var contact: String
    public var system: String
    public var externalID: String
    /// The e-mail that the system knows the contact by, so that what it says later by e-mail finds the contact.
    public var email: String?
    public var data: JSON

    public init(contact: String, system: String, externalID: String, email: String? = nil, data: JSON) {
        self.contact = contact
        self.system = system
        self.externalID = externalID
        self.email = email
        self.data = data
    }
}

/// News of an order of a contact, for the tenant's log.
public struct OrderUpdate: Sendable {
    /// The id of the contact.
    public var contact: String
    public var system: String
    /// As the event shows it.
    public var order: JSON
    public var occurredAt: Timestamp

    public init(contact: String, system: String, order: JSON, occurredAt: Timestamp) {
        self.contact = contact
        self.system = system
        self.order = order
        self.occurredAt = occurredAt
    }
}
