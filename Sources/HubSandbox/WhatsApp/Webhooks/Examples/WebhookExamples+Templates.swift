extension WebhookExamples {
    static let templates: [WebhookExample] =
        statusEvents.map { event in
            WebhookExample("message_template_status_update.\(event)") { _ in
                template(["event": JSON(event)] + details(of: event))
            }
        } + [
            WebhookExample("message_template_quality_update") { _ in
                template(["previous_quality_score": "GREEN", "new_quality_score": "YELLOW"])
            },
            WebhookExample("message_template_components_update", isDocumented: false) { _ in
                template([
                    "message_template_element": "Hi {{1}}, your order {{2}} is confirmed and will arrive on {{3}}.",
                    "message_template_title": "Order", "message_template_footer": "Thank you",
                ])
            },
            WebhookExample("template_category_update", isDocumented: false) { _ in
                template(["previous_category": "UTILITY", "new_category": "MARKETING"])
            },
            WebhookExample("template_category_update.warning", isDocumented: false) { _ in
                template(["correct_category": "MARKETING", "new_category": "UTILITY"])
            },
        ]

    private static let statusEvents = [
        "APPROVED", "ARCHIVED", "UNARCHIVED", "DELETED", "DISABLED", "FLAGGED", "IN_APPEAL", "LIMIT_EXCEEDED", "LOCKED",
        "PAUSED", "PENDING", "REINSTATED", "PENDING_DELETION", "REJECTED",
    ]

    private static func template(_ value: JSON) -> JSON {
        let common: JSON = [
            "message_template_id": 1_689_556_908_129_832, "message_template_name": "order_confirmation",
            "message_template_language": "en-US",
        ]
        return .object((value.members ?? []) + (common.members ?? []))
    }

    private static func details(of event: String) -> JSON {
        switch event {
        case "REJECTED":
            [
                "reason": "INVALID_FORMAT", "message_template_category": "UTILITY",
                "rejection_info": [
                    "reason": "The template has a variable at its end.",
                    "recommendation": "Put text after the last variable.",
                ],
            ]
        case "PAUSED":
            [
                "reason": .null, "message_template_category": "UTILITY",
                "other_info": ["title": "FIRST_PAUSE", "description": "Paused for 3 hours because of low quality."],
            ]
        case "DISABLED":
            [
                "reason": "NONE", "message_template_category": "UTILITY",
                "disable_info": ["disable_date": 1_751_068_800],
                "other_info": ["title": "DISABLED", "description": "Paused too many times."],
            ]
        default: ["reason": "NONE", "message_template_category": "UTILITY"]
        }
    }
}

extension JSON {
    /// The members of both objects, in order.
    static func + (left: JSON, right: JSON) -> JSON { .object((left.members ?? []) + (right.members ?? [])) }
}
