public import AdapterKit

/// A contact as the API and the events show it.
public struct ContactRecord: Sendable {
    public var id: String
    public var name: String?
    public var identities: [ContactIdentity]
    /// The person's own handle on a channel, which is shown and never looked up.
    public var username: String?
    /// What the person allows or forbids, by channel; nil where it is not asked for.
    public var consents: [Consent]?
    public var createdAt: Timestamp?
    public var updatedAt: Timestamp?

    public struct Consent: Sendable {
        public var channel: String
        public var purpose: String
        public var isGranted: Bool
        public var changedAt: Timestamp
    }

    public var json: JSON {
        .object([
            "id": .string(id),
            "name": name.map { .string($0) } ?? .null,
            "username": username.map { .string($0) },
            "identities": .array(identities.map(\.json)),
            "consents": consents.map { consents in
                .array(
                    consents.map { consent in
                        .object([
                            "channel": .string(consent.channel), "purpose": .string(consent.purpose),
                            "granted": .bool(consent.isGranted), "changed_at": .string(consent.changedAt.description),
                        ])
                    })
            },
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
    /// Until when the person may be written to freely; nil when they never wrote, or the channel has no such rule.
    public var windowClosesAt: Timestamp?
    /// Until when all messages are free of charge.
    public var freeEntryClosesAt: Timestamp?

    public var json: JSON {
        .object([
            "id": .string(id), "contact_id": .string(contactID), "channel": .string(channel), "state": .string(state),
            "window_closes_at": windowClosesAt.map { .string($0.description) } ?? .null,
            "free_entry_closes_at": freeEntryClosesAt.map { .string($0.description) } ?? .null,
            "last_message_at": .string(lastMessageAt.description), "created_at": .string(createdAt.description),
        ])
    }
}
