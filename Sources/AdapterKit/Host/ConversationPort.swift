/// What a business system may see of the tenant's conversations, and add to its contacts. Ids are those of events.
public protocol ConversationPort: Sendable {
    /// The messages of a conversation in their order, after a message or from the first.
    func transcript(_ conversation: String, after message: String?, limit: Int) async throws -> [TranscriptLine]

    /// A media file whole, piece by piece; nil when it is not there, or not yet.
    func media(_ id: String) async throws -> ConversationMedia?

    /// The contact with this phone number (E.164, with or without `+`); nil when there is none.
    func contact(phone: String) async throws -> String?

    /// Ties a record of this system to a contact, in the place of an earlier one with the same id.
    /// Both are sealed with the contact's key, and go when the contact goes.
    func attach(_ record: SystemRecord, to contact: String) async throws

    /// Forgets the records with this id, whosever they are.
    func detach(record id: String) async throws

    /// Tells of something that happened to a contact in this system, as an event of the tenant's log.
    /// - Parameter id: The system's id of what happened: told twice, it is one event.
    func report(_ type: ReportedEvent, id: String, contact: String?, data: JSON) async throws
}

/// What a business system can tell of.
public enum ReportedEvent: String, Sendable, Codable, CaseIterable {
    case orderUpdated = "order.updated"
}

/// One message as it stands in a transcript.
public struct TranscriptLine: Sendable, Equatable, Codable {
    public var message: String
    /// Whether the business wrote it.
    public var isOutbound: Bool
    /// The person's name; nil for the business, or when it is not known.
    public var author: String?
    public var at: Timestamp
    /// As in ``MessageContent``.
    public var type: String
    /// What was said, as text.
    public var text: String
    public var media: [String]

    public init(
        message: String, isOutbound: Bool, author: String?, at: Timestamp, type: String, text: String, media: [String]
    ) {
        self.message = message
        self.isOutbound = isOutbound
        self.author = author
        self.at = at
        self.type = type
        self.text = text
        self.media = media
    }
}

/// A media file of a conversation.
public struct ConversationMedia: Sendable {
    public var mimeType: String
    public var filename: String?
    public var bytes: any ByteSource

    public init(mimeType: String, filename: String?, bytes: any ByteSource) {
        self.mimeType = mimeType
        self.filename = filename
        self.bytes = bytes
    }
}

/// What a business system knows of a contact.
public struct SystemRecord: Sendable, Equatable, Codable {
    /// The system's own id.
    public var id: String
    /// Such as `customer` or `order`.
    public var type: String
    public var data: JSON

    public init(id: String, type: String, data: JSON) {
        self.id = id
        self.type = type
        self.data = data
    }
}
