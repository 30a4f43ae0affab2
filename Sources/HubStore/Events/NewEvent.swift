import AdapterKit

/// The kinds of event. A route names them, or all of a family as `message.*`.
public enum EventType: String, Sendable, CaseIterable {
    case messageReceived = "message.received"
    /// The business wrote it itself, in the provider's own app.
    case messageEchoed = "message.echoed"
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
    /// A business system tells of an order of a contact.
    case orderUpdated = "order.updated"
    /// Media of a message was fetched, or could not be.
    case mediaUpdated = "media.updated"
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
