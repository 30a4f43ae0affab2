/// What an API key may do.
public enum APIScope: String, Sendable, Codable, CaseIterable {
    /// Send messages, upload media for them, and mark what came in as read.
    case messagesSend = "messages.send"
    /// Read messages, their media and conversations.
    case messagesRead = "messages.read"
    /// Read contacts.
    case contactsRead = "contacts.read"
    /// Read the event log, at rest and live.
    case eventsRead = "events.read"
    /// Read the dead letters and replay them.
    case deliveriesManage = "deliveries.manage"
    /// Read how channels stand, their templates and what can be done with them.
    case channelsRead = "channels.read"
    /// Change channels, their accounts and templates, and block people.
    case channelsManage = "channels.manage"
}
