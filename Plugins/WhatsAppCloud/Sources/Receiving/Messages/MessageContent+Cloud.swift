import AdapterKit

extension MessageObject {
    /// What the message says. What cannot be read as its type is kept as unsupported.
    /// - Parameter reason: Why Meta left out the content, where that stands beside the message.
    func content(reason: FailureReason? = nil) -> MessageContent {
        if type == "text", let body = text?["body"]?.string { return .text(.init(body: body)) }
        let content = MessageType(rawValue: type).flatMap { read($0) }
        return content ?? .unsupported(unsupported(reason))
    }

    private func read(_ type: MessageType) -> MessageContent? {
        switch type {
        case .text, .unsupported, .unknown, .mediaPlaceholder: nil
        case .image, .video, .audio, .document, .sticker: readMedia()
        case .location: body.flatMap { MessageContent.Location(cloud: $0) }.map(MessageContent.location)
        case .contacts: readContacts()
        case .interactive:
            body.flatMap { MessageContent.InteractiveReply(cloud: $0) }.map(MessageContent.interactiveReply)
        case .button: body.flatMap { MessageContent.ButtonReply(cloud: $0) }.map(MessageContent.button)
        case .order: readOrder()
        case .reaction: readReaction()
        case .system: .system(SystemChange(self).notice)
        case .edit: readEdit()
        case .revoke: original.map(MessageContent.revoke)
        case .requestWelcome: .requestWelcome
        }
    }

    private func unsupported(_ reason: FailureReason?) -> MessageContent.Unsupported {
        let own = errors.first.map { GraphError($0).reason }
        // `unsupported: {"type": "poll_creation"}`, or the kind of an interactive message that is newer than this code.
        let original = Self.word(body?["type"]?.string)
        return MessageContent.Unsupported(type: Self.word(type) ?? "unknown", original: original, reason: own ?? reason)
    }

    /// The name of a type as it may stand in an API: of another text nothing is shown but that it is unknown.
    private static func word(_ text: String?) -> String? {
        guard let text, (1...64).contains(text.utf8.count) else { return nil }
        let isWord = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isWord ? text : nil
    }

    // MARK: Types without more to them than one object

    private func readContacts() -> MessageContent? {
        guard case .array(let cards)? = body, !cards.isEmpty else { return nil }
        return .contacts(cards.map { ContactCard(lenient: $0) })
    }

    private func readOrder() -> MessageContent? {
        guard let body, case .object = body else { return nil }
        return .order(MessageContent.Order(lenient: body))
    }

    /// A reaction is taken back with an empty emoji or with none: both occur.
    private func readReaction() -> MessageContent? {
        guard let target = body?["message_id"]?.identifier, !target.isEmpty else { return nil }
        let emoji = body?["emoji"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        return .reaction(MessageContent.Reaction(to: MessageReference(providerID: target), emoji: emoji))
    }

    private var original: MessageReference? {
        guard let id = body?["original_message_id"]?.identifier, !id.isEmpty else { return nil }
        return MessageReference(providerID: id)
    }

    // MARK: Edits

    /// The message inside an edit.
    private var edited: MessageObject? {
        guard type == MessageType.edit.rawValue, let message = body?["message"], case .object = message else {
            return nil
        }
        return MessageObject(message)
    }

    private func readEdit() -> MessageContent? {
        guard let original, let edited, edited.type != MessageType.edit.rawValue else { return nil }
        return .edit(MessageContent.Edit(of: original, content: edited.content()))
    }

    // MARK: Media

    /// Bigger than 100 MB, or lost on the way: Meta has no media for the message and says so in its errors.
    private static let mediaUnavailable = 131_052

    private var isMediaUnavailable: Bool {
        errors.contains { $0["code"]?.identifier == String(Self.mediaUnavailable) }
    }

    private func readMedia() -> MessageContent? {
        guard let kind = MessageContent.Media.Kind(rawValue: type) else { return nil }
        let media = body ?? .null
        guard media["id"]?.identifier != nil || isMediaUnavailable else { return nil }
        return .media(
            MessageContent.Media(
                kind, mimeType: media["mime_type"]?.string, caption: media["caption"]?.string,
                filename: media["filename"]?.string, isVoice: media["voice"]?.bool ?? false,
                isAnimated: media["animated"]?.bool ?? false))
    }

    /// Where the media of the message, or of the message that it edits, is to be had.
    func media(expiresAt: Timestamp) -> MediaReference? {
        if type == "text" { return nil }
        if let edited { return edited.type == MessageType.edit.rawValue ? nil : edited.media(expiresAt: expiresAt) }
        guard MessageContent.Media.Kind(rawValue: type) != nil, !isMediaUnavailable, let body,
            let id = body["id"]?.identifier, !id.isEmpty
        else { return nil }
        return MediaReference(
            providerID: id, url: body["url"]?.string, mimeType: body["mime_type"]?.string,
            sha256: body["sha256"]?.string.flatMap { SHA256Text($0)?.bytes }, filename: body["filename"]?.string,
            expiresAt: expiresAt)
    }
}
