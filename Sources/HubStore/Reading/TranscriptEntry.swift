public import AdapterKit

/// A message as a transcript shows it.
public struct TranscriptEntry: Sendable, Equatable {
    public var messageID: String
    public var direction: MessageRecord.Direction
    /// Who wrote it: the person, also in a group. Nil for the business, and for who has no name.
    public var author: String?
    public var at: Timestamp
    public var type: String
    /// Its words: of a text the body, of media the caption.
    public var text: String?
    /// The type's own object. Nil when there is none, or the person was erased.
    public var content: JSON?
    /// The hub's ids of the media in it.
    public var mediaIDs: [String]
}
