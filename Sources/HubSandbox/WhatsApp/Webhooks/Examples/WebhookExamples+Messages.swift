extension WebhookExamples {
    /// `messages` in shapes that no customer writes; those are made by `POST /_sandbox/whatsapp/inbound`.
    static let messages = [
        WebhookExample("messages.text") { context in
            [
                "contacts": [context.contact],
                "messages": [
                    [
                        "from": JSON(context.customer), "from_user_id": JSON(context.userID),
                        "id": context.messageID(), "timestamp": context.time, "type": "text",
                        "text": ["body": "Grüße 👋"],
                    ]
                ],
            ]
        },
        // Meta's own trouble, told beside no message.
        WebhookExample("messages.errors") { _ in
            ["errors": [GraphError.catalogued(130429).webhookElement]]
        },
        WebhookExample("messages.system.user_changed_number") { context in
            [
                "messages": [
                    [
                        "from": JSON(context.customer), "id": context.messageID(), "timestamp": context.time,
                        "type": "system",
                        "system": [
                            "body": "User Sheena Nelson changed from 16505551234 to 12195555358",
                            "wa_id": "12195555358", "type": "user_changed_number",
                        ],
                    ]
                ]
            ]
        },
        WebhookExample("messages.system.user_changed_user_id", isDocumented: false) { context in
            [
                "messages": [
                    [
                        "from": JSON(context.customer), "from_user_id": JSON(context.userID),
                        "id": context.messageID(), "timestamp": context.time, "type": "system",
                        "system": [
                            "body": "User Sheena Nelson changed their user id", "user_id": "US.99991208655302741918",
                            "previous_user_id": JSON(context.userID), "type": "user_changed_user_id",
                        ],
                    ]
                ]
            ]
        },
    ]
}
