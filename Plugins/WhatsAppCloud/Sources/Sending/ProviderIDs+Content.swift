import AdapterKit

extension ProviderIDs {
    /// The object that is named like the type, in Meta's form.
    func content(_ content: MessageContent) throws(Unsendable) -> JSON {
        switch content {
        case .text(let text):
            guard !text.body.isEmpty else { throw .emptyText }
            return .object(["body": .string(text.body), "preview_url": text.previewURL ? true : nil])
        case .media(let media): return try self.media(media)
        case .location(let location):
            return .object([
                "latitude": .number(String(location.latitude)), "longitude": .number(String(location.longitude)),
                "name": .text(location.name), "address": .text(location.address),
            ])
        case .contacts(let cards): return .array(cards.map(Self.card))
        case .reaction(let reaction):
            // An empty emoji takes the reaction back.
            return .object([
                "message_id": .string(try message(reaction.message)), "emoji": .string(reaction.emoji ?? ""),
            ])
        case .template(let template): return try self.template(template)
        case .interactive(let interactive): return try self.interactive(interactive)
        case .interactiveReply, .button, .order, .system, .call, .edit, .revoke, .requestWelcome, .unsupported:
            throw .unsupportedType
        }
    }

    /// Without what only comes in: the vCard and where the card is from.
    private static func card(_ card: ContactCard) -> JSON {
        .object(card.json.members.filter { !["vcard", "origin"].contains($0.name) })
    }

    private func template(_ template: MessageContent.Template) throws(Unsendable) -> JSON {
        let components = try inside(.array(template.components))
        return .object([
            "name": .string(template.name), "language": .object([.init("code", .string(template.language))]),
            "components": template.components.isEmpty ? JSON?.none : components,
        ])
    }

    private func interactive(_ interactive: MessageContent.Interactive) throws(Unsendable) -> JSON {
        // The action has Meta's form already, but for the ids of media in it.
        let action = MessageContent.interactive(interactive).json?["action"] ?? .object([])
        let ready = try inside(action)
        let header = try interactive.header.map { header throws(Unsendable) in try self.header(header) }
        return .object([
            "type": .string(interactive.action.kind.rawValue), "header": header,
            "body": interactive.body.map { .object(["text": .string($0)]) },
            "footer": interactive.footer.map { .object(["text": .string($0)]) }, "action": ready,
        ])
    }

    private func header(_ header: MessageContent.Interactive.Header) throws(Unsendable) -> JSON {
        switch header {
        case .text(let text): return .object(["type": "text", "text": .string(text)])
        case .media(let media):
            let kind = media.kind.rawValue
            return .object([.init("type", .string(kind)), .init(kind, try self.media(media, isHeader: true))])
        }
    }
}
