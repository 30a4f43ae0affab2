extension WebhookExamples {
    static let account = [
        WebhookExample("business_capability_update") { _ in
            ["max_daily_conversations_per_business": 2000, "max_phone_numbers_per_business": 25]
        },
        // Pages show numbers and names of tiers for the same member.
        WebhookExample("business_capability_update.tier") { _ in
            ["max_daily_conversations_per_business": "TIER_UNLIMITED", "max_phone_numbers_per_waba": 25]
        },
        WebhookExample("account_alerts") { context in
            alert(
                context, entity: "BUSINESS", id: context.businessID, severity: "WARNING", status: "ACTIVE",
                type: "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
                "More information is needed to raise the messaging limit.")
        },
        WebhookExample("account_alerts.OBA_APPROVED") { context in
            alert(
                context, entity: "PHONE_NUMBER", id: context.number.phoneNumberID, severity: "INFORMATIONAL",
                status: "NONE", type: "OBA_APPROVED", "The number is an official business account now.")
        },
        WebhookExample("account_alerts.PROFILE_PICTURE_LOST") { context in
            alert(
                context, entity: "PHONE_NUMBER", id: context.number.phoneNumberID, severity: "CRITICAL",
                status: "ACTIVE", type: "PROFILE_PICTURE_LOST", "The profile picture is gone; set it again.")
        },
        WebhookExample("account_review_update", isDocumented: false) { _ in ["decision": "APPROVED"] },
        WebhookExample("account_review_update.REJECTED", isDocumented: false) { _ in ["decision": "REJECTED"] },
        WebhookExample("account_settings_update", isDocumented: false) { _ in
            ["phone_number_settings": ["storage_configuration": ["status": "DEFAULT"]]]
        },
        WebhookExample("security.PIN_CHANGED") { context in
            [
                "display_phone_number": JSON(context.number.digits), "event": "PIN_CHANGED",
                "requester": "61555822107539",
            ]
        },
        WebhookExample("security.PIN_RESET_REQUEST") { context in
            [
                "display_phone_number": JSON(context.number.digits), "event": "PIN_RESET_REQUEST",
                "requester": "61555822107539",
            ]
        },
        WebhookExample("security.PIN_REQUEST_SUCCESS") { context in
            ["display_phone_number": JSON(context.number.digits), "event": "PIN_REQUEST_SUCCESS"]
        },
    ]

    /// Every event of `account_update`, with its object of details.
    static let accountUpdates = [
        update("ACCOUNT_DELETED"),
        update("ACCOUNT_RESTRICTION") { context in
            [
                "restriction_info": [
                    [
                        "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                        "expiration": JSON(context.now + 7 * 86_400),
                    ],
                    [
                        "restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
                        "expiration": JSON(context.now + 7 * 86_400),
                    ],
                ]
            ]
        },
        update("ACCOUNT_VIOLATION") { _ in ["violation_info": ["violation_type": "SCAM"]] },
        update("DISABLED_UPDATE") { _ in ban("DISABLE") },
        update("DISABLED_UPDATE", shape: "SCHEDULE_FOR_DISABLE") { _ in ban("SCHEDULE_FOR_DISABLE") },
        update("DISABLED_UPDATE", shape: "REINSTATE") { _ in ban("REINSTATE") },
        update("ACCOUNT_OFFBOARDED"),
        update("ACCOUNT_RECONNECTED"),
        update("PARTNER_ADDED") { account($0) },
        update("PARTNER_REMOVED") { context in
            account(context)
                + ["disconnection_info": ["reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"]]
        },
        update("PARTNER_APP_INSTALLED") { account($0, app: true) },
        update("PARTNER_APP_UNINSTALLED") { account($0, app: true) },
        update("PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE") { context in
            [
                "partner_client_certification_info": [
                    "client_business_id": JSON(context.businessID), "status": "APPROVED",
                ]
            ]
        },
        update("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE") { _ in ["country": "US"] },
        update("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE") { context in
            [
                "auth_international_rate_eligibility": [
                    "start_time": JSON(context.now),
                    "exception_countries": [["country_code": "IN", "start_time": JSON(context.now)]],
                ]
            ]
        },
        update("VOLUME_BASED_PRICING_TIER_UPDATE") { context in
            [
                "volume_tier_info": [
                    "tier_update_time": JSON(context.now), "pricing_category": "UTILITY", "tier": "25000:50000",
                    "effective_month": "2026-11", "region": "North America",
                ]
            ]
        },
        update("AD_ACCOUNT_LINKED") { context in account(context) + ["ad_account_id": "980198427658004"] },
        update("MM_LITE_TERMS_SIGNED") { account($0) },
    ]

    private static func update(
        _ event: String, shape: String? = nil,
        _ details: @escaping @Sendable (WebhookExample.Context) -> JSON = { _ in [:] }
    ) -> WebhookExample {
        let name = (["account_update", event] + (shape.map { [$0] } ?? [])).joined(separator: ".")
        return WebhookExample(name) { context in
            let front: JSON = ["phone_number": JSON(context.number.digits), "event": JSON(event)]
            return front + details(context)
        }
    }

    private static func ban(_ state: String) -> JSON {
        ["ban_info": ["waba_ban_state": JSON(state), "waba_ban_date": "November 23, 2026"]]
    }

    private static func account(_ context: WebhookExample.Context, app: Bool = false) -> JSON {
        [
            "waba_info": [
                "waba_id": JSON(context.number.businessAccountID), "owner_business_id": JSON(context.businessID),
                "partner_app_id": app ? JSON(context.appID) : nil, "solution_id": app ? nil : "303610109049230",
            ]
        ]
    }

    private static func alert(
        _ context: WebhookExample.Context, entity: String, id: String, severity: String, status: String, type: String,
        _ description: String
    ) -> JSON {
        [
            "entity_type": JSON(entity), "entity_id": JSON(id),
            "alert_info": [
                "alert_severity": JSON(severity), "alert_status": JSON(status), "alert_type": JSON(type),
                "alert_description": JSON(description),
            ],
        ]
    }
}
