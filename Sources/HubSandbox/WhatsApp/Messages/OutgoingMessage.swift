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

    /// Checks a body of `POST …/messages` in the order Meta does: product, recipient, type, content.
    init(checking request: JSON, number: SandboxConfiguration.Number) throws(GraphError) {
        guard request["messaging_product"] != nil else { throw .missing("messaging_product") }
        guard request["messaging_product"]?.text == "whatsapp" else {
            throw .invalid("Param messaging_product must be one of {WHATSAPP}")
        }
        (input, recipient) = try Self.recipient(of: request, number: number)
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
        template = type == "template" ? try MessageTemplate.resolve(request["template"] ?? .null) : nil
        self.request = request
    }

    private static func recipient(
        of request: JSON, number: SandboxConfiguration.Number
    ) throws(GraphError) -> (String, Recipient) {
        let kind = request["recipient_type"]?.text ?? "individual"
        if kind == "group" {
            throw GraphError(
                http: 400, code: 131041, title: "Group does not exist", details: "This number is in no group.")
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
