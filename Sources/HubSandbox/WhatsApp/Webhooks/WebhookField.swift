/// What is known of webhook fields, from Meta's pages on webhooks and on callback overrides.
enum WebhookField {
    /// Fields whose `value` names the number in `metadata`; all others concern the business account.
    static let ofNumbers: Set<String> = [
        "messages", "calls", "smb_message_echoes", "smb_app_state_sync", "history", "user_preferences",
        "message_echoes",
        "messaging_handovers", "consumer_profile", "group_lifecycle_update", "group_participants_update",
        "group_settings_update", "group_status_update", "user_id_update", "tracking_events", "account_settings_update",
    ]

    /// Fields that go to a number's or account's own callback when it has one; all others go to the app's, always.
    static let followingOverrides: Set<String> = [
        "messages", "message_echoes", "calls", "consumer_profile", "messaging_handovers", "group_lifecycle_update",
        "group_participants_update", "group_settings_update", "group_status_update", "smb_message_echoes",
        "smb_app_state_sync", "history", "account_settings_update",
    ]
}
