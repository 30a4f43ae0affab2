public import AdapterKit

extension WhatsAppCloudAdapter {
    /// `adapter: whatsapp-cloud` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "whatsapp-cloud", kind: .channel, version: "1.0.0",
        summary: "WhatsApp Business Cloud API: messages, templates and their statuses.",
        settings: SettingsSchema([
            SettingsField(
                "app_secret", .secrets(maximum: 2), scope: .app, required: true,
                summary: "App secret of the Meta app; signs its webhooks. A second one is accepted while it is rotated."
            ),
            SettingsField(
                "verify_token", .secret, scope: .app, required: true,
                summary: "The token that you enter beside the callback address in the App Dashboard."),
            SettingsField(
                "phone_number_id", .text, required: true, format: .digits,
                summary: "Id of the business phone number: not the number itself."),
            SettingsField(
                "business_account_id", .text, required: true, format: .digits,
                summary: "Id of the WhatsApp Business Account that the number belongs to."),
            SettingsField(
                "access_token", .secret, required: true,
                summary: "System user or business token with whatsapp_business_messaging."),
            SettingsField(
                "graph_url", .url, defaultValue: "https://graph.facebook.com",
                summary: "Address of the Graph API; another one for a sandbox."),
            SettingsField(
                "api_version", .text, defaultValue: "v25.0",
                format: TextFormat(
                    characters: "v0123456789.", length: 4...6, summary: "must be a Graph API version such as v25.0"),
                summary: "Version of the Graph API; each lives for about two years."),
            SettingsField(
                "messages_per_second", .integer(1...1000), defaultValue: "80",
                summary: "Throughput of the number; Meta starts at 80, and at 20 with the WhatsApp Business app."),
        ]),
        capabilities: [.handshake],
        accounts: AccountSettings(channel: "phone_number_id", parent: "business_account_id"),
        hosts: ["graph.facebook.com"],
        privacy: PrivacyDeclaration(
            touches: [.name, .phone, .userID, .messageContent, .messageID],
            recipients: ["Meta Platforms (WhatsApp Business Cloud API)"],
            retention: """
                Cloud API keeps messages for up to 30 days, uploaded media for 30 days, media received for 7 days, and \
                repeats undelivered webhooks for up to 7 days; about 1 hour each when the number is set to No Storage. \
                Meta's contact book keeps phone number and user id until it is turned off. \
                Source: developers.facebook.com, WhatsApp Cloud API: webhooks, media, No Storage, business-scoped user ids.
                """,
            export: "None by API: people ask WhatsApp in their app (Settings, Account, Request account info).",
            erasure: """
                No call deletes a message that was sent; copies lapse after 30 days. An entry of the contact book goes \
                with DELETE /{phone_number_id}/contact_book.
                """)
    )
}
