import AdapterKit
import AdapterTesting

/// A small channel that keeps every rule, unless its setting `fault` tells it which one to break.
struct ToyChannel: ChannelAdapter, WebhookHandshake {
    static let manifest = AdapterManifest(
        name: "toy", kind: .channel, version: "1.0.0", summary: "A channel for tests of the kit.",
        settings: SettingsSchema([
            SettingsField("signing_secret", .secret, scope: .app, required: true, summary: "Signs webhooks."),
            SettingsField("account", .text, required: true, summary: "The account."),
            SettingsField("access_token", .secret, required: true, summary: "Sends messages."),
            SettingsField("base_url", .url, defaultValue: "https://toy.example", summary: "Where to send to."),
            SettingsField("fault", .text, scope: .app, summary: "The rule to break."),
        ]),
        capabilities: AdapterManifest.Capability.ofChannels, accounts: AccountSettings(channel: "account"),
        sends: ["text", "image", "interactive", "template"],
        media: [MediaRule(.image, ["image/jpeg"], maximumBytes: 1_000_000)], hosts: [],
        privacy: PrivacyDeclaration(
            touches: [.phone], recipients: ["Nobody"], retention: "Nothing is kept.", export: "Nothing to export.",
            erasure: "Nothing to erase."))

    let secret: String
    let accessToken: Secret?
    let baseURL: String
    let fault: Fault?
    /// Proves itself by the secret in the header, as some providers do.
    let sharesToken: Bool
    let host: any AdapterHost

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        secret = settings.secret("signing_secret")?.reveal() ?? ""
        accessToken = settings.secret("access_token")
        baseURL = settings.text("base_url") ?? ""
        fault = settings.text("fault").flatMap(Fault.init)
        sharesToken = settings.text("fault") == "shares_token"
        self.host = host
        if fault == .refusesSettings || (fault == .refusesApp && accessToken == nil) {
            throw SettingsProblem(key: "fault", message: "is on")
        }
    }

    /// No cryptography, and enough to tell one body from another: FNV-1a over the secret, the length and the start.
    static func signature(secret: String, _ body: [UInt8]) -> String {
        let bytes = Array("\(secret)\(body.count)".utf8) + body.prefix(1024)
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "toy=" + String(hash, radix: 16)
    }

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        if !request.isProven || fault == .provesReplays { try verify(request) }
        let text = String(decoding: request.body, as: UTF8.self)
        guard let root = try? JSON.parse(request.body), case .array(let batches)? = root["batches"] else {
            if fault == .refusesUnreadable { throw .signatureWrong }
            if fault == .dropsUnreadable { return WebhookReceipt(batches: []) }
            return unreadable(text)
        }
        return WebhookReceipt(batches: batches.map { read($0, in: root, receivedAt: request.receivedAt) })
    }

    private func verify(_ request: WebhookRequest) throws(WebhookRejection) {
        let count = request.headers.count("toy-signature")
        if (fault == .takesUnsigned && count == 0) || (fault == .takesDoubled && count == 2) { return }
        guard count == 1 else { throw .signatureMissing }
        let proof = sharesToken ? secret : Self.signature(secret: secret, request.body)
        let isRight = request.headers["toy-signature"] == proof
        guard isRight || fault == .signsNothing, fault != .refusesGenuine else { throw .signatureWrong }
    }

    private func unreadable(_ text: String) -> WebhookReceipt {
        let problem = fault == .quotesProblem ? "cannot read \(text.prefix(200))" : "cannot be read"
        return WebhookReceipt(batches: [
            InboundBatch(account: nil, updates: [], replayBody: .string(text), problem: problem)
        ])
    }

    private func read(_ batch: JSON, in root: JSON, receivedAt: Timestamp) -> InboundBatch {
        let replay: JSON = fault == .replaysAll ? root : ["batches": [batch]]
        guard let account = batch["account"]?.string else {
            return InboundBatch(account: nil, updates: [], replayBody: replay, problem: "no account")
        }
        var updates: [InboundUpdate] = (batch["items"]?.elements ?? []).map { item in
            let text = item["text"]?.string ?? ""
            if fault == .logsText { host.log.log(.info, "received", ["text": text]) }
            let phone = item["from"]?.string ?? "+0"
            let sender = [ContactIdentity(.phone, fault == .forgetsPlus ? String(phone.dropFirst()) : phone)]
            let picture = MediaReference(
                providerID: "1", expiresAt: fault == .namesLostMedia ? receivedAt : receivedAt + .seconds(60))
            let content: MessageContent =
                item["image"] != nil && fault != .forgetsPicture ? .media(.init(.image)) : .text(.init(body: text))
            let sentAt =
                switch fault {
                case .readsClock: host.clock.now
                case .leavesTime: Timestamp(milliseconds: -1)
                default: receivedAt
                }
            return .message(
                InboundMessage(
                    providerID: item["id"]?.string ?? "", sender: fault == .forgetsSender ? [] : sender,
                    content: content, media: item["image"] != nil ? picture : nil, sentAt: sentAt, raw: item))
        }
        if fault == .dropsLast { _ = updates.popLast() }
        return InboundBatch(
            account: fault == .forgetsAccount ? nil : .channel(account), updates: updates, replayBody: replay)
    }

    func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String {
        guard fault == .answersAnyToken || request.query["token"] == secret, let text = request.query["text"],
            fault == .repeatsAnything || (1...64).contains(text.utf8.count) && text.allSatisfy(\.isLetter)
        else { throw .handshakeWrong }
        return text
    }
}
