import AdapterKit

/// The body of `POST /{phone_number_id}/messages`.
enum SendBody {
    static func json(for message: OutboundMessage) throws(Unsendable) -> JSON {
        let ids = ProviderIDs(message.providerIDs)
        var members = [JSON.Member("messaging_product", "whatsapp")]
        members += try recipient(message.recipient)
        if let original = message.repliesTo {
            members.append(JSON.Member("context", .object([.init("message_id", .string(try ids.message(original)))])))
        }
        let content = try ids.content(message.content)
        members.append(JSON.Member("type", .string(message.content.type)))
        members.append(JSON.Member(message.content.type, content))
        // Comes back with every status: the only way to join one to a send whose answer was lost.
        members.append(JSON.Member("biz_opaque_callback_data", .string(message.id)))
        return .object(members)
    }

    /// A group; else a phone number with its plus, without which Meta may put the business's own country code before it;
    /// else the business-scoped user id, the steadiest first.
    private static func recipient(_ identities: [ContactIdentity]) throws(Unsendable) -> [JSON.Member] {
        func first(_ kind: ContactIdentity.Kind) -> String? {
            identities.first { $0.kind == kind && !$0.value.isEmpty }?.value
        }
        let kind = JSON.Member("recipient_type", "individual")
        if let group = first(.whatsappGroup) {
            return [.init("recipient_type", "group"), .init("to", .string(group))]
        }
        for identity in identities where identity.kind == .phone {
            if let phone = PhoneNumber(identity.value) { return [kind, .init("to", .string(phone.e164))] }
        }
        if let userID = first(.whatsappUserID) ?? first(.whatsappParentUserID) {
            return [kind, .init("recipient", .string(userID))]
        }
        throw .noRecipient
    }
}
