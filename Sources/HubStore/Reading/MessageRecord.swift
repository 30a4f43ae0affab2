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
    public var createdAt: Timestamp
    public var sentAt: Timestamp?

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
        members.append(.init("error", failure?.json ?? .null))
        members.append(.init("provider_id", providerID.map { .string($0) } ?? .null))
        members.append(.init("created_at", .string(createdAt.description)))
        members.append(.init("sent_at", sentAt.map { .string($0.description) } ?? .null))
        return .object(members)
    }
}

extension FailureReason {
    /// As the API and the events show it.
    public var json: JSON {
        .object(["code": .string(code), "title": .string(title), "detail": detail.map { .string($0) }])
    }
}

extension MessageContent {
    /// The type's own object, or nil for a type without a model.
    public var json: JSON? {
        switch self {
        case .text(let text):
            .object(["body": .string(text.body), "preview_url": text.previewURL ? true : nil])
        case .template(let template):
            .object([
                "name": .string(template.name), "language": .string(template.language),
                "components": template.components.isEmpty ? nil : .array(template.components),
            ])
        case .unsupported: nil
        }
    }

    /// Reads what ``json`` wrote.
    init(type: String, json: JSON?) {
        switch type {
        case "text":
            self = .text(.init(body: json?["body"]?.string ?? "", previewURL: json?["preview_url"]?.bool ?? false))
        case "template":
            self = .template(
                .init(
                    name: json?["name"]?.string ?? "", language: json?["language"]?.string ?? "",
                    components: json?["components"]?.elements ?? []))
        default: self = .unsupported(type: type)
        }
    }
}
