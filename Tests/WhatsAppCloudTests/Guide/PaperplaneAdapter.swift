import AdapterKit
import Crypto

/// Paperplane, a messaging service that exists only in our guide.
struct PaperplaneAdapter: ChannelAdapter {
    static let manifest = AdapterManifest(
        name: "paperplane", kind: .channel, version: "1.0.0", summary: "Paperplane: text messages.",
        settings: SettingsSchema([
            SettingsField("account", .text, required: true, summary: "Id of the Paperplane account."),
            SettingsField("signing_secret", .secret, required: true, summary: "Signs Paperplane's webhooks."),
            SettingsField("access_token", .secret, required: true, summary: "Token to send with."),
            SettingsField(
                "api_url", .url, defaultValue: "https://api.paperplane.example", summary: "Address of the API."),
        ]),
        accounts: AccountSettings(channel: "account"), hosts: ["api.paperplane.example"],
        privacy: PrivacyDeclaration(
            touches: [.name, .phone, .messageContent, .messageID], recipients: ["Paperplane Inc."],
            retention: "Messages are kept for 7 days (paperplane.example/privacy).",
            export: "By mail to privacy@paperplane.example.", erasure: "DELETE /contacts/{phone}."))

    private let key: SymmetricKey
    private let token: Secret
    private let url: String
    private let http: any HTTPPort

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let secret = settings.secret("signing_secret"), let token = settings.secret("access_token") else {
            throw SettingsProblem(key: "signing_secret", message: "is missing")
        }
        key = SymmetricKey(data: Array(secret.reveal().utf8))
        self.token = token
        url = (settings.text("api_url") ?? "") + "/messages"
        http = host.http
    }

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        // What comes again from the quarantine was proven when it first came.
        if !request.isProven { try verify(request) }
        return WebhookReceipt(batches: [read(request)])
    }

    // X-Paperplane-Signature: the HMAC-SHA256 of the body under the signing secret, in hexadecimal.
    private func verify(_ request: WebhookRequest) throws(WebhookRejection) {
        guard request.headers.count("x-paperplane-signature") == 1,
            let signature = request.headers["x-paperplane-signature"], signature.utf8.count == 64
        else { throw .signatureMissing }
        let code = stride(from: 0, to: 64, by: 2).compactMap { UInt8(signature.dropFirst($0).prefix(2), radix: 16) }
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: request.body, using: key) else {
            throw .signatureWrong
        }
    }

    // {"account": "a1", "messages": [{"id": "m1", "from": "+16505551234", "name": "Sheena", "text": "hi", "at": 1795420700}]}
    private func read(_ request: WebhookRequest) -> InboundBatch {
        guard let body = try? JSON.parse(request.body), let account = body["account"]?.string,
            case .array(let items)? = body["messages"]
        else {
            // It was signed, so it is kept: as text, which the host can hand in again.
            let text = JSON.string(String(decoding: request.body, as: UTF8.self))
            return InboundBatch(account: nil, updates: [], replayBody: text, problem: "not a list of messages")
        }
        var batch = InboundBatch(account: .channel(account), updates: [], replayBody: body)
        for item in items {
            guard let id = item["id"]?.string, let from = item["from"]?.string else {
                batch.problem = "a message without id or sender"
                continue
            }
            batch.updates.append(
                .message(
                    InboundMessage(
                        providerID: id, sender: [ContactIdentity(.phone, from)], profileName: item["name"]?.string,
                        content: (item["text"]?.string).map { .text(.init(body: $0)) }
                            ?? .unsupported(.init(type: "unknown")),
                        sentAt: (item["at"]?.integer).map { Timestamp(seconds: $0) } ?? request.receivedAt, raw: item)))
        }
        return batch
    }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        guard case .text(let text) = message.content, let to = message.recipient.first(where: { $0.kind == .phone })
        else {
            return .rejected(FailureReason(code: "unsupported", title: "Paperplane takes text to phone numbers"))
        }
        let body: JSON = ["to": .string(to.value), "text": .string(text.body), "reference": .string(message.id)]
        let call = HTTPCall(url: url, headers: [("authorization", "Bearer \(token.reveal())")], body: body.encoded)
        do throws(HTTPFailure) {
            return Self.outcome(of: try await http.send(call))
        } catch .notConnected {
            return .unavailable(reason: FailureReason(code: "no_connection", title: "No connection to Paperplane"))
        } catch .refused {
            return .misconfigured(FailureReason(code: "address_refused", title: "The hub may not call api_url"))
        } catch {
            return .uncertain(reason: FailureReason(code: "no_answer", title: "Paperplane gave no answer"))
        }
    }

    private static func outcome(of answer: HTTPAnswer) -> SendOutcome {
        let reason = FailureReason(code: "http_\(answer.status)", title: "Paperplane answered \(answer.status)")
        switch answer.status {
        case 200..<300:
            let id = (try? JSON.parse(answer.body))?["id"]?.string
            return id.map { .accepted(providerID: $0) } ?? .uncertain(reason: reason)
        case 401, 403: return .misconfigured(reason)
        case 429: return .throttled(scope: .channel, retryAfter: answer.retryAfter)
        case 400..<500: return .rejected(reason)
        default: return .uncertain(reason: reason)
        }
    }
}
