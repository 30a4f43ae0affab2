/// What the phone page shows of a message.
struct MessagePreview: Hashable, Sendable {
    let type: String
    /// One line for the chat list, quotes and screen readers.
    let summary: String
    /// What the bubble holds; see ``MessageCard``.
    let card: JSON
    /// The message's `context`: what it quotes, whether it was forwarded.
    var context: JSON?
    /// The ad that the customer came from.
    var referral: JSON?
    var groupID: String?

    init(text: String) { self.init(type: "text", card: ["text": JSON(text)]) }

    /// What a business sends.
    init(_ message: OutgoingMessage) {
        if let template = message.template {
            self.init(
                type: "template",
                card: TemplateCard.make(components: template.components, sent: message.content))
        } else {
            self.init(type: message.type, card: MessageCard.make(type: message.type, content: message.content))
        }
        context = message.request["context"]
    }

    /// What a customer sends.
    /// - Parameter content: the `messages` element of the webhook.
    init(inbound content: JSON) {
        let type = content["type"]?.text ?? "text"
        self.init(type: type, card: MessageCard.make(type: type, content: content[type] ?? .null, message: content))
        context = content["context"]
        referral = content["referral"]
        groupID = content["group_id"]?.text
    }

    private init(type: String, card: JSON) {
        self.type = type
        self.card = card
        summary = Self.summary(type: type, card: card)
    }

    /// The same with another content: after an edit.
    func edited(to preview: MessagePreview) -> MessagePreview {
        var edited = preview
        edited.context = context
        return edited
    }

    /// The members that the page gets.
    var members: [JSON.Member] {
        let object: JSON = [
            "type": JSON(type), "summary": JSON(summary), "card": card, "context": context, "referral": referral,
            "group_id": groupID.map { JSON($0) },
        ]
        return object.members ?? []
    }

    private static func summary(type: String, card: JSON) -> String {
        let text = card["text"]?.text ?? card["header"]?["text"]?.text
        let kind = card["media"]?["kind"]?.text ?? type
        let line: String
        switch kind {
        case "image": line = "📷 \(text ?? "Photo")"
        case "video": line = "🎬 \(text ?? "Video")"
        case "audio": line = card["media"]?["voice"]?.flag == true ? "🎤 Voice message" : "🎵 Audio"
        case "document": line = "📄 \(card["media"]?["filename"]?.text ?? text ?? "Document")"
        case "sticker": line = "🌟 Sticker"
        case "location": line = "📍 \(card["location"]?["name"]?.text ?? "Location")"
        case "contacts": line = "👤 \(card["contacts"]?.elements?.first?["name"]?.text ?? "Contact")"
        case "order": line = "🛒 \(text ?? "Order")"
        default: line = text ?? "(\(type))"
        }
        return String(line.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200))
    }
}
