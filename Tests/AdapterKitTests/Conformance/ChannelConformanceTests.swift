import AdapterKit
import AdapterTesting
import Testing

@Suite("The conformance kit for channels")
struct ChannelConformanceTests {
    private static let body =
        #"{"batches":[{"account":"a1","items":[{"id":"m1","from":"+16505551234","text":"Is it raining in Ulm?"}]},"#
        + #"{"account":"a2","items":[{"id":"m2","from":"+16505557777","text":"hello"},{"id":"m3","from":"+1650","text":""}]}]}"#

    private func run<Channel: ChannelAdapter>(
        _ type: Channel.Type, fault: Fault? = nil, handshake: Bool = true, sharesToken: Bool = false
    ) async -> ConformanceReport {
        await ChannelConformance(
            type,
            settings: AdapterSettings([
                "signing_secret": .secret([Secret("signing-secret")]),
                "access_token": .secret([Secret("access-token")]),
                "account": .text("a1"), "fault": .text(sharesToken ? "shares_token" : fault?.rawValue ?? ""),
            ]),
            sign: { body in
                let proof = sharesToken ? "signing-secret" : ToyChannel.signature(secret: "signing-secret", body)
                return [("Toy-Signature", proof), ("Accept", "*/*")]
            },
            signsBody: !sharesToken,
            largestBody: 50_000, webhooks: [WebhookSample("two accounts", Self.body, items: 3)],
            handshake: handshake
                ? HandshakeSample(query: ["token": "signing-secret", "text": "abc"], token: "token", challenge: "text")
                : nil,
            send: SendSample(
                message: OutboundMessage(
                    id: "msg_1", recipient: [ContactIdentity(.phone, "+16505551234")],
                    content: .text(.init(body: "It is."))),
                accepting: [HTTPAnswer(status: 200, body: Array(#"{"id":"toy-1"}"#.utf8))], providerID: "toy-1",
                answers: [.init("a refusal", HTTPAnswer(status: 422), .rejected)])
        ).run()
    }

    @Test("A channel that keeps every rule gives a clean report")
    func clean() async {
        let report = await run(ToyChannel.self)
        #expect(report.isClean, "\(report)")
        #expect(report.description == "toy keeps every rule")
    }

    @Test("A broken rule is found, and is the only one that is named", arguments: Fault.allCases)
    func broken(fault: Fault) async {
        let report = await run(ToyChannel.self, fault: fault)
        #expect(report.rules == fault.rules, "\(report)")
    }

    @Test("A capability that is implemented and not declared is found, and so is the other way round")
    func capabilities() async {
        #expect(await run(Undeclared.self).rules == [.capabilities])
        #expect(await run(Unimplemented.self).rules == [.capabilities])
    }

    @Test("A provider that proves itself by a shared token can conform too")
    func sharedToken() async {
        let report = await run(ToyChannel.self, sharesToken: true)
        #expect(report.isClean, "\(report)")
    }

    @Test("A handshake that the kit cannot try is a finding")
    func untried() async {
        #expect(await run(ToyChannel.self, handshake: false).rules == [.handshake])
    }

    @Test("A finding never holds the secret or the text that it is about")
    func discretion() async {
        for fault in [Fault.logsText, .logsAnswer, .quotesProvider, .tokenInURL, .quotesProblem] {
            let text = await run(ToyChannel.self, fault: fault).description
            for word in ["access-token", "signing-secret", "raining", "16505551234"] {
                #expect(!text.contains(word), "\(fault)")
            }
        }
    }

    /// The toy with another manifest.
    private struct Undeclared: ChannelAdapter, WebhookHandshake {
        static var manifest: AdapterManifest {
            var manifest = ToyChannel.manifest
            manifest.capabilities = []
            return manifest
        }

        let toy: ToyChannel

        init(settings: AdapterSettings, host: any AdapterHost) throws {
            toy = try ToyChannel(settings: settings, host: host)
        }
        func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { try toy.receive(request) }
        func send(_ message: OutboundMessage) async -> SendOutcome { await toy.send(message) }
        func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String { try toy.handshake(request) }
    }

    /// The toy without its handshake.
    private struct Unimplemented: ChannelAdapter {
        static let manifest = ToyChannel.manifest

        let toy: ToyChannel

        init(settings: AdapterSettings, host: any AdapterHost) throws {
            toy = try ToyChannel(settings: settings, host: host)
        }
        func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { try toy.receive(request) }
        func send(_ message: OutboundMessage) async -> SendOutcome { await toy.send(message) }
    }
}
