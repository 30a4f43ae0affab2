import AdapterKit

extension AlertField {
    /// From Meta's pages on the webhooks of each field. Only what ends all sending pauses a channel.
    static let all: [WebhookField: AlertField] = [
        .accountUpdate: accountUpdate,
        .accountAlerts: accountAlerts,
        .accountReview: AlertField(
            "decision", isByWord: false,
            rules: [
                AlertRule("APPROVED", "The business account passed Meta's review", .information, .clears),
                AlertRule("REJECTED", "The business account did not pass Meta's review", .critical),
                AlertRule("PENDING", "The business account is under Meta's review"),
                AlertRule("DEFERRED", "Meta put off its review of the business account", .warning),
            ], other: "Meta's review of the business account has news"),
        .accountSettings: AlertField(other: "Settings of the number were changed at Meta"),
        .security: AlertField(
            "event",
            rules: [
                AlertRule("PIN_CHANGED", "The number's two-step verification PIN was changed", .warning),
                AlertRule(
                    "PIN_RESET_REQUEST", "Somebody asked to turn off the number's two-step verification", .critical),
                AlertRule("PIN_REQUEST_SUCCESS", "The number's two-step verification was turned off", .critical),
                AlertRule("PIN_RESET_SUCCESS", "The number's two-step verification was turned off", .critical),
            ], other: "The number's security settings have news", .warning),
        .numberName: AlertField(
            "decision", isByWord: false,
            rules: [
                AlertRule("APPROVED", "The number's display name was approved", .information, .clears),
                AlertRule("REJECTED", "The number's display name was rejected", .warning),
                AlertRule("DECLINED", "The number's display name was rejected", .warning),
                AlertRule("PENDING", "The number's display name is under review"),
                AlertRule("DEFERRED", "Meta put off its review of the number's display name"),
            ], other: "The number's display name has news"),
        .businessUsername: AlertField(
            "status", isByWord: false,
            rules: [
                AlertRule("APPROVED", "The number's username is in use", .information, .clears),
                AlertRule("RESERVED", "The number's username is reserved"),
                AlertRule("DELETED", "The number's username was deleted", .warning),
            ], other: "The number's username has news"),
        .numberQuality: AlertField(
            "event",
            rules: [
                AlertRule("FLAGGED", "People report or block the number: Meta may lower its limits", .warning),
                AlertRule("UNFLAGGED", "The number's quality is good again", .information, .clears),
                AlertRule("DOWNGRADE", "Meta lowered the number's messaging limit", .warning),
            ], silent: ["ONBOARDING", "THROUGHPUT_UPGRADE", "UPGRADE"], other: "The number's quality has news"),
        .flows: flows,
        .paymentConfiguration: AlertField(
            "status", isByWord: false,
            rules: [
                AlertRule("ACTIVE", "The payment configuration works", .information, .clears),
                AlertRule("NEEDS_CONNECTING", "The payment configuration has to be connected", .warning),
                AlertRule("NEEDS_TESTING", "The payment configuration has to be tested", .warning),
            ], other: "The payment configuration has news", .warning),
        .partnerSolutions: AlertField(other: "A partner's solution on the account has news"),
    ]

