/// What an API key may do.
public enum APIScope: String, Sendable, Codable, CaseIterable {
    /// Send messages.
    case messagesSend = "messages.send"
    /// Read messages and conversations.
    case messagesRead = "messages.read"
    /// Read contacts.
    case contactsRead = "contacts.read"
    /// Read the event log, at rest and live.
    case eventsRead = "events.read"
    /// Read the dead letters and replay them.
    case deliveriesManage = "deliveries.manage"
}
