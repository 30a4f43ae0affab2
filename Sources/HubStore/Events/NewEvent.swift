import AdapterKit

/// The kinds of event. A route names them, or all of a family as `message.*`.
public enum EventType: String, Sendable, CaseIterable {
    case messageReceived = "message.received"
    /// A message that we sent moved forward, in whichever way.
    case messageStatus = "message.status"
    /// It did not arrive; comes besides the status.
    case messageFailed = "message.failed"
    case contactUpdated = "contact.updated"
    case conversationUpdated = "conversation.updated"
    case channelAlert = "channel.alert"
    /// A business system was switched off.
    case systemAlert = "system.alert"
    case templateUpdated = "template.updated"
}

/// An event on its way into the log.
struct NewEvent {
    var type: EventType
    var channel: String?
    var conversation: Int64?
    /// Whose key seals the data; nil for the tenant's own.
    var contact: Int64?
    var data: JSON
    var occurredAt: Timestamp
}
