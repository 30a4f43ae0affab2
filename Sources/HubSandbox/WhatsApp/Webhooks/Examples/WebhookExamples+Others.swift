extension WebhookExamples {
    /// Fields that most hubs only keep; few of their shapes are published.
    static let others = [
        WebhookExample("flows.FLOW_STATUS_CHANGE", isDocumented: false) { _ in
            [
                "event": "FLOW_STATUS_CHANGE", "message": "The flow's status has changed from DRAFT to PUBLISHED.",
                "flow_id": "6627390910605886", "old_status": "DRAFT", "new_status": "PUBLISHED",
            ]
        },
        WebhookExample("flows.ENDPOINT_ERROR_RATE", isDocumented: false) { _ in
            [
                "event": "ENDPOINT_ERROR_RATE", "message": "Half of the endpoint's answers are errors.",
                "flow_id": "6627390910605886", "error_rate": 50, "threshold": 10, "alert_state": "ACTIVATED",
                "errors": [["error_type": "TIMEOUT_ERROR", "error_rate": 50, "error_count": 12]],
            ]
        },
        WebhookExample("messaging_handovers", isDocumented: false) { context in
            [
                "messaging_handovers": [
                    [
                        "wa_id": JSON(context.customer), "type": "pass_thread_control",
                        "new_owner_app_id": JSON(context.appID), "timestamp": context.time,
                    ]
                ]
            ]
        },
        WebhookExample("consumer_profile", isDocumented: false) { context in ["contacts": [context.contact]] },
        WebhookExample("payment_configuration_update", isDocumented: false) { _ in
            [
                "configuration_name": "upi", "provider_name": "razorpay", "provider_mid": "acc_1", "status": "Active",
                "created_timestamp": 1_720_203_204, "updated_timestamp": 1_721_088_316,
            ]
        },
        WebhookExample("partner_solutions", isDocumented: false) { _ in
            ["event": "SOLUTION_CREATED", "solution_id": "303610109049230", "solution_status": "INITIATED"]
        },
        WebhookExample("automatic_events", isDocumented: false) { context in
            [
                "automatic_events": [
                    ["id": context.messageID(), "event_name": "Purchase", "timestamp": JSON(context.now)]
                ]
            ]
        },
        WebhookExample("tracking_events", isDocumented: false) { context in
            [
                "events": [
                    [
                        "event_name": "click", "timestamp": JSON(context.now),
                        "tracking_data": ["click_id": "click_1", "tracking_token": "token_1"],
                    ]
                ]
            ]
        },
    ]
}