    private static let accountUpdate = AlertField(
        "event",
        rules: [
            AlertRule("ACCOUNT_DELETED", "The business account was deleted", .critical, .pauses),
            AlertRule("ACCOUNT_OFFBOARDED", "The number was disconnected from Cloud API", .critical, .pauses),
            AlertRule("ACCOUNT_RECONNECTED", "The number is connected to Cloud API again", .information, .resumes),
            AlertRule("PARTNER_REMOVED", "The business account is no longer shared with this app", .critical, .pauses),
            AlertRule("PARTNER_APP_UNINSTALLED", "The business removed this app", .critical, .pauses),
            AlertRule("PARTNER_ADDED", "The business account was shared with this app"),
            AlertRule("PARTNER_APP_INSTALLED", "The business installed this app"),
            AlertRule("DISABLED_UPDATE/DISABLE", "Meta disabled the business account", .critical, .pauses),
            AlertRule(
                "DISABLED_UPDATE/SCHEDULE_FOR_DISABLE", "Meta is about to disable the business account", .critical),
            AlertRule("DISABLED_UPDATE/REINSTATE", "Meta reinstated the business account", .information, .resumes),
            AlertRule("DISABLED_UPDATE", "Meta's ban of the business account has news", .critical),
            AlertRule("ACCOUNT_RESTRICTION/ALL", "Meta restricted all messages of the account", .critical, .pauses),
            AlertRule("ACCOUNT_RESTRICTION/SOME", "Meta restricted some messages of the account", .critical),
            AlertRule("ACCOUNT_RESTRICTION", "Meta restricted what the account may do", .warning),
            AlertRule("ACCOUNT_VIOLATION", "Meta found that the account violates a policy", .warning),
            AlertRule(
                "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "The partner's certification of the business has news"),
            AlertRule("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "The business's country was set"),
            AlertRule("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "Prices of authentication messages abroad change"),
            AlertRule("VOLUME_BASED_PRICING_TIER_UPDATE", "The account reached another price tier"),
            AlertRule("AD_ACCOUNT_LINKED", "An advertising account was linked"),
            AlertRule("MM_LITE_TERMS_SIGNED", "The terms for marketing messages were signed"),
        ], other: "The business account has news", .warning)

    private static let accountAlerts = AlertField(
        "alert_info", "alert_type",
        rules: [
            AlertRule("INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED", "Meta put off raising the messaging limit"),
            AlertRule("INCREASED_CAPABILITIES_ELIGIBILITY_FAILED", "Meta did not raise the messaging limit", .warning),
            AlertRule(
                "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
                "Meta needs more information to raise the messaging limit", .warning),
            AlertRule("OBA_APPROVED", "The number is an official business account"),
            AlertRule("OBA_REJECTED", "The number did not become an official business account", .warning),
            AlertRule("PROFILE_PICTURE_LOST", "The number lost its profile picture", .warning),
        ], other: "Meta has an alert for the account", .warning)

    private static let flows = AlertField(
        "event",
        rules: [
            AlertRule("FLOW_STATUS_CHANGE/PUBLISHED", "A flow was published"),
            AlertRule("FLOW_STATUS_CHANGE/THROTTLED", "A flow is slowed down, as its endpoint fails", .warning),
            AlertRule("FLOW_STATUS_CHANGE/BLOCKED", "A flow is blocked, as its endpoint fails", .critical),
            AlertRule("FLOW_STATUS_CHANGE/DEPRECATED", "A flow was deprecated"),
            AlertRule("FLOW_STATUS_CHANGE", "A flow's status has changed"),
            AlertRule("CLIENT_ERROR_RATE", "A flow fails on people's phones too often", .warning),
            AlertRule("CLIENT_ERROR_RATE/DEACTIVATED", "A flow works on people's phones again", .information, .clears),
            AlertRule("ENDPOINT_ERROR_RATE", "A flow's endpoint fails too often", .warning),
            AlertRule("ENDPOINT_ERROR_RATE/DEACTIVATED", "A flow's endpoint works again", .information, .clears),
            AlertRule("ENDPOINT_LATENCY", "A flow's endpoint is too slow", .warning),
            AlertRule("ENDPOINT_LATENCY/DEACTIVATED", "A flow's endpoint is fast again", .information, .clears),
            AlertRule("ENDPOINT_AVAILABILITY", "A flow's endpoint is often not available", .warning),
            AlertRule(
                "ENDPOINT_AVAILABILITY/DEACTIVATED", "A flow's endpoint is available again", .information, .clears),
            AlertRule("FLOW_VERSION_EXPIRY_WARNING", "A flow's version expires soon", .warning),
            AlertRule("FLOW_VERSION_FREEZE_WARNING", "A flow's version can soon no longer be published", .warning),
        ], other: "A flow has news")
}
