extension WebhookExamples {
    static let numbers = [
        WebhookExample("phone_number_quality_update.ONBOARDING") { quality($0, event: "ONBOARDING") },
        WebhookExample("phone_number_quality_update.THROUGHPUT_UPGRADE") { context in
            quality(context, event: "THROUGHPUT_UPGRADE", limit: "TIER_UNLIMITED")
        },
        WebhookExample("phone_number_quality_update.FLAGGED", isDocumented: false) { quality($0, event: "FLAGGED") },
        WebhookExample("phone_number_quality_update.UNFLAGGED", isDocumented: false) {
            quality($0, event: "UNFLAGGED")
        },
        WebhookExample("phone_number_quality_update.UPGRADE", isDocumented: false) { context in
            quality(context, event: "UPGRADE", limit: "TIER_10K", oldLimit: "TIER_2K")
        },
        WebhookExample("phone_number_quality_update.DOWNGRADE", isDocumented: false) { context in
            quality(context, event: "DOWNGRADE", limit: "TIER_2K", oldLimit: "TIER_10K")
        },
        WebhookExample("phone_number_name_update.APPROVED", isDocumented: false) { context in
            [
                "display_phone_number": JSON(context.number.digits), "decision": "APPROVED",
                "requested_verified_name": JSON(context.number.name), "rejection_reason": .null,
            ]
        },
        WebhookExample("phone_number_name_update.REJECTED", isDocumented: false) { context in
            [
                "display_phone_number": JSON(context.number.digits), "decision": "REJECTED",
                "requested_verified_name": "Best Shop Ever!!!", "rejection_reason": "NAME_NOT_CONSISTENT",
            ]
        },
        WebhookExample("business_username_updates.approved") { username($0, status: "approved") },
        WebhookExample("business_username_updates.reserved") { username($0, status: "reserved") },
        WebhookExample("business_username_updates.deleted") { context in
            ["display_phone_number": JSON(context.number.digits), "status": "deleted"]
        },
        WebhookExample("user_preferences.stop") { preferences($0, value: "stop") },
        WebhookExample("user_preferences.resume") { preferences($0, value: "resume") },
        // The contact of Meta's own example has no profile.
        WebhookExample("user_preferences.signup", isDocumented: false) { context in
            let value = preferences(context, value: "signup")
            guard let entry = value["user_preferences"]?.elements?.first else { return value }
            return value.replacing("user_preferences", with: [entry.adding("signup_id", "1407012304221349")])
        },
        WebhookExample("user_id_update", isDocumented: false) { context in
            [
                "contacts": [context.contact],
                "user_id_update": [
                    [
                        "wa_id": JSON(context.customer), "detail": "The user's id has changed.",
                        "user_id": ["previous": JSON(context.userID), "current": "US.99991208655302741918"],
                        "timestamp": JSON(context.now),
                    ]
                ],
            ]
        },
    ]

    static let calls = [
        WebhookExample("calls.connect", isDocumented: false) { context in
            [
                "contacts": [context.contact],
                "calls": [
                    call(context, event: "connect")
                        + ["session": ["sdp_type": "offer", "sdp": "v=0\r\no=- 0 2 IN IP4 127.0.0.1\r\n"]]
                ],
            ]
        },
        WebhookExample("calls.terminate", isDocumented: false) { context in
            [
                "contacts": [context.contact],
                "calls": [
                    call(context, event: "terminate")
                        + [
                            "status": "COMPLETED", "start_time": JSON(String(context.now - 60)),
                            "end_time": context.time, "duration": 60,
                        ]
                ],
            ]
        },
        WebhookExample("calls.status", isDocumented: false) { context in
            [
                "statuses": [
                    [
                        "id": callID, "type": "call", "status": "RINGING", "timestamp": context.time,
                        "recipient_id": JSON(context.customer), "biz_opaque_callback_data": "call_1",
                    ]
                ]
            ]
        },
    ]

    private static let callID: JSON = "wacid.HBgLMTY1MDU1NTEyMzQVAgASGCAyRkE5RDQ3"

    private static func call(_ context: WebhookExample.Context, event: String) -> JSON {
        [
            "id": callID, "from": JSON(context.customer), "from_user_id": JSON(context.userID),
            "to": JSON(context.number.digits), "event": JSON(event), "timestamp": context.time,
            "direction": "USER_INITIATED",
        ]
    }

    private static func quality(
        _ context: WebhookExample.Context, event: String, limit: String = "TIER_2K", oldLimit: String? = nil
    ) -> JSON {
        [
            "display_phone_number": JSON(context.number.digits), "event": JSON(event), "current_limit": JSON(limit),
            "old_limit": oldLimit.map { JSON($0) }, "max_daily_conversations_per_business": JSON(limit),
        ]
    }

    private static func username(_ context: WebhookExample.Context, status: String) -> JSON {
        let name = BusinessUsername.suggestions(for: context.number.name).first ?? "business"
        return [
            "display_phone_number": JSON(context.number.digits), "username": JSON(name), "status": JSON(status),
        ]
    }

    private static func preferences(_ context: WebhookExample.Context, value: String) -> JSON {
        [
            "contacts": [["wa_id": JSON(context.customer), "user_id": JSON(context.userID)]],
            "user_preferences": [
                [
                    "wa_id": JSON(context.customer), "user_id": JSON(context.userID),
                    "detail": JSON("User requested to \(value) marketing messages"),
                    "category": "marketing_messages", "value": JSON(value), "timestamp": JSON(context.now),
                ]
            ],
        ]
    }
}
