import AdapterKit
import Synchronization

/// A channel whose sends have outcomes that the test scripts, and whose webhooks are plain JSON.
struct ScriptedChannel: ChannelAdapter {
    static let manifest = AdapterManifest(
        name: "scripted", kind: .channel, version: "1.0.0", summary: "A channel for tests.",
        settings: SettingsSchema([
            SettingsField("signature", .text, scope: .app, summary: "What a webhook has to be signed with."),
            SettingsField("account", .text, summary: "The account."),
            SettingsField("parent", .text, summary: "The account above."),
            SettingsField("script", .text, summary: "Names the script."),
            SettingsField("messages_per_second", .integer(1...1000), summary: "The rate."),
        ]),
        accounts: AccountSettings(channel: "account", parent: "parent"), sends: ["text", "template"], hosts: [],
        privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "none", export: "none", erasure: "none"))

    private let signature: String?
    private let script: ChannelScript?

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard settings.text("script") != "refused" else { throw SettingsProblem(key: "script", message: "is refused") }
        signature = settings.text("signature")
        script = settings.text("script").flatMap { ChannelScript.named($0) }
    }

    init(_ script: ChannelScript) {
        signature = nil
        self.script = script
    }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        await script?.send(message) ?? .accepted(providerID: "wamid.\(message.id)")
    }

    /// `[{account | parent, messages: [id], types: [type], problem}]`; the sender is the same for all.
    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        guard request.isProven || request.headers["signature"] == signature else { throw .signatureWrong }
        guard let body = try? JSON.parse(request.body) else {
            return WebhookReceipt(batches: [
                InboundBatch(
                    account: nil, updates: [], replayBody: .string(String(decoding: request.body, as: UTF8.self)),
                    problem: "it is no JSON")
            ])
        }
        return WebhookReceipt(
            batches: body.elements.map { batch in
                let updates = batch["messages"]?.elements.enumerated().map { index, id in
                    let type = batch["types"]?.elements[index].string ?? "text"
                    return InboundUpdate.message(
                        InboundMessage(
                            providerID: id.string ?? "", sender: [ContactIdentity(.phone, "+16505551234")],
                            content: type == "text" ? .text(.init(body: "hello")) : .unsupported(.init(type: type)),
                            sentAt: request.receivedAt, raw: id))
                }
                return InboundBatch(
                    account: batch["account"]?.string.map { .channel($0) }
                        ?? batch["parent"]?.string.map { .parent($0) },
                    updates: updates ?? [], replayBody: [batch], problem: batch["problem"]?.string)
            })
    }
}

/// What becomes of each send, and what was sent.
final class ChannelScript: Sendable {
    struct Sent: Sendable {
        var id: String
        var phone: String
        var at: Timestamp
    }

    private struct State {
        var sent: [Sent] = []
        var underWay: [String: Int] = [:]
        var most = 0
        var mostOfOnePhone = 0
    }

    private static let all = Mutex<[String: ChannelScript]>([:])

    private let clock: any ClockPort
    private let answer: @Sendable (OutboundMessage, Int) async -> SendOutcome
    private let state = Mutex(State())

    /// - Parameter answer: Gets the message and which time it is sent, from 1.
    init(
        clock: any ClockPort,
        _ answer: @escaping @Sendable (OutboundMessage, Int) async -> SendOutcome = {
            .accepted(providerID: "wamid.\($0.id).\($1)")
        }
    ) {
        self.clock = clock
        self.answer = answer
    }

    /// Lets a channel that is made from settings find this script.
    func register(_ name: String) { Self.all.withLock { $0[name] = self } }

    static func named(_ name: String) -> ChannelScript? { all.withLock { $0[name] } }

    var sent: [Sent] { state.withLock { $0.sent } }
    var underWay: Int { state.withLock { $0.underWay.values.reduce(0, +) } }
    var most: Int { state.withLock { $0.most } }
    var mostOfOnePhone: Int { state.withLock { $0.mostOfOnePhone } }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        let phone = message.recipient.first?.value ?? ""
        let time = state.withLock { state in
            state.sent.append(Sent(id: message.id, phone: phone, at: clock.now))
            state.underWay[phone, default: 0] += 1
            state.most = max(state.most, state.underWay.values.reduce(0, +))
            state.mostOfOnePhone = max(state.mostOfOnePhone, state.underWay[phone, default: 0])
            return state.sent.count { $0.id == message.id }
        }
        let outcome = await answer(message, time)
        state.withLock { $0.underWay[phone, default: 0] -= 1 }
        return outcome
    }
}
