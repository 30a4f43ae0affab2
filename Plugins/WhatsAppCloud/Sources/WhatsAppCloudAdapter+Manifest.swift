public import AdapterKit

extension WhatsAppCloudAdapter {
    /// `adapter: whatsapp-cloud` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "whatsapp-cloud", kind: .channel, version: "1.1.0",
        summary: "WhatsApp Business Cloud API: messages, media, templates, their statuses, and the number itself.",
        settings: settingsSchema,
        capabilities: AdapterManifest.Capability.ofChannels,
        accounts: AccountSettings(channel: "phone_number_id", parent: "business_account_id"),
        sends: MessageContent.sendableTypes, media: mediaRules,
        window: SendWindow(duration: .seconds(24 * 3600), freeEntry: .seconds(72 * 3600)),
        pairRate: PairRate(interval: .seconds(6), burst: 45),
        hosts: ["graph.facebook.com", "lookaside.fbsbx.com"], privacy: privacy)

    private static let settingsSchema = SettingsSchema([
        SettingsField(
            "app_id", .text, scope: .app, format: .digits,
            summary: "Id of the Meta app: needed for Embedded Signup and to learn when a token expires."),
        SettingsField(
            "app_secret", .secrets(maximum: 2), scope: .app, required: true,
            summary: "App secret of the Meta app; signs its webhooks. A second one is accepted while it is rotated."),
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
            "access_token", .secret,
            summary:
                "System user or business token with whatsapp_business_messaging and whatsapp_business_management. "
                + "Without it the token of exchange_code is used, which the tenant's store keeps."),
        SettingsField(
            "appsecret_proof", .boolean, defaultValue: "true",
            summary:
                "Proves each call by the app secret. Turn it off only when the token is another app's than the secret."),
        SettingsField(
            "graph_url", .url, defaultValue: "https://graph.facebook.com",
            summary: "Address of the Graph API; another one for a sandbox."),
        SettingsField(
            "api_version", .text, defaultValue: "v25.0",
            format: TextFormat(
                characters: "v0123456789.", length: 4...6, summary: "must be a Graph API version such as v25.0"),
            summary: "Version of the Graph API; each lives for about two years."),
        SettingsField(
            "media_hosts", .list,
            summary: "Host names beside lookaside.fbsbx.com that media may be fetched from with the token."),
        SettingsField(
            "messages_per_second", .integer(1...1000),
            summary:
                "Throughput of the number, in and out together. Without it what Meta tells holds: 80, 1000, or 20 with "
                + "the WhatsApp Business app."),
        SettingsField(
            "check_window", .boolean, defaultValue: "true",
            summary:
                "Refuses what is no template when the person last wrote more than 24 hours ago. Without it Meta judges."
        ),
    ])

    /// Of Meta's page on media. A document may be of any type there: the list is of those that are sure to be shown.
    private static let mediaRules: [MediaRule] = [
        MediaRule(
            .audio, ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], maximumBytes: 16 << 20),
        MediaRule(.document, [], maximumBytes: 100 << 20),
        MediaRule(.image, ["image/jpeg", "image/png"], maximumBytes: 5 << 20),
        // An animated one; one that stands still has 100 KB.
        MediaRule(.sticker, ["image/webp"], maximumBytes: 500 << 10),
        MediaRule(.video, ["video/mp4", "video/3gpp"], maximumBytes: 16 << 20),
    ]

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .phone, .userID, .messageContent, .media, .messageID],
        recipients: ["Meta Platforms (WhatsApp Business Cloud API)"],
        retention: """
            Cloud API keeps messages for up to 30 days, uploaded media for 30 days, media received for 7 days, and \
            repeats undelivered webhooks for up to 7 days; about 1 hour each when the number is set to No Storage. \
            Meta's contact book keeps phone number and user id until it is turned off or the entry is deleted. \
            Source: developers.facebook.com, WhatsApp Cloud API: webhooks, media, No Storage, business-scoped user ids.
            """,
        export: "None by API: people ask WhatsApp in their app (Settings, Account, Request account info).",
        erasure: """
            No call deletes a message that was sent; copies lapse after 30 days. An entry of the contact book goes \
            with the operation contact_book_delete (DELETE /{phone_number_id}/contact_book).
            """)
}
