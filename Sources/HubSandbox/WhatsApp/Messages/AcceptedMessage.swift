/// A send that was accepted, kept for checkers that compare it with what the business meant to send.
struct AcceptedMessage: Sendable {
    let id: String
    let number: SandboxConfiguration.Number
    let message: OutgoingMessage
    /// The customer's digits, or the user id of a customer without a known number.
    let customer: String
    /// Unix seconds.
    let acceptedAt: Int

    /// The answer of `POST …/messages`.
    var answer: JSON {
        var contact: JSON = ["input": JSON(message.input), "wa_id": JSON(customer)]
        if case .user(let id) = message.recipient { contact = ["input": JSON(message.input), "user_id": JSON(id)] }
        var item: JSON = ["id": JSON(id)]
        if message.template != nil { item = ["id": JSON(id), "message_status": "accepted"] }
        return ["messaging_product": "whatsapp", "contacts": [contact], "messages": [item]]
    }

    /// - Parameter times: accepted sends with the same callback data, this one included.
    func json(times: Int) -> JSON {
        [
            "id": JSON(id), "phone_number_id": JSON(number.phoneNumberID), "input": JSON(message.input),
            "to": JSON(customer), "type": JSON(message.type), "body": message.request,
            "biz_opaque_callback_data": message.callbackData.map { JSON($0) }, "times": JSON(times),
            "accepted_at": JSON(acceptedAt),
        ]
    }

    /// The `statuses` element of a step.
    /// - Parameters:
    ///   - time: Unix seconds at which the step happened.
    ///   - webhookVersion: `v23.0` and older carry a `conversation`.
    func status(_ step: StatusPlan.Step, time: Int, webhookVersion: String) -> JSON {
        var recipientID: JSON? = JSON(customer)
        var userID: JSON? = JSON(Recipient.userID(ofCustomer: customer, businessAccountID: number.businessAccountID))
        if case .user(let id) = message.recipient {
            userID = JSON(id)
            if customer == id { recipientID = nil }
        } else if step.status == .failed {
            userID = nil
        }
        let category = message.template?.category.lowercased() ?? "service"
        return [
            "id": JSON(id), "status": JSON(step.status.rawValue), "timestamp": JSON(String(time)),
            "recipient_id": recipientID, "recipient_user_id": userID,
            "biz_opaque_callback_data": message.callbackData.map { JSON($0) },
            "conversation": step.hasPricing && Self.hasConversation(webhookVersion)
                ? [
                    "id": JSON(Self.conversationID(of: id)),
                    "expiration_timestamp": step.status == .sent ? JSON(String(time + 86_400)) : nil,
                    "origin": ["type": JSON(category)],
                ] : nil,
            "pricing": step.hasPricing
                ? ["billable": true, "pricing_model": "PMP", "type": "regular", "category": JSON(category)] : nil,
            "errors": step.errorCode.map { [GraphError.catalogued($0).webhookElement] },
        ]
    }

    private static func hasConversation(_ version: String) -> Bool {
        (version.dropFirst().split(separator: ".").first.flatMap { Int($0) } ?? 24) < 24
    }

    private static func conversationID(of id: String) -> String {
        id.utf8.suffix(24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().prefix(32).description
    }
}
