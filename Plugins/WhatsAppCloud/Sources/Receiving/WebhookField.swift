/// The fields of a webhook that have a reader. News of any other field are kept raw, as a notice.
enum WebhookField: String, CaseIterable {
    case messages
    case messageEchoes = "message_echoes"
    case appMessageEchoes = "smb_message_echoes"
    case history
    case appStateSync = "smb_app_state_sync"
    case calls
    case userPreferences = "user_preferences"
    case userIDUpdate = "user_id_update"
    case templateStatus = "message_template_status_update"
    case templateQuality = "message_template_quality_update"
    case templateComponents = "message_template_components_update"
    case templateCategory = "template_category_update"
    case numberQuality = "phone_number_quality_update"
    case businessCapability = "business_capability_update"
    case accountUpdate = "account_update"
    case accountAlerts = "account_alerts"
    case accountReview = "account_review_update"
    case accountSettings = "account_settings_update"
    case security
    case numberName = "phone_number_name_update"
    case businessUsername = "business_username_updates"
    case flows
    case paymentConfiguration = "payment_configuration_update"
    case partnerSolutions = "partner_solutions"
    // Known by name and kept raw: nothing in the hub acts on them, or nobody has published their shape.
    case groupLifecycle = "group_lifecycle_update"
    case groupParticipants = "group_participants_update"
    case groupSettings = "group_settings_update"
    case groupStatus = "group_status_update"
    case handovers = "messaging_handovers"
    case consumerProfile = "consumer_profile"
    case automaticEvents = "automatic_events"
    case trackingEvents = "tracking_events"

    /// Whether it tells of people. They belong to a number's conversations: without a number no channel can be told, and
    /// a guess could show one tenant's people to another.
    var isOfPeople: Bool {
        switch self {
        case .messages, .messageEchoes, .appMessageEchoes, .history, .appStateSync, .calls, .userPreferences,
            .userIDUpdate:
            true
        default: false
        }
    }
}
