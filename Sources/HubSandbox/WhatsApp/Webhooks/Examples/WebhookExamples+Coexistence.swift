extension WebhookExamples {
    /// Numbers that are also used in the WhatsApp Business app.
    static let coexistence = [
        WebhookExample("smb_message_echoes.text") { context in
            echo(context, type: "text", ["body": "Written in the app: we are open until 18:00."])
        },
        WebhookExample("smb_message_echoes.image") { context in
            echo(
                context, type: "image",
                [
                    "mime_type": "image/jpeg",
                    "sha256": "3f9d94d399fa6dbf0df1f7f1a5e5ad8a8ae0ee2b3a0bd3b1b7f5c1a0f4d0a111",
                    "id": "1003383421387256", "caption": "From the app",
                ])
        },
        WebhookExample("smb_message_echoes.revoke") { context in
            echo(context, type: "revoke", ["original_message_id": context.messageID(.business)])
        },
        WebhookExample("smb_message_echoes.edit") { context in
            echo(
                context, type: "edit",
                [
                    "original_message_id": context.messageID(.business),
                    "message": [
                        "context": ["id": context.messageID(.business)], "type": "text",
                        "text": ["body": "Written in the app, and corrected."],
                    ],
                ])
        },
        WebhookExample("smb_app_state_sync.add", isDocumented: false) { context in
            [
                "state_sync": [
                    AppSync.contact(name: "Pablo Morales", phone: context.customer, action: "add", at: context.now)
                ]
            ]
        },
        WebhookExample("smb_app_state_sync.remove", isDocumented: false) { context in
            ["state_sync": [AppSync.contact(name: nil, phone: context.customer, action: "remove", at: context.now)]]
        },
        WebhookExample("history") { context in
            let plan = HistoryPlan(threads: 2, messagesPerThread: 3)
            return plan.chunks(of: context.number, now: context.now).first ?? [:]
        },
        WebhookExample("history.media") { context in HistoryPlan.mediaFollowUp(of: context.number, now: context.now) },
        WebhookExample("history.declined") { _ in HistoryPlan.declined },
        WebhookExample("message_echoes", isDocumented: false) { context in
            ["message_echoes": [echoed(context, type: "text", ["body": "Sent by another app of the business."])]]
        },
    ]

    private static func echo(_ context: WebhookExample.Context, type: String, _ content: JSON) -> JSON {
        ["message_echoes": [echoed(context, type: type, content)]]
    }

    private static func echoed(_ context: WebhookExample.Context, type: String, _ content: JSON) -> JSON {
        [
            "from": JSON(context.number.digits), "to": JSON(context.customer), "to_user_id": JSON(context.userID),
            "id": context.messageID(.business), "timestamp": context.time, "type": JSON(type),
        ] + .object([JSON.Member(name: type, value: content)])
    }
}
