/// A send that passed WhatsApp's checks.
struct OutgoingMessage: Sendable {
    /// `to` or `recipient` as the client wrote it.
    let input: String
    let recipient: Recipient
    let type: String
    /// The whole request.
    let request: JSON
    /// `biz_opaque_callback_data`: comes back in every status.
    let callbackData: String?
    let template: MessageTemplate?

    /// The value of the member named after the type, e.g. `text`.
    var content: JSON { request[type] ?? .null }

    /// Whether the message may be sent outside the customer service window.
    var isFreeForm: Bool { template == nil }

    /// The files that it carries.
    var media: [MediaReference] { MediaReference.all(of: type, content: content) }

    /// Whether it is a voice note, which can be played.
    var isVoiceNote: Bool { type == "audio" && content["voice"]?.flag == true }

    /// Checks a body of `POST …/messages` in the order Meta does: product, recipient, type, content.
    /// - Parameters:
    ///   - templates: those of all accounts.
    ///   - groups: ids of the groups that the number is in.
    init(
        checking request: JSON, number: SandboxConfiguration.Number, templates: TemplateRegistry = TemplateRegistry(),
        groups: Set<String> = []
    ) throws(GraphError) {
        guard request["messaging_product"] != nil else { throw .missing("messaging_product") }
        guard request["messaging_product"]?.text == "whatsapp" else {
            throw .invalid("Param messaging_product must be one of {WHATSAPP}")
        }
        (input, recipient) = try Self.recipient(of: request, number: number, groups: groups)
        type = request["type"]?.text?.lowercased() ?? "text"
        if let callbackData = request["biz_opaque_callback_data"] {
            guard let text = callbackData.text, text.count <= 512 else {
                throw .invalid("Param biz_opaque_callback_data must be a string of at most 512 characters")
            }
            self.callbackData = text
        } else {
            callbackData = nil
        }
        if let context = request["context"], !MessageID.isWellFormed(context["message_id"]?.text ?? "") {
            throw .badValue("context['message_id'] is not a message id")
        }
        try MessageRules.check(type: type, request: request)
        template =
            type == "template"
            ? try TemplateSendRules.resolve(
                request["template"] ?? .null, in: templates, account: number.businessAccountID) : nil
        self.request = request
        try checkRecipient()
    }

    /// What cannot go to every kind of recipient.
    private func checkRecipient() throws(GraphError) {
        switch recipient {
        case .phone: break
        case .user:
            guard template?.shape.needsPhoneNumber != true else { throw .catalogued(131062) }
        case .group:
            guard MessageRules.groupTypes.contains(type) else {
                throw .catalogued(131051, "Messages of type \(type) can't be sent to groups.")
            }
        }
    }

    private static func recipient(
        of request: JSON, number: SandboxConfiguration.Number, groups: Set<String>
    ) throws(GraphError) -> (String, Recipient) {
        let kind = request["recipient_type"]?.text ?? "individual"
        if kind == "group" {
            guard let to = request["to"]?.text else { throw .missing("to") }
            guard groups.contains(to) else {
                throw GraphError(
                    http: 400, code: 131041, title: "Group does not exist", details: "This number is not in the group.")
            }
            return (to, .group(to))
        }
        guard kind == "individual" else {
            throw .invalid("Param recipient_type must be one of {GROUP, INDIVIDUAL} - got \"\(kind.prefix(32))\".")
        }
        // `to` wins when both are given.
        if let to = request["to"] {
            // Numbers in the JSON sense pass, as on the real API.
            let input = to.text ?? to.integer.map(String.init) ?? ""
            guard let recipient = Recipient.phone(from: input, businessDigits: number.digits) else {
                throw .badValue("Parameter 'to' is not a phone number")
            }
            if recipient == .phone(number.digits) { throw .catalogued(131021) }
            return (input, recipient)
        }
        guard let user = request["recipient"]?.text else { throw .missing("to") }
        guard let recipient = Recipient.user(from: user) else {
            throw .badValue("Parameter 'recipient' is not a user id")
        }
        return (user, recipient)
    }
}
