public import AdapterKit

/// A contact as the API and the events show it.
public struct ContactRecord: Sendable {
    public var id: String
    public var name: String?
    public var identities: [ContactIdentity]
    public var createdAt: Timestamp?
    public var updatedAt: Timestamp?

    public var json: JSON {
        .object([
            "id": .string(id),
            "name": name.map { .string($0) } ?? .null,
            "identities": .array(
                identities.map { .object(["kind": .string($0.kind.rawValue), "value": .string($0.value)]) }),
            "created_at": createdAt.map { .string($0.description) },
            "updated_at": updatedAt.map { .string($0.description) },
        ])
    }
}

/// A conversation as the API shows it.
public struct ConversationRecord: Sendable {
    public var id: String
    public var contactID: String
    public var channel: String
    public var state: String
    public var lastMessageAt: Timestamp
    public var createdAt: Timestamp

    public var json: JSON {
        .object([
            "id": .string(id), "contact_id": .string(contactID), "channel": .string(channel), "state": .string(state),
            "last_message_at": .string(lastMessageAt.description), "created_at": .string(createdAt.description),
        ])
    }
}
