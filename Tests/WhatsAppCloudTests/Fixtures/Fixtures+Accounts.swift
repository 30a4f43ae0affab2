extension Fixtures {
    private static let template =
        #""message_template_id":1689556908129832,"message_template_name":"order_confirmation","message_template_language":"en-US""#

    /// A template's status with this event and members besides it.
    static func templateStatus(_ event: String, _ members: String = #""reason":"NONE""#) -> String {
        accountChange("message_template_status_update", #"{"event":"\#(event)",\#(template),\#(members)}"#)
    }

    static let templateRejected = templateStatus(
        "REJECTED",
        #"""
        "reason":"INVALID_FORMAT","message_template_category":"MARKETING",
        "rejection_info":{"reason":"Variables at the edge","recommendation":"Add words around them"}
        """#)

    static let templateQuality = accountChange(
        "message_template_quality_update",
        #"{"previous_quality_score":"GREEN","new_quality_score":"YELLOW",\#(template)}"#)

    static let templateCategory = accountChange(
        "template_category_update",
        #"{\#(template),"previous_category":"UTILITY","new_category":"MARKETING","correct_category":"MARKETING"}"#)

    static let templateComponents = accountChange(
        "message_template_components_update",
        #"{\#(template),"message_template_element":"Hello {{1}}","message_template_footer":"Bye"}"#)

    static let templateShapes = [
        Shape("a template approved", templateStatus("approved")), Shape("a template rejected", templateRejected),
        Shape("a template's quality", templateQuality), Shape("a template's category", templateCategory),
        Shape("a template's parts", templateComponents),
    ]

    static let throughput = accountChange(
        "phone_number_quality_update",
        #"""
        {"display_phone_number":"15550783881","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_UNLIMITED",
         "max_daily_conversations_per_business":"TIER_UNLIMITED"}
        """#)

    static let flagged = accountChange(
        "phone_number_quality_update",
        #"{"display_phone_number":"15550783881","event":"FLAGGED","current_limit":"TIER_10K","old_limit":"TIER_10K"}"#)

    static func capability(_ limit: String) -> String {
        accountChange(
            "business_capability_update",
            #"{"max_daily_conversations_per_business":\#(limit),"max_phone_numbers_per_business":20}"#)
    }

    /// An account's news with this event and its object.
    static func accountUpdate(_ event: String, _ info: String = #""country":"US""#) -> String {
        accountChange("account_update", #"{"event":"\#(event)",\#(info)}"#)
    }

    static func ban(_ state: String) -> String {
        accountUpdate("DISABLED_UPDATE", #""ban_info":{"waba_ban_state":"\#(state)","waba_ban_date":"2026-12-01"}"#)
    }

    static func restriction(_ types: String...) -> String {
        let list = types.map { #"{"restriction_type":"\#($0)","expiration":1796000000}"# }.joined(separator: ",")
        return accountUpdate("ACCOUNT_RESTRICTION", #""restriction_info":[\#(list)]"#)
    }

    /// The entry is the partner's own business; the account stands inside.
    static let partnerRemoved = accountUpdate(
        "PARTNER_REMOVED",
        #"""
        "waba_info":{"waba_id":"102290129340399","owner_business_id":"77","partner_app_id":"88"},
        "disconnection_info":{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}
        """#)

    static func accountAlert(_ severity: String, status: String) -> String {
        accountChange(
            "account_alerts",
            #"""
            {"entity_type":"PHONE_NUMBER","entity_id":106540352242922,"alert_info":{"alert_severity":"\#(severity)",
             "alert_status":"\#(status)","alert_type":"OBA_REJECTED","alert_description":"Sorry, no"}}
            """#)
    }

    static let accountShapes = [
        Shape("more throughput", throughput), Shape("a flagged number", flagged, updates: 2),
        Shape("a messaging limit", capability("2000")), Shape("a messaging tier", capability(#""TIER_2K""#)),
        Shape("an account deleted", accountUpdate("ACCOUNT_DELETED")), Shape("a ban", ban("DISABLE")),
        Shape("a restriction", restriction("RESTRICTED_ADD_PHONE_NUMBER_ACTION")),
        Shape("a partner removed", partnerRemoved),
        Shape("a newer event of an account", accountUpdate("TELEPORTED")),
        Shape("an alert of an account", accountAlert("CRITICAL", status: "ACTIVE")),
        Shape("a review", accountChange("account_review_update", #"{"decision":"APPROVED"}"#)),
        Shape("settings", accountChange("account_settings_update", #"{"anything":1}"#)),
        Shape(
            "security",
            accountChange("security", #"{"display_phone_number":"15550783881","event":"PIN_CHANGED","requester":"61"}"#)
        ),
        Shape(
            "a display name",
            accountChange(
                "phone_number_name_update",
                #"{"display_phone_number":"15550783881","decision":"REJECTED","requested_verified_name":"Us","rejection_reason":"X"}"#
            )),
        Shape(
            "a username",
            accountChange(
                "business_username_updates",
                #"{"display_phone_number":"15550783881","username":"us","status":"approved"}"#)),
        Shape(
            "a flow",
            accountChange(
                "flows", #"{"event":"FLOW_STATUS_CHANGE","flow_id":"123","old_status":"DRAFT","new_status":"BLOCKED"}"#)
        ),
        Shape(
            "payments",
            accountChange(
                "payment_configuration_update",
                #"{"configuration_name":"c","provider_name":"p","status":"Needs_Connecting"}"#)),
        Shape(
            "a partner's solution",
            accountChange("partner_solutions", #"{"event":"SOLUTION_CREATED","solution_id":"1"}"#)),
        Shape(
            "a group made",
            field("group_lifecycle_update", #""groups":[{"group_id":"g","type":"group_create","subject":"Us"}]"#)),
        Shape(
            "people of a group",
            field("group_participants_update", #""groups":[{"group_id":"g","added_participants":[{"wa_id":"1650"}]}]"#)),
        Shape("settings of a group", field("group_settings_update", #""groups":[{"group_id":"g","subject":"Them"}]"#)),
        Shape("a group's status", field("group_status_update", #""groups":[{"group_id":"g","type":"suspended"}]"#)),
        Shape("a handover", field("messaging_handovers", #""messaging_handovers":[{"a":1}]"#)),
        Shape("a profile", field("consumer_profile", #""profiles":[{"a":1}]"#)),
        Shape(
            "automatic events",
            accountChange("automatic_events", #"{"automatic_events":[{"id":"wamid.a","event_name":"Purchase"}]}"#)),
        Shape("tracking", accountChange("tracking_events", #"{"events":[{"event_name":"open"}]}"#)),
    ]
}
