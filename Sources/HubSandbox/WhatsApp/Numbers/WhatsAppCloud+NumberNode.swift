/// What can be read of a number and of its business account, and whether they can send.
extension WhatsAppCloud {
    /// - Parameter fields: the `fields` parameter; Meta's default choice without it.
    func numberNode(_ number: SandboxConfiguration.Number, fields: String?) throws(GraphError) -> JSON {
        let state = state(of: number)
        let node: JSON = [
            "verified_name": JSON(number.name), "code_verification_status": JSON(state.codeVerification),
            "display_phone_number": JSON(number.displayPhoneNumber), "quality_rating": JSON(state.quality),
            "platform_type": state.isRegistered ? "CLOUD_API" : "NOT_APPLICABLE",
            "throughput": ["level": JSON(state.throughput)],
            "webhook_configuration": courier.routing.json(number),
            "status": JSON(state.connection), "name_status": JSON(state.nameStatus),
            "new_name_status": state.newName.map { _ in "PENDING_REVIEW" },
            "new_display_name": state.newName.map { JSON($0) },
            "account_mode": "SANDBOX", "is_official_business_account": .bool(state.isOfficial),
            "is_on_biz_app": .bool(state.isOnBusinessApp), "is_pin_enabled": .bool(state.pin != nil),
            "is_preverified_number": false, "quality_score": ["score": JSON(state.quality)],
            "whatsapp_business_manager_messaging_limit": JSON(state.messagingLimit),
            "messaging_limit_tier": JSON(state.messagingLimit), "search_visibility": "VISIBLE",
            "last_onboarded_time": JSON(Timestamp.iso8601(seconds: state.onboardedAt / 1000)),
            "username": state.username.map { JSON($0.text) },
            "conversational_automation": state.settings["conversational_automation"],
            "health_status": healthStatus(of: number), "id": JSON(number.phoneNumberID),
        ]
        let chosen =
            try fields.map { text throws(GraphError) in try FieldSelection.parse(text) }
            ?? Self.defaultNumberFields.map { FieldSelection(name: $0) }
        return try FieldSelection.choose(
            chosen, of: node, emptyFields: Self.emptyNumberFields, node: "WhatsAppBusinessPhoneNumber")
    }

    /// - Parameter fields: the `fields` parameter; Meta's default choice without it.
    func accountNode(_ numbers: [SandboxConfiguration.Number], fields: String?) throws(GraphError) -> JSON {
        guard let first = numbers.first else { return .null }
        let node: JSON = [
            "id": JSON(first.businessAccountID), "name": JSON(first.name), "currency": "USD", "timezone_id": "1",
            "message_template_namespace": JSON("sandbox_\(first.businessAccountID)"),
            "account_review_status": "APPROVED", "business_verification_status": "verified", "country": "US",
            "ownership_type": "SELF", "status": "ACTIVE",
            "owner_business_info": ["name": "Sandbox", "id": JSON(configuration.businessID)],
            "owner_business": ["name": "Sandbox", "id": JSON(configuration.businessID)],
            "is_enabled_for_insights": true, "health_status": healthStatus(of: first, isAccount: true),
        ]
        let chosen =
            try fields.map { text throws(GraphError) in try FieldSelection.parse(text) }
            ?? ["id", "name", "currency", "timezone_id", "message_template_namespace"].map { FieldSelection(name: $0) }
        return try FieldSelection.choose(
            chosen, of: node, emptyFields: Self.emptyAccountFields, node: "WhatsAppBusinessAccount")
    }

    /// `health_status`: whether messages can go out, entity by entity; the whole is as good as its worst part.
    /// - Parameter entities: further entities in front, such as a message template.
    func healthStatus(
        of number: SandboxConfiguration.Number, isAccount: Bool = false, entities more: [JSON] = []
    ) -> JSON {
        let state = state(of: number)
        var entities = more
        if !isAccount {
            var health = state.health ?? NumberHealth(canSend: "AVAILABLE")
            if !state.isRegistered {
                health.canSend = "BLOCKED"
                health.errors.append([
                    "error_code": 133010, "error_description": "The phone number is not registered.",
                    "possible_solution": "Register the phone number.",
                ])
            }
            entities.append(Self.healthEntity("PHONE_NUMBER", number.phoneNumberID, health))
        }
        let account = accountHealth[number.businessAccountID] ?? NumberHealth(canSend: "AVAILABLE")
        entities.append(Self.healthEntity("WABA", number.businessAccountID, account))
        let available = NumberHealth(canSend: "AVAILABLE")
        entities.append(Self.healthEntity("BUSINESS", configuration.businessID, available))
        entities.append(Self.healthEntity("APP", configuration.appID, available))
        let states = entities.compactMap { $0["can_send_message"]?.text }
        let worst = ["BLOCKED", "LIMITED"].first { states.contains($0) } ?? "AVAILABLE"
        return ["can_send_message": JSON(worst), "entities": .array(entities)]
    }

    private static func healthEntity(_ type: String, _ id: String, _ health: NumberHealth) -> JSON {
        [
            "entity_type": JSON(type), "id": JSON(id), "can_send_message": JSON(health.canSend),
            "errors": health.errors.isEmpty ? nil : .array(health.errors),
            "additional_info": health.additionalInfo.isEmpty ? nil : .array(health.additionalInfo.map { JSON($0) }),
        ]
    }

    private static let defaultNumberFields = [
        "verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type",
        "throughput", "webhook_configuration", "id",
    ]

    /// Fields that exist and have no value here.
    private static let emptyNumberFields: Set<String> = [
        "certificate", "country_code", "country_dial_code", "eligibility_for_api_business_global_search",
        "new_certificate", "new_display_name", "new_name_status", "username", "conversational_automation",
        "host_platform", "unified_cert_status",
    ]

    private static let emptyAccountFields: Set<String> = [
        "account_review_status", "auth_international_rate_eligibility", "creation_time", "is_shared_with_partners",
        "marketing_messages_lite_api_status", "marketing_messages_onboarding_status", "on_behalf_of_business_info",
        "primary_business_location", "primary_funding_id", "purchase_order_number", "analytics",
        "whatsapp_business_manager_messaging_limit",
    ]
}
