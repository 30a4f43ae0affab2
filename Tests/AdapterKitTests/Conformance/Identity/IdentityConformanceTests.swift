import AdapterKit
import AdapterTesting
import Testing

@Suite("The conformance kit for identity adapters")
struct IdentityConformanceTests {
    private static let secret = "toy-client-secret"

    private static func callback() -> SignInCallback {
        var callback = SignInSample.callback(start: ["shop": "acme"])
        let proof = ToyChannel.signature(secret: secret, Array(callback.raw.utf8))
        callback.raw += "&proof=\(proof)"
        callback.parameters["proof"] = proof
        return callback
    }

    private static func sample(id: String = "account-4711") -> SignInSample {
        SignInSample(
            callback: callback(), claims: ["sub": "account-4711", "email": "wilhelmina@toy.example"],
            answers: [
                HTTPAnswer(status: 200, body: Array(#"{"id":"\#(id)","name":"Wilhelmina Sample"}"#.utf8))
            ],
            identity: ProviderIdentity(
                subject: "account-4711", name: "Wilhelmina Sample",
                email: ProviderEmail("wilhelmina@toy.example", isVerified: false)))
    }

    private static let event = ProviderEvent(
        id: "event-1", kind: .consentRevoked, issuer: "https://acme.toy.example", subject: "account-4711",
        occurredAt: Timestamp(seconds: 1_795_420_000))

    private static func request(_ body: [UInt8]) -> WebhookRequest {
        WebhookRequest(
            headers: [("Toy-Proof", ToyChannel.signature(secret: secret, body)), ("Accept", "*/*")], body: body,
            receivedAt: FixedClock().now)
    }

    static let capabilities = IdentityCapabilitySamples(
        events: [
            EventSample(
                "a removal", topic: "removed", request(Array(#"{"id":"event-1","sub":"account-4711"}"#.utf8)),
                events: [event], sign: { request($0) }),
            EventSample(
                "a token", topic: "tokens",
                WebhookRequest(body: Array("aGVhZA.Ym9keQ.c2ln".utf8), receivedAt: FixedClock().now),
                claims: ["id": "event-1", "sub": "account-4711"], events: [event]),
        ], revoking: [HTTPAnswer(status: 200)])

    private func run<Client: ProviderClient>(
        _ type: Client.Type, fault: IdentityFault? = nil, signIn: SignInSample = sample(),
        capabilities: IdentityCapabilitySamples = Self.capabilities
    ) async -> ConformanceReport {
        await IdentityConformance(
            type,
            settings: AdapterSettings([
                "client_id": .text("toy-client"), "client_secret": .secret([Secret(Self.secret)]),
                "tenant": .text("acme"), "fault": .text(fault?.rawValue ?? ""),
            ]), signIn: signIn, refused: [RefusedSignIn("another user", Self.sample(id: "other"), .subjectWrong)],
            capabilities: capabilities
        ).run()
    }

    @Test("A client that keeps every rule gives a clean report")
    func clean() async {
        let report = await run(ToyProvider.self)
        #expect(report.isClean, "\(report)")
    }

    @Test("A broken rule is found, and is the only one that is named", arguments: IdentityFault.allCases)
    func broken(fault: IdentityFault) async {
        let report = await run(ToyProvider.self, fault: fault)
        #expect(report.rules == [fault.rule], "\(report)")
    }

    @Test("A capability that the kit cannot try is a finding")
    func untried() async {
        let report = await run(ToyProvider.self, capabilities: IdentityCapabilitySamples())
        #expect(report.rules == [.eventTaken, .revocation], "\(report)")
    }

    @Test("A finding holds no secret and nobody's name")
    func discretion() async {
        for fault in [IdentityFault.quotesAnswer, .logsName, .tokenInURL, .secretInProvider, .logsToken] {
            let text = await run(ToyProvider.self, fault: fault).description
            for word in [Self.secret, "Wilhelmina", "account-4711", "sample-access-token", "aGVhZA.Ym9keQ"] {
                #expect(!text.contains(word), "\(fault)")
            }
        }
    }

    @Test("A system that can be connected can be tested, and says when nobody has connected it")
    func connection() async {
        let capabilities = IdentityCapabilitySamples(testing: [HTTPAnswer(status: 200)])
        func rules(_ fault: String) async -> Set<ConformanceRule> {
            await IdentityConformance(
                ToyConnected.self,
                settings: AdapterSettings(["client_id": .text("toy-client"), "fault": .text(fault)]),
                signIn: SignInSample(
                    claims: ["sub": "account-4711"], identity: ProviderIdentity(subject: "account-4711")),
                capabilities: capabilities
            ).run().rules
        }
        #expect(await rules("") == [])
        #expect(await rules("succeeds") == [.connectionTest])
        #expect(await rules("needs_no_grant") == [.connectionTest])
        #expect(await rules("two_lines") == [.connectionTest])
    }

    // MARK: Declarations

    /// A change to a good manifest.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout AdapterManifest) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout AdapterManifest) -> Void) {
            testDescription = name
            self.apply = apply
        }
    }

    private static let changes = [
        Change("no declaration") { $0.identity = nil },
        Change("an exception without a reason") { $0.identity?.exceptions[0].reason = "Because." },
        Change("an exception twice") {
            $0.identity?.exceptions.append(ProviderException(.refresh, "Again, and again, and again."))
        },
        Change("a parameter in camel case") { $0.identity?.parameters[0].name = "shopName" },
        Change("a parameter without a label") { $0.identity?.parameters[0].label = "" },
        Change("a parameter of no length") { $0.identity?.parameters[0].maximumLength = 0 },
        Change("a topic that is a path") { $0.identity?.eventTopics[0].name = "a/b" },
        Change("a topic twice") { $0.identity?.eventTopics[1].name = "removed" },
        Change("a topic that says nothing") { $0.identity?.eventTopics[0].summary = "Events." },
        Change("a topic answered by an error") { $0.identity?.eventTopics[0].status = 404 },
        Change("events without topics") { $0.identity?.eventTopics = [] },
        Change("topics without events") { $0.capabilities.remove(.events) },
        Change("no button") { $0.identity?.button = nil },
        Change("a button without a text") { $0.identity?.button?.text = "" },
        Change("a colour that ends a style") { $0.identity?.button?.background = "red;display:none" },
        Change("a privacy link without encryption") { $0.identity?.button?.privacyURL = "http://toy.example" },
        Change("a mark with a script") { $0.identity?.button?.mark = "<script>alert(1)</script>" },
        Change("a mark with a handler") { $0.identity?.button?.mark = "<circle onload=\"alert(1)\"/>" },
        Change("a mark from elsewhere") { $0.identity?.button?.mark = "<use href=\"https://evil.example\"/>" },
    ]

    @Test("What is wrong with a declaration is found, and is the only rule that is named", arguments: changes)
    func declaration(change: Change) {
        var manifest = ToyProvider.manifest
        change.apply(&manifest)
        let report = ManifestConformance(manifest, kind: .identity).run()
        #expect(report.rules == [.identityDeclaration], "\(report)")
    }

    @Test("A README without a setting, in another order, with another default or place is found")
    func readme() {
        var manifest = ToyProvider.manifest
        manifest.settings = SettingsSchema([
            SettingsField("client_id", .text, scope: .app, summary: "The client."),
            SettingsField("url", .url, defaultValue: "https://toy.example", summary: "Where."),
        ])
        let good = """
            # toy

            ## Settings

            | key | where | what |
            |---|---|---|
            | `client_id` | app or connection | the client |
            | `url` | connection | default `https://toy.example` |

            ## More

            events/removed events/tokens `stored_secret` `refresh`
            """
        func rules(_ text: String) -> Set<ConformanceRule> { ReadmeConformance(manifest, readme: text).run().rules }
        #expect(rules(good) == [])
        for (part, other) in [
            ("| `client_id` | app or connection | the client |\n", ""), ("`url` |", "`urls` |"),
            ("app or connection", "connection"), ("| the client |", "|  |"),
            ("https://toy.example`", "https://a.example`"),
            ("events/tokens", ""), ("`refresh`", ""), ("## Settings", "## Settings of it"),
        ] {
            #expect(rules(good.replacing(part, with: other)) == [.readme], "\(part)")
        }
    }
}
