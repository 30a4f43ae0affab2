/// A message that a customer writes, by a control call or on the phone page.
struct InboundMessage: Sendable {
    let number: SandboxConfiguration.Number
    /// The customer's digits.
    let customer: String
    let name: String?
    let userID: String
    /// The `messages` element without `from`, `id`, `timestamp`.
    let content: JSON
    /// Members to leave out: `from`, `wa_id`, `from_user_id`, `user_id`, `name`.
    let omitted: Set<String>

    /// - Throws: ``ControlError`` when the sender is no number or there is nothing to say.
    init(_ json: JSON, number: SandboxConfiguration.Number) throws(ControlError) {
        guard let from = json["from"]?.text,
            case .phone(let digits)? = Recipient.phone(from: "+" + from, businessDigits: "")
        else { throw ControlError("'from' must be a phone number") }
        let name = json["name"]?.text
        guard (name ?? "").count <= 100 else { throw ControlError("'name' is longer than 100 characters") }
        if let message = json["message"] {
            guard message.members != nil, message["type"]?.text != nil else {
                throw ControlError("'message' must be an object with a 'type'")
            }
            content = message
        } else {
            guard let text = json["text"]?.text, !text.isEmpty else {
                throw ControlError("'text' or 'message' is missing")
            }
            guard text.utf8.count <= 65_536 else { throw ControlError("'text' is longer than 65,536 bytes") }
            content = ["type": "text", "text": ["body": JSON(text)]]
        }
        self.number = number
        self.name = name
        customer = digits
        userID =
            json["user_id"]?.text ?? Recipient.userID(ofCustomer: digits, businessAccountID: number.businessAccountID)
        omitted = Set((json["omit"]?.elements ?? []).compactMap(\.text))
    }

    /// What the phone page shows.
    var preview: MessagePreview {
        let type = content["type"]?.text ?? "text"
        return MessagePreview(type: type, content: content[type] ?? .null)
    }

    var contact: JSON {
        let contact: JSON = [
            "profile": omitted.contains("name") ? nil : ["name": JSON(name ?? "+\(customer)")],
            "wa_id": JSON(customer), "user_id": JSON(userID),
        ]
        return contact.without(omitted)
    }

    /// The `messages` element; members of the given content win over made ones.
    func element(id: String, time: Int) -> JSON {
        let made: JSON = [
            "from": JSON(customer), "from_user_id": JSON(userID), "id": JSON(id), "timestamp": JSON(String(time)),
        ]
        let given = content.members ?? []
        let kept = made.without(Set(given.map(\.name))).without(omitted).members ?? []
        return .object(kept + given)
    }
}
