/// A send that was accepted, kept for checkers that compare it with what the business meant to send.
struct AcceptedMessage: Sendable {
    let id: String
    let number: SandboxConfiguration.Number
    let message: OutgoingMessage
    /// The customer's digits, the user id of a customer without a known number, or a group's id.
    let customer: String
    /// Unix seconds.
    let acceptedAt: Int
    let price: MessagePrice
    /// Held back until the quality of its template is known.
    var isHeld = false

    /// The answer of `POST …/messages`.
    var answer: JSON {
        var item: JSON = ["id": JSON(id)]
        if message.template != nil {
            item = ["id": JSON(id), "message_status": isHeld ? "held_for_quality_assessment" : "accepted"]
        }
        let contact: JSON
        switch message.recipient {
        case .phone: contact = ["input": JSON(message.input), "wa_id": JSON(customer)]
        case .user(let user): contact = ["input": JSON(message.input), "user_id": JSON(user)]
        case .group(let group):
            contact = ["input": JSON(message.input)]
            item = .object((item.members ?? []) + [JSON.Member(name: "group_id", value: JSON(group))])
        }
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

    /// The ids of who a step is about: the customer, or the member of a group.
    func ids(_ step: StatusPlan.Step, mode: CustomerIDs.Mode) -> CustomerIDs {
        var userID: String?
        // Whoever was written to by phone number is known by it, in every mode.
        var mode = mode
        if case .user(let id) = message.recipient {
            userID = id
        } else if mode == .usernameOnly {
            mode = .usernameAndPhone
        }
        return CustomerIDs(
            of: step.participant ?? customer, userID: userID, businessAccountID: number.businessAccountID, mode: mode)
    }

    /// The `statuses` element of a step.
    /// - Parameters:
    ///   - time: Unix seconds at which the step happened.
    ///   - webhookVersion: `v23.0` and older carry a `conversation`.
    func status(
        _ step: StatusPlan.Step, time: Int, webhookVersion: String, mode: CustomerIDs.Mode = .noUsername
    ) -> JSON {
        let conversation =
            step.hasPricing
            ? price.conversation(of: id, step: step.status, time: time, webhookVersion: webhookVersion) : nil
        let head: JSON = [
            "id": JSON(id), "status": JSON(step.status.rawValue), "timestamp": JSON(String(time)),
        ]
        let tail: JSON = [
            "biz_opaque_callback_data": message.callbackData.map { JSON($0) }, "conversation": conversation,
            "pricing": step.hasPricing ? price.json : nil,
            "errors": step.errorCode.map { [GraphError.catalogued($0).webhookElement] },
        ]
        return .object((head.members ?? []) + recipientMembers(step, mode: mode) + (tail.members ?? []))
    }

    private func recipientMembers(_ step: StatusPlan.Step, mode: CustomerIDs.Mode) -> [JSON.Member] {
        let ids = ids(step, mode: mode)
        let members: JSON
        switch message.recipient {
        case .phone:
            // What failed for a number tells no user id.
            let hasFailed = step.status == .failed
            members = [
                "recipient_id": JSON(customer), "recipient_user_id": hasFailed ? nil : JSON(ids.userID),
                "recipient_parent_user_id": hasFailed ? nil : ids.parentUserID.map { JSON($0) },
            ]
        case .user:
            members = [
                "recipient_id": ids.phone.map { JSON($0) }, "recipient_user_id": JSON(ids.userID),
                "recipient_parent_user_id": ids.parentUserID.map { JSON($0) },
            ]
        case .group:
            let isOfMember = step.participant != nil
            members = [
                "recipient_id": JSON(customer), "recipient_type": "group",
                "recipient_participant_id": isOfMember ? ids.phone.map { JSON($0) } : nil,
                "recipient_participant_user_id": isOfMember ? JSON(ids.userID) : nil,
            ]
        }
        return members.members ?? []
    }
}
