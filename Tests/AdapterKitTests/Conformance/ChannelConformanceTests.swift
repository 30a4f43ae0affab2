import AdapterKit
import AdapterTesting
import Testing

@Suite("The conformance kit for channels")
struct ChannelConformanceTests {
    private static let body =
        #"{"batches":[{"account":"a1","items":[{"id":"m1","from":"+16505551234","text":"Is it raining in Ulm?"}]},"#
        + #"{"account":"a2","items":[{"id":"m2","from":"+16505557777","text":"hello"},{"id":"m3","from":"+1650","image":"p"}]}]}"#

    private static func answer(_ body: String, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(status: status, body: Array(body.utf8))
    }

    private static let template = MessageTemplate(
        providerID: "t1", name: "greeting", language: "en", status: .approved, category: "UTILITY")

    static let capabilities = CapabilitySamples(
        media: MediaSample(
            reference: MediaReference(providerID: "p1", expiresAt: FixedClock().now + .seconds(60)),
            bytes: (0..<5000).map { UInt8($0 % 251) },
            upload: MediaUpload(kind: .image, mimeType: "image/jpeg", filename: "Wedding in Ulm.jpg", size: 3000),
            uploading: [answer(#"{"id":"p2"}"#)], uploadedID: "p2"),
        templates: TemplateSample(
            pages: [answer(#"{"data":[{"id":"t1"},{"id":"t2"}],"next":"n"}"#), answer(#"{"data":[{"id":"t3"}]}"#)],
            count: 3, template: template,
            send: .init(name: "greeting", language: "en", components: [.object([])]),
            wrong: [.init(name: "greeting", language: "en")],
            definition: ["name": "greeting"], creating: [answer(#"{"id":"t4"}"#)]),
        readMarks: [answer("{}")], blocking: [answer("{}")], probe: [answer(#"{"mood":"good"}"#)],
        operations: ["profile": [answer(#"{"about":"A toy"}"#)]])

    private func run<Channel: ChannelAdapter>(
        _ type: Channel.Type, fault: Fault? = nil, handshake: Bool = true, sharesToken: Bool = false,
        capabilities: CapabilitySamples = Self.capabilities
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
                answers: [.init("a refusal", HTTPAnswer(status: 422), .rejected)]), capabilities: capabilities
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

    @Test("A capability that the kit cannot try is a finding")
    func untriedCapabilities() async {
        let report = await run(ToyChannel.self, capabilities: CapabilitySamples())
        #expect(report.rules == [.mediaBytes, .templatePages, .accountCalls], "\(report)")
        let named = ["a read mark", "a block and its end", "a probe"]
        for name in named { #expect(report.description.contains(name)) }
    }

    @Test("An operation with a bad name, or that asks for a secret as text, is found")
    func operations() async {
        #expect(await run(Misnamed.self).rules == [.operations, .settingsSecrets])
    }

    @Test("A finding never holds the secret or the text that it is about")
    func discretion() async {
        for fault in [
            Fault.logsText, .logsAnswer, .quotesProvider, .tokenInURL, .quotesProblem, .probesToken, .givesPINBack,
            .namesFileInURL,
        ] {
            let text = await run(ToyChannel.self, fault: fault).description
            for word in ["access-token", "signing-secret", "raining", "16505551234", "98765", "Wedding"] {
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

    /// The toy with other operations.
    private struct Misnamed: ChannelOperations {
        static var manifest: AdapterManifest {
            var manifest = ToyChannel.manifest
            manifest.capabilities = [.operations]
            return manifest
        }

        static let operations = [
            ChannelOperation("setPin", summary: "Sets the PIN of the number."),
            ChannelOperation(
                "set_token", summary: "Sets the token.",
                parameters: [SettingsField("new_token", .text, summary: "The token.")]),
        ]

        let toy: ToyChannel

        init(settings: AdapterSettings, host: any AdapterHost) throws {
            toy = try ToyChannel(settings: settings, host: host)
        }
        func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { try toy.receive(request) }
        func send(_ message: OutboundMessage) async -> SendOutcome { await toy.send(message) }
        func perform(_ operation: String, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
            try await toy.perform("profile", parameters)
        }
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
