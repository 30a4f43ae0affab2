import AdapterKit

/// An event that changes what is filed of a conversation.
struct FilingEvent {
    /// `message.status` tells of messages that the business wrote through the hub.
    private static let types: Set<String> = ["message.received", "message.echoed", "message.status", "media.updated"]

    let conversation: String
    let message: String?
    let media: String?
    /// The person's name, where the event tells it.
    let contactName: String?

    /// Nil for an event of another kind, and for one of a person who was erased.
    init?(_ delivery: EventDelivery) {
        guard Self.types.contains(delivery.type), let data = (try? JSON.parse(delivery.body))?["data"],
            let conversation = data["conversation_id"]?.string, !conversation.isEmpty
        else { return nil }
        self.conversation = conversation
        message = data["message"]?["id"]?.string ?? data["message_id"]?.string
        media = data["media"]?["id"]?.string
        contactName = data["contact"]?["name"]?.string
    }
}
