import AdapterKit
import Synchronization

/// A channel that can do everything a channel can, and does it as it is told.
struct DeskChannel: ChannelAdapter {
    static let manifest: AdapterManifest = {
        var manifest = TestChannel.manifest
        manifest.name = "desk-channel"
        manifest.capabilities = [.contentRules, .media, .templates, .readMarks, .blocking, .healthProbe, .operations]
        manifest.sends = MessageContent.sendableTypes
        manifest.media = [
            MediaRule(.image, ["image/jpeg", "image/png"], maximumBytes: 5 << 20),
            MediaRule(.video, ["video/mp4"], maximumBytes: 24 << 20),
        ]
        manifest.window = SendWindow(duration: .seconds(24 * 3600))
        return manifest
    }()

    private let plain: TestChannel
    private let made = Made()

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        plain = try TestChannel(settings: settings, host: host)
    }

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { try plain.receive(request) }

    func send(_ message: OutboundMessage) async -> SendOutcome { await plain.send(message) }
}

extension DeskChannel: ContentRules {
    func problems(of content: MessageContent) -> [RequestProblem] {
        guard case .text(let text) = content, text.body == "forbidden" else { return [] }
        return [RequestProblem(pointer: "/text/body", code: "not_allowed", detail: "must not be that")]
    }
}

extension DeskChannel: MediaChannel {
    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("a picture".utf8)

    func fetch(_ media: MediaReference, into sink: any ByteSink) async throws(ProviderFailure) -> FetchedMedia {
        guard media.providerID != "broken" else {
            throw ProviderFailure(.refused, FailureReason(code: "131052", title: "It could not be read"))
        }
        do {
            try await sink.write(Self.picture)
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "cut_off", title: "It was cut off"))
        }
        return FetchedMedia(mimeType: media.mimeType)
    }

    func upload(_ media: MediaUpload, from source: any ByteSource) async throws(ProviderFailure) -> UploadedMedia {
        UploadedMedia(providerID: "uploaded", expiresAt: Timestamp(milliseconds: .max / 2))
    }
}

extension DeskChannel: TemplateChannel {
    /// What was handed in, so that a look at the provider finds it.
    private final class Made: Sendable {
        let templates = Mutex<[MessageTemplate]>([])
        /// Whether the provider finds something wrong. Not from the start: the hub looks by itself, at any time.
        let isWorried = Mutex(false)
    }

    private static let approved = [("order_shipped", "UTILITY"), ("summer_sale", "MARKETING")].map { name, category in
        MessageTemplate(
            providerID: name, name: name, language: "en_US", status: .approved, category: category,
            components: [["type": "BODY", "text": "Hello"]])
    }

    func templates(after cursor: String?) async throws(ProviderFailure) -> TemplatePage {
        TemplatePage(templates: Self.approved + made.templates.withLock { $0 }, next: nil)
    }

    func create(_ template: JSON) async throws(ProviderFailure) -> MessageTemplate {
        guard let name = template["name"]?.string, name != "refused" else {
            throw ProviderFailure(
                .refused, FailureReason(code: "2388042", title: "The template is wrong", detail: "The name is taken"))
        }
        let new = MessageTemplate(
            providerID: name, name: name, language: template["language"]?.string ?? "", status: .pending,
            category: "UTILITY", components: template["components"]?.elements ?? [])
        made.templates.withLock { $0.append(new) }
        return new
    }

    func edit(_ template: MessageTemplate, _ changes: JSON) async throws(ProviderFailure) {}

    func delete(_ template: MessageTemplate) async throws(ProviderFailure) {
        made.templates.withLock { $0.removeAll { $0.name == template.name } }
    }

    func problems(of send: MessageContent.Template, using template: MessageTemplate) -> [RequestProblem] { [] }
}

extension DeskChannel: ReadMarks, Blocking, HealthProbe {
    func markRead(_ providerID: String, isTyping: Bool) async throws(ProviderFailure) {}

    func setBlocked(_ isBlocked: Bool, _ person: [ContactIdentity]) async throws(ProviderFailure) {
        guard !person.contains(where: { $0.value == "+16505550199" }) else {
            throw ProviderFailure(
                .refused, FailureReason(code: "139100", title: "Only who wrote lately can be blocked"))
        }
    }

    func probe() async throws(ProviderFailure) -> ChannelProbe {
        ChannelProbe(
            limits: ChannelLimits(messagesPerSecond: 80, newContactsPerDay: 1000, quality: "GREEN"),
            alerts: made.isWorried.withLock { $0 }
                ? [
                    ChannelAlert(
                        code: "name.declined", title: "The name was declined", severity: .warning,
                        occurredAt: Timestamp(milliseconds: 1_700_000_000_000), raw: .object([]))
                ] : [],
            facts: ["number": "+1 650-555-0100"])
    }
}

extension DeskChannel: ChannelOperations {
    static let operations = [
        ChannelOperation(
            "echo", isReadOnly: true, summary: "Says what it was told.",
            parameters: [
                SettingsField("word", .text, required: true, summary: "What to say."),
                SettingsField("pin", .secret, required: true, format: .digits, summary: "A secret."),
                SettingsField("times", .integer(1...3), defaultValue: "1", summary: "How often."),
                SettingsField("voice", .choice(["loud", "soft"]), summary: "How."),
            ]),
        ChannelOperation(
            "fail", summary: "Fails.", parameters: [SettingsField("kind", .text, required: true, summary: "How.")]),
        ChannelOperation("worry", summary: "Makes the provider find something wrong."),
    ]

    func perform(_ operation: String, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        if operation == "worry" {
            made.isWorried.withLock { $0 = true }
            return .null
        }
        if operation == "echo" {
            return [
                "word": .string(parameters.text("word") ?? ""), "times": .integer(parameters.integer("times") ?? 0),
            ]
        }
        throw ProviderFailure(
            ProviderFailure.Kind(rawValue: parameters.text("kind") ?? "") ?? .refused,
            FailureReason(code: "77", title: "It failed", detail: "In so many words"), retryAfter: nil)
    }
}
