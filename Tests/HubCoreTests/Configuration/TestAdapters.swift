import AdapterKit

/// A channel with a setting of every kind.
struct TestChannel: ChannelAdapter {
    static let manifest = AdapterManifest(
        name: "test-channel", kind: .channel, version: "1.0.0", summary: "A channel for tests.",
        settings: SettingsSchema([
            SettingsField("app_secret", .secrets(maximum: 2), scope: .app, required: true, summary: "Signs webhooks."),
            SettingsField("verify_token", .secret, scope: .app, summary: "Proves the address."),
            SettingsField("phone_number_id", .text, required: true, format: .digits, summary: "The account."),
            SettingsField("business_account_id", .text, format: .digits, summary: "The account above."),
            SettingsField("access_token", .secret, required: true, summary: "Sends."),
            SettingsField("graph_url", .url, defaultValue: "https://graph.example.com", summary: "The provider."),
            SettingsField("api_version", .text, defaultValue: "v25.0", summary: "The version."),
            SettingsField("messages_per_second", .integer(1...1000), defaultValue: "80", summary: "The rate."),
            SettingsField("mode", .choice(["live", "rehearsal"]), defaultValue: "live", summary: "The mode."),
            SettingsField("read_receipts", .boolean, defaultValue: "false", summary: "Whether to mark as read."),
            SettingsField("languages", .list, defaultValue: "en, de", summary: "The languages."),
        ]),
        accounts: AccountSettings(channel: "phone_number_id", parent: "business_account_id"), hosts: [],
        privacy: .nothing)

    init(settings: AdapterSettings, host: any AdapterHost) {}

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { WebhookReceipt(batches: []) }

    func send(_ message: OutboundMessage) async -> SendOutcome { .accepted(providerID: message.id) }
}

/// Another channel, so that accounts of two providers can be told apart.
struct OtherChannel: ChannelAdapter {
    static let manifest = AdapterManifest(
        name: "other-channel", kind: .channel, version: "1.0.0", summary: "Another channel for tests.",
        settings: SettingsSchema([SettingsField("phone_number_id", .text, required: true, summary: "The account.")]),
        accounts: AccountSettings(channel: "phone_number_id"), hosts: [], privacy: .nothing)

    init(settings: AdapterSettings, host: any AdapterHost) {}

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { WebhookReceipt(batches: []) }

    func send(_ message: OutboundMessage) async -> SendOutcome { .accepted(providerID: message.id) }
}

struct TestSystem: SystemAdapter {
    static let manifest = AdapterManifest(
        name: "test-system", kind: .system, version: "1.0.0", summary: "A business system for tests.",
        settings: SettingsSchema([
            SettingsField("url", .url, required: true, summary: "Where events go."),
            SettingsField("secret", .secrets(maximum: 2), required: true, summary: "Signs events."),
            SettingsField("timeout_seconds", .integer(1...60), defaultValue: "15", summary: "For one event."),
        ]),
        hosts: [], privacy: .nothing)

    init(settings: AdapterSettings, host: any AdapterHost) {}

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }
}

struct TestIdentity: IdentityAdapter {
    static let manifest = AdapterManifest(
        name: "test-identity", kind: .identity, version: "1.0.0", summary: "Sign-in for tests.",
        settings: SettingsSchema([
            SettingsField("client_id", .text, scope: .app, required: true, summary: "The client."),
            SettingsField("client_secret", .secret, scope: .app, required: true, summary: "Its secret."),
            SettingsField("domain", .text, summary: "Of its own."),
        ]),
        identity: IdentityDeclaration(), hosts: [], privacy: .nothing)

    init(settings: AdapterSettings, host: any AdapterHost) {}

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        throw SignInRefusal(.misconfigured)
    }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        throw SignInRefusal(.misconfigured)
    }
}

extension PrivacyDeclaration {
    static let nothing = PrivacyDeclaration(
        touches: [], recipients: [], retention: "none", export: "none", erasure: "none")
}
