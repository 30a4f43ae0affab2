public import AdapterKit

/// Media that have to be fetched now.
public struct LeasedMedia: Sendable {
    /// `med_…`
    public var id: String
    public var kind: MessageContent.Media.Kind
    public var reference: MediaReference
    /// Starts at 1.
    public var attempt: Int
    /// When the message came.
    public var createdAt: Timestamp
    let number: Int64
    let contact: Int64?

    /// After this the provider has them no more.
    public var expiresAt: Timestamp { reference.expiresAt }
}

/// What became of fetching media.
public enum MediaResult: Sendable {
    /// - Parameter mimeType: what the provider, or the bytes themselves, say now; nil leaves what the message said.
    case stored(FinishedMedia, mimeType: String?)
    /// To be tried again, not before the given time; whether the attempt counts.
    case again(at: Timestamp, FailureReason, counts: Bool)
    case failed(FailureReason)
}
