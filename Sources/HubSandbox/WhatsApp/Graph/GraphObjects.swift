/// The objects that a business can read of itself.
enum GraphObjects {
    static func phoneNumber(_ number: SandboxConfiguration.Number) -> JSON {
        [
            "verified_name": JSON(number.name), "code_verification_status": "VERIFIED",
            "display_phone_number": JSON(number.displayPhoneNumber), "quality_rating": "GREEN",
            "platform_type": "CLOUD_API", "throughput": ["level": "STANDARD"],
            "webhook_configuration": ["application": JSON(number.webhookURL)], "status": "CONNECTED",
            "name_status": "APPROVED", "account_mode": "SANDBOX", "is_official_business_account": false,
            "is_on_biz_app": false, "health_status": health(number), "id": JSON(number.phoneNumberID),
        ]
    }

    static func businessAccount(_ number: SandboxConfiguration.Number) -> JSON {
        [
            "id": JSON(number.businessAccountID), "name": JSON(number.name), "timezone_id": "1",
            "message_template_namespace": "5e2f7a6c_sandbox", "health_status": health(number),
        ]
    }

    static let subscribedApps: JSON = [
        "data": [["whatsapp_business_api_data": ["link": "https://www.facebook.com/", "name": "Sandbox", "id": "1"]]]
    ]

    /// Fields that exist and have no value here; Meta leaves such members out of an answer.
    private static let emptyFields: Set<String> = [
        "business_verification_status", "certificate", "conversational_automation", "country", "country_code",
        "country_dial_code", "currency", "eligibility_for_api_business_global_search", "is_pin_enabled",
        "is_preverified_number", "last_onboarded_time", "marketing_messages_lite_api_status",
        "marketing_messages_onboarding_status", "new_certificate", "new_name_status", "owner_business_info",
        "ownership_type", "primary_business_location", "quality_score", "search_visibility", "username",
        "account_review_status", "auth_international_rate_eligibility", "whatsapp_business_manager_messaging_limit",
    ]

    /// The members a `fields` parameter asks for, `id` always with them; Meta's default choice without it.
    static func select(_ fields: String?, of object: JSON) throws(GraphError) -> JSON {
        guard let fields, !fields.isEmpty else { return object.without(["health_status", "status", "name_status"]) }
        // Sub-selections such as `health_status{entities}` choose the whole member here.
        let names = fields.replacing(/\{[^}]*\}/, with: "").replacing("%2C", with: ",").split(separator: ",").map(
            String.init)
        let known = object.members ?? []
        for name in names where !known.contains(where: { $0.name == name }) && !emptyFields.contains(name) {
            throw GraphError(http: 400, code: 100, title: "Tried accessing nonexisting field (\(name.prefix(64)))")
        }
        return .object(known.filter { names.contains($0.name) || $0.name == "id" })
    }

    private static func health(_ number: SandboxConfiguration.Number) -> JSON {
        [
            "can_send_message": "AVAILABLE",
            "entities": [
                ["entity_type": "PHONE_NUMBER", "id": JSON(number.phoneNumberID), "can_send_message": "AVAILABLE"],
                ["entity_type": "WABA", "id": JSON(number.businessAccountID), "can_send_message": "AVAILABLE"],
            ],
        ]
    }
}
