extension InboundExample {
    /// What happens to a customer or a message.
    static let events: [InboundExample] = [
        InboundExample("system_number", "the customer has changed their phone number") { place in
            let new = newNumber(of: place.customer)
            return [
                "type": "system",
                "system": [
                    "body": JSON("User A changed from \(place.customer) to \(new)"), "wa_id": JSON(new),
                    "type": "user_changed_number",
                ],
            ]
        },
        InboundExample("system_number_old_names", "the same with the names of older versions") { place in
            let new = newNumber(of: place.customer)
            return [
                "type": "system",
                "system": [
                    "body": JSON("User A changed from \(place.customer) to \(new)"), "new_wa_id": JSON(new),
                    "type": "customer_changed_number", "customer": JSON(place.customer),
                ],
            ]
        },
        InboundExample("system_user_id", "the customer has got a new user id") { place in
            [
                "type": "system",
                "system": [
                    "body": "User A changed their user id",
                    "user_id": JSON(
                        Recipient.userID(
                            ofCustomer: newNumber(of: place.customer),
                            businessAccountID: place.number.businessAccountID)),
                    "previous_user_id": JSON(place.userID), "type": "user_changed_user_id",
                ],
            ]
        },
        InboundExample("system_identity", "the customer's security code has changed (an old form)") { _ in
            [
                "type": "system",
                "identity": ["acknowledged": false, "created_timestamp": "1750030073", "hash": "DF2lS5v2W6x="],
                "system": ["body": "A new security code was made", "type": "customer_identity_changed"],
            ]
        },
        InboundExample("request_welcome", "the customer has opened the chat for the first time") { _ in
            ["type": "request_welcome"]
        },
        InboundExample("edit", "the customer has edited their newest message (Coexistence numbers)") { place in
            [
                "type": "edit",
                "edit": [
                    "original_message_id": JSON(place.customerMessage),
                    "message": [
                        "context": ["id": JSON(place.customerMessage)], "type": "text",
                        "text": ["body": "Where is my order 860199?"],
                    ],
                ],
            ]
        },
        InboundExample("revoke", "the customer has deleted their newest message for everyone (Coexistence numbers)") {
            ["type": "revoke", "revoke": ["original_message_id": JSON($0.customerMessage)]]
        },
    ]

    /// What WhatsApp does not pass on, or not whole.
    static let refusals: [InboundExample] = [
        InboundExample("unsupported", "a message of a type that the API does not carry") { _ in
            unsupported(nil)
        },
        InboundExample("unsupported_poll", "a poll") { _ in unsupported("poll_creation") },
        InboundExample("unsupported_edit", "an edit, as it arrives while edits are suspended") { _ in
            unsupported("edit")
        },
        InboundExample("unsupported_unavailable", "the first message to a Coexistence number, not available") { _ in
            [
                "type": "unsupported",
                "errors": [
                    error(131060, "This message is currently unavailable.", "This message is currently unavailable.")
                ],
            ]
        },
        InboundExample("unknown", "a type that older versions did not know") { _ in
            [
                "type": "unknown",
                "errors": [error(131051, "Unsupported message type", "Message type is not currently supported")],
            ]
        },
        InboundExample("image_too_big", "a photo that Meta could not fetch") { _ in
            [
                "type": "image",
                "errors": [
                    error(131052, "Media download error", "Unable to download the media sent by the user.")
                ],
            ]
        },
        InboundExample("interactive_without_body", "an answer whose body is missing, seen in the wild") { _ in
            [
                "type": "interactive",
                "errors": [error(131000, "Something went wrong", "Unsupported webhook payload")],
            ]
        },
        InboundExample("future_type", "a type that nobody has heard of") { _ in
            ["type": "hologram", "hologram": ["id": "1037543291543636", "depth": 3]]
        },
    ]

    /// Another number of the same country.
    private static func newNumber(of customer: String) -> String {
        let last = customer.last.flatMap(\.wholeNumberValue) ?? 0
        return String(customer.dropLast()) + String((last + 5) % 10)
    }

    private static func unsupported(_ type: String?) -> JSON {
        [
            "type": "unsupported",
            "errors": [error(131051, "Message type unknown", "Message type is currently not supported.")],
            "unsupported": type.map { ["type": JSON($0)] },
        ]
    }

    private static func error(_ code: Int, _ title: String, _ details: String) -> JSON {
        ["code": JSON(code), "title": JSON(title), "message": JSON(title), "error_data": ["details": JSON(details)]]
    }
}
