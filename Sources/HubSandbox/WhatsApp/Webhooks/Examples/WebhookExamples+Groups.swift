extension WebhookExamples {
    static let groups = [
        WebhookExample("group_lifecycle_update.group_create") { context in
            group(
                context, "group_create",
                [
                    "subject": "Hiking club", "description": "Sunday tours",
                    "invite_link": "https://chat.whatsapp.com/LpQwErTyUiO", "join_approval_mode": "auto_approve",
                ])
        },
        WebhookExample("group_lifecycle_update.group_delete") { group($0, "group_delete") },
        WebhookExample("group_participants_update.group_participants_add") { context in
            group(
                context, "group_participants_add",
                ["added_participants": [["input": JSON("+" + context.customer), "wa_id": JSON(context.customer)]]])
        },
        WebhookExample("group_participants_update.group_participants_remove") { context in
            group(
                context, "group_participants_remove",
                ["removed_participants": [["input": JSON("+" + context.customer), "wa_id": JSON(context.customer)]]])
        },
        WebhookExample("group_participants_update.failed") { context in
            group(
                context, "group_participants_remove",
                [
                    "failed_participants": [
                        [
                            "input": JSON("+" + context.customer),
                            "errors": [GraphError.catalogued(131201).webhookElement],
                        ]
                    ]
                ])
        },
        WebhookExample("group_settings_update") { context in
            group(
                context, "group_settings_update",
                ["group_subject": ["text": "Hiking club 2027", "update_successful": true]])
        },
        WebhookExample("group_status_update.group_suspend") { group($0, "group_suspend") },
        WebhookExample("group_status_update.group_suspend_cleared") { group($0, "group_suspend_cleared") },
    ]

    private static func group(_ context: WebhookExample.Context, _ type: String, _ more: JSON = [:]) -> JSON {
        let front: JSON = [
            "timestamp": context.time, "group_id": "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD",
            "type": JSON(type), "request_id": "req_1",
        ]
        return ["groups": [front + more]]
    }
}
