import AdapterKit

/// A small channel with a signature header of its own: the secret, and the sum of the body's bytes.
struct TestChannel: ChannelAdapter, WebhookHandshake {
    static let manifest = AdapterManifest(
        name: "test-channel", kind: .channel, version: "1.0.0", summary: "A channel for tests.",
        settings: SettingsSchema([
            SettingsField("secret", .secret, scope: .app, required: true, summary: "Signs webhooks."),
            SettingsField("number", .text, required: true, summary: "The account."),
        ]),
        capabilities: [.handshake], accounts: AccountSettings(channel: "number"), hosts: [],
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
            }
        return WebhookReceipt(batches: [
            InboundBatch(account: body["number"]?.string.map { .channel($0) }, updates: updates, replayBody: body)
        ])
    }

    private static func message(_ json: JSON, at now: Timestamp) -> InboundUpdate {
        let type = json["type"]?.string ?? "text"
        return .message(
            InboundMessage(
                providerID: json["id"]?.string ?? "", sender: [ContactIdentity(.phone, json["from"]?.string ?? "")],
                profileName: json["name"]?.string,
                content: type == "text" ? .text(.init(body: json["text"]?.string ?? "")) : .unsupported(type: type),
                sentAt: now, raw: json))
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
