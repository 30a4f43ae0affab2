public import AdapterKit

/// The status of a message. The order of cases is the order of progress: a message only moves to a later one.
public enum MessageStatus: String, Sendable, CaseIterable, Comparable {
    /// Inbound messages have this one for ever.
    case received
    case queued
    case sending
    /// The send may have been taken: a status or a person decides.
    case uncertain
    case accepted
    case sent
    /// Comes before delivered, because a provider may report a failure and then deliver after all.
    case failed
    case delivered
    case read

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: MessageStatus, right: MessageStatus) -> Bool { left.rank < right.rank }

    init(_ status: StatusUpdate.Status) {
        self =
            switch status {
            case .sent: .sent
            case .delivered: .delivered
            case .read: .read
            case .failed: .failed
            }
    }
}

/// A message as it is kept and shown: its type, and the type's own object.
struct MessageBody: Sendable {
    let type: String
    /// Of a type that is modelled.
    let content: JSON?
    /// The provider's object, shown for types without a model.
    let raw: JSON?

    init(_ content: MessageContent, raw: JSON?) {
        type = content.type
        self.content = content.json
        self.raw = raw
    }

    init(type: String, content: JSON?, raw: JSON?) {
        self.type = type
        self.content = content
        self.raw = raw
    }
}

/// A message as the API and the events show it.
public struct MessageRecord: Sendable {
    public enum Direction: String, Sendable {
        case inbound, outbound
    }

    public var id: String
    public var channel: String
    public var conversationID: String
    public var contactID: String
    public var direction: Direction
    public var status: MessageStatus
    public var failure: FailureReason?
    var body: MessageBody
    public var providerID: String?
    /// `{context, referral, problems}`, as far as there are some.
    var details: JSON?
    /// The provider's word for a message that was taken and is held back.
    var providerState: String?
    var pricing: StatusUpdate.Pricing?
    public var createdAt: Timestamp
    public var sentAt: Timestamp?
    /// When its author changed it.
    var editedAt: Timestamp?
    /// When its author took it back.
    var revokedAt: Timestamp?

    public var json: JSON {
        var members: [JSON.Member] = [
            .init("id", .string(id)), .init("channel", .string(channel)),
            .init("conversation_id", .string(conversationID)), .init("contact_id", .string(contactID)),
            .init("direction", .string(direction.rawValue)), .init("type", .string(body.type)),
            .init("status", .string(status.rawValue)),
        ]
        if let content = body.content {
            members.append(.init(body.type, content))
        } else if let raw = body.raw {
            members.append(.init("raw", raw))
        }
        members.append(contentsOf: details?.members ?? [])
        members.append(.init("error", failure?.json ?? .null))
        members.append(.init("provider_id", providerID.map { .string($0) } ?? .null))
        members.append(.init("created_at", .string(createdAt.description)))
        members.append(.init("sent_at", sentAt.map { .string($0.description) } ?? .null))
        if let providerState { members.append(.init("provider_state", .string(providerState))) }
        if let pricing { members.append(.init("pricing", pricing.json)) }
        if let editedAt { members.append(.init("edited_at", .string(editedAt.description))) }
        if let revokedAt { members.append(.init("revoked_at", .string(revokedAt.description))) }
        return .object(members)
    }
}

extension StatusUpdate.Pricing {
    /// As the API and the events show it.
    var json: JSON {
        .object([
            "model": model.map { .string($0) } ?? .null, "type": type.map { .string($0) } ?? .null,
            "category": category.map { .string($0) } ?? .null,
        ])
    }
}
