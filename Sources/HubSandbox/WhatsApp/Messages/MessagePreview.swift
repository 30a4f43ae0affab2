/// What the phone page shows of a message: a text, and buttons to tap.
struct MessagePreview: Hashable, Sendable {
    struct Button: Hashable, Sendable {
        let id: String
        let title: String
        /// Whether the answer is a `list_reply` rather than a `button_reply`.
        let isRow: Bool
    }

    let text: String
    let buttons: [Button]

    init(text: String, buttons: [Button] = []) {
        self.text = text
        self.buttons = buttons
    }

    init(_ message: OutgoingMessage) {
        if let template = message.template {
            self.init(text: template.rendered(message.content))
        } else {
            self.init(type: message.type, content: message.content)
        }
    }

    /// The preview of a message of that type; also for what a customer sent by a control call.
    init(type: String, content: JSON) {
        let caption = content["caption"]?.text.map { "\n\($0)" } ?? ""
        switch type {
        case "text": self.init(text: content["body"]?.text ?? "")
        case "image": self.init(text: "📷 Photo\(caption)")
        case "video": self.init(text: "🎬 Video\(caption)")
        case "audio": self.init(text: "🎤 Voice message")
        case "document": self.init(text: "📄 \(content["filename"]?.text ?? "Document")\(caption)")
        case "sticker": self.init(text: "🌟 Sticker")
        case "location": self.init(text: "📍 \(content["name"]?.text ?? "Location")")
        case "contacts":
            let name = content.elements?.first?["name"]?["formatted_name"]?.text
            self.init(text: "👤 \(name ?? "Contact")")
        case "interactive": self.init(interactive: content)
        default: self.init(text: "(\(type))")
        }
    }

    private init(interactive: JSON) {
        if let reply = interactive["button_reply"] ?? interactive["list_reply"] {
            self.init(text: reply["title"]?.text ?? "")
            return
        }
        let parts = [interactive["header"]?["text"], interactive["body"]?["text"], interactive["footer"]?["text"]]
        let replies = interactive["action"]?["buttons"]?.elements ?? []
        let rows = (interactive["action"]?["sections"]?.elements ?? []).flatMap { $0["rows"]?.elements ?? [] }
        self.init(
            text: parts.compactMap { $0?.text }.joined(separator: "\n"),
            buttons: replies.compactMap { Self.button($0["reply"], isRow: false) }
                + rows.compactMap { Self.button($0, isRow: true) })
    }

    private static func button(_ json: JSON?, isRow: Bool) -> Button? {
        guard let id = json?["id"]?.text, let title = json?["title"]?.text else { return nil }
        return Button(id: id, title: title, isRow: isRow)
    }
}
