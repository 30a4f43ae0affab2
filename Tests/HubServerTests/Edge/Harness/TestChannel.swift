import AdapterKit

/// A small channel with a signature header of its own: the secret, and the sum of the body's bytes.
struct TestChannel: ChannelAdapter, WebhookHandshake {
    static let manifest = AdapterManifest(
        name: "test-channel", kind: .channel, version: "1.0.0", summary: "A channel for tests.",
        settings: SettingsSchema([
            SettingsField("secret", .secret, scope: .app, required: true, summary: "Signs webhooks."),
            SettingsField("number", .text, required: true, summary: "The account."),
        ]),
        capabilities: [.handshake], accounts: AccountSettings(channel: "number"), sends: ["text", "template"],
        hosts: [],
        privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "None.", export: "None.", erasure: "None."))

    private let secret: String

    init(settings: AdapterSettings, host: any AdapterHost) throws { secret = settings.secret("secret")?.reveal() ?? "" }

    static func signature(_ body: [UInt8], secret: String) -> String {
        "\(secret).\(body.reduce(0) { $0 + Int($1) })"
    }

    func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String {
        guard request.query["token"] == secret, let challenge = request.query["challenge"] else {
            throw .handshakeWrong
        }
        return challenge
    }

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        if !request.isProven {
            guard let signature = request.headers["test-signature"] else { throw .signatureMissing }
            guard signature == Self.signature(request.body, secret: secret) else { throw .signatureWrong }
        }
        let body = (try? JSON.parse(request.body)) ?? .null
        let updates =
            (body["messages"]?.elements ?? []).map { Self.message($0, at: request.receivedAt) }
            + (body["notices"]?.elements ?? []).map { notice in
                .notice(AccountNotice(kind: notice["kind"]?.string ?? "", occurredAt: request.receivedAt, raw: notice))
            } + (body["news"]?.elements ?? []).map { Self.news($0, at: request.receivedAt) }
        return WebhookReceipt(batches: [
            InboundBatch(account: body["number"]?.string.map { .channel($0) }, updates: updates, replayBody: body)
        ])
    }

    /// Other things that a provider tells.
    private static func news(_ json: JSON, at now: Timestamp) -> InboundUpdate {
        switch json["kind"]?.string {
        case "alert":
            .alert(
                ChannelAlert(
                    code: json["code"]?.string ?? "", title: "Something is wrong", severity: .critical,
                    effect: json["effect"]?.string.flatMap(ChannelAlert.Effect.init) ?? .none, occurredAt: now,
                    raw: json))
        case "consent":
            .consent(
                ConsentUpdate(
                    person: [ContactIdentity(.phone, json["from"]?.string ?? "")], purpose: .marketing,
                    isGranted: json["granted"] == true, word: "stop", occurredAt: now))
        case "template":
            .template(
                TemplateUpdate(
                    providerID: "1", name: "order_shipped", language: "en_US", status: .approved, occurredAt: now,
                    raw: json))
        case "echo":
            .message(
                InboundMessage(
                    providerID: json["id"]?.string ?? "", sender: [ContactIdentity(.phone, json["from"]?.string ?? "")],
                    origin: .businessApp, content: .text(.init(body: "From the phone")), sentAt: now, raw: json))
        default: .limits(ChannelLimits(messagesPerSecond: 80))
        }
    }

    private static func message(_ json: JSON, at now: Timestamp) -> InboundUpdate {
        let media = json["media"].map { media in
            MediaReference(
                providerID: media["id"]?.string ?? "", mimeType: media["mime_type"]?.string,
                filename: media["filename"]?.string, expiresAt: now + .seconds(3600))
        }
        return .message(
            InboundMessage(
                providerID: json["id"]?.string ?? "", sender: [ContactIdentity(.phone, json["from"]?.string ?? "")],
                profileName: json["name"]?.string, content: content(json), media: media, sentAt: now, raw: json))
    }

    private static func content(_ json: JSON) -> MessageContent {
        let type = json["type"]?.string ?? "text"
        if type == "text" { return .text(.init(body: json["text"]?.string ?? "")) }
        if let media = json["media"], let kind = MessageContent.Media.Kind(rawValue: type) {
            return .media(.init(kind, mimeType: media["mime_type"]?.string, filename: media["filename"]?.string))
        }
        return .unsupported(.init(type: type))
    }

    /// What becomes of a message is what its text says.
    func send(_ message: OutboundMessage) async -> SendOutcome {
        guard case .text(let text) = message.content else { return .accepted(providerID: "test:\(message.id)") }
        return switch text.body {
        case "reject":
            .rejected(FailureReason(code: "131026", title: "Not on this channel", detail: "No such number"))
        case "lose": .uncertain(reason: FailureReason(code: "no_answer", title: "No answer"))
        default: .accepted(providerID: "test:\(message.id)")
        }
    }
}

/// A business system that takes everything.
struct TestSystem: SystemAdapter {
    static let manifest = AdapterManifest(
        name: "test-system", kind: .system, version: "1.0.0", summary: "A system for tests.",
        settings: SettingsSchema([]), hosts: [],
        privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "None.", export: "None.", erasure: "None."))

    init(settings: AdapterSettings, host: any AdapterHost) throws {}

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }
}
