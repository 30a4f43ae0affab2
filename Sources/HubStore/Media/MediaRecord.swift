public import AdapterKit

/// A file that belongs to a message or was uploaded for one, as the API and the events show it.
public struct MediaRecord: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// The channel's worker has to fetch it yet.
        case pending
        case stored
        /// It could not be fetched; may be asked for again.
        case failed
    }

    public enum Direction: String, Sendable, CaseIterable {
        case inbound, upload
    }

    /// `med_…`
    public var id: String
    public var kind: MessageContent.Media.Kind
    public var direction: Direction
    public var state: State
    /// With its parameters `charset` and `codecs` at most; nil while nobody has said one.
    public var mimeType: String?
    /// In bytes; nil while it is not stored.
    public var size: Int?
    /// SHA-256 of the bytes; nil while it is not stored.
    public var sha256: [UInt8]?
    /// What the sender called it: somebody else's text, never a path.
    public var filename: String?
    /// The channel that it came by; nil for an upload.
    public var channel: String?
    public var messageID: String?
    public var contactID: String?
    /// Why it is not there, or was not at the last attempt.
    public var failure: FailureReason?
    /// After this the provider has it no more, or an upload is no longer kept.
    public var expiresAt: Timestamp?
    public var createdAt: Timestamp

    public var json: JSON {
        .object([
            "id": .string(id), "kind": .string(kind.rawValue), "state": .string(state.rawValue),
            "mime_type": mimeType.map { .string($0) } ?? .null, "size": size.map { .integer($0) } ?? .null,
            "filename": filename.map { .string($0) } ?? .null, "message_id": messageID.map { .string($0) } ?? .null,
            "error": failure?.json ?? .null, "created_at": .string(createdAt.description),
        ])
    }
}
