import AdapterKit

/// The body of `POST /{phone_number_id}/messages`.
enum SendBody {
    static func json(for message: OutboundMessage) throws(Unsendable) -> JSON {
        var members = [JSON.Member("messaging_product", "whatsapp"), JSON.Member("recipient_type", "individual")]
        members.append(try recipient(message.recipient))
        members.append(JSON.Member("type", .string(message.content.type)))
        members.append(JSON.Member(message.content.type, try content(message.content)))
        // Comes back with every status: the only way to join one to a send whose answer was lost.
        members.append(JSON.Member("biz_opaque_callback_data", .string(message.id)))
        return .object(members)
    }

    /// A phone number with its plus, without which Meta may put the business's own country code before it; else the
    /// business-scoped user id.
    private static func recipient(_ identities: [ContactIdentity]) throws(Unsendable) -> JSON.Member {
        for case let identity in identities where identity.kind == .phone {
            if let phone = PhoneNumber(identity.value) { return JSON.Member("to", .string(phone.e164)) }
        }
        for case let identity in identities where identity.kind == .whatsappUserID && !identity.value.isEmpty {
            return JSON.Member("recipient", .string(identity.value))
        }
        throw .noRecipient
    }

    private static func content(_ content: MessageContent) throws(Unsendable) -> JSON {
        switch content {
        case .text(let text):
            guard !text.body.isEmpty else { throw .emptyText }
            return ["body": .string(text.body), "preview_url": .bool(text.previewURL)]
        case .template(let template):
            return .object([
                "name": .string(template.name), "language": ["code": .string(template.language)],
                "components": template.components.isEmpty ? nil : .array(template.components),
            ])
        case .unsupported:
            throw .unsupportedType
        }
    }
}

/// Why a message is refused before Meta is asked.
enum Unsendable: String, Error {
    case noRecipient = "no_recipient"
    case emptyText = "empty_text"
    case unsupportedType = "unsupported_type"

    var reason: FailureReason {
        switch self {
        case .noRecipient: FailureReason(code: rawValue, title: "The contact has no phone number or WhatsApp user id")
        case .emptyText: FailureReason(code: rawValue, title: "The text is empty")
        case .unsupportedType: FailureReason(code: rawValue, title: "This adapter sends text and template messages")
        }
    }
}
