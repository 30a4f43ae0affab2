public import AdapterKit

extension WebhookAdapter {
    /// `adapter: webhook` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "webhook", kind: .system, version: "1.0.0",
        summary: "Any business system with an HTTP endpoint: signed by Standard Webhooks.",
        settings: SettingsSchema([
            SettingsField("url", .url, required: true, summary: "Where events are posted."),
            SettingsField(
                "secret", .secrets(maximum: 2), required: true,
                summary: "whsec_ and base64 of 24 to 64 random bytes. Two sign every event while one is rotated."),
            SettingsField(
                "timeout_seconds", .integer(1...60), defaultValue: "15",
                summary: "How long the system may take to answer."),
        ]),
        hosts: [],
        privacy: PrivacyDeclaration(
            touches: [.name, .phone, .userID, .messageContent, .messageID],
            recipients: ["The business system at url"],
            retention: "As the business system's owner decides: the hub sends events there and keeps no hold of them.",
            export: "From the business system, by its owner.",
            erasure: "In the business system, by its owner; events name the contact by its id and identities."))
}
