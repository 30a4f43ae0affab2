import AdapterKit

/// An identity provider for tests, whose answers come as queries.
struct TestIdentity: IdentityAdapter, ProviderEvents {
    static let issuer = "https://id.example.com"
    static let eventSecret = "the-secret-of-the-provider"

    /// What people call themselves, where it is more than their code.
    static let names = ["mallory": #"<script>alert(1)</script>"# + "\"\u{301} onfocus=alert(2)"]

    static let manifest = AdapterManifest(
        name: "test-identity", kind: .identity, version: "1.0.0", summary: "An identity provider for tests.",
        settings: SettingsSchema([]), capabilities: [.events],
        identity: IdentityDeclaration(
            exceptions: [ProviderException(.idToken, "It has none.")],
            eventTopics: [EventTopic("accounts", status: 202, summary: "What became of accounts.")],
            button: button("Sign in with Example")),
        hosts: ["id.example.com"],
        privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "None.", export: "None.", erasure: "None."))

    static func button(_ text: String) -> SignInButton {
        SignInButton(
            text: text, mark: ##"<path d="M2 2h20v20H2z" fill="#ffffff"/>"##, background: "#16425b",
            foreground: "#ffffff", border: "#16425b", privacyURL: "https://id.example.com/privacy")
    }

    init(settings: AdapterSettings, host: any AdapterHost) throws {}

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        IdentityProvider(
            issuer: Self.issuer,
            endpoints: .fixed(.init(authorization: ScriptedProvider.authorization, token: ScriptedProvider.token)),
            clientID: "the-client", clientAuthentication: .none, scopes: ["name"], idToken: nil)
    }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let name = String(evidence.tokens.accessToken.reveal().dropFirst("token-of-".count))
        return ProviderIdentity(
            subject: name, name: Self.names[name] ?? name, email: ProviderEmail("\(name)@example.com", isVerified: true)
        )
    }

    func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard let secret = request.headers["test-signature"] else { throw .signatureMissing }
        guard secret == Self.eventSecret else { throw .signatureWrong }
        guard let event = try? JSON.parse(request.body), let id = event["id"]?.string else { throw .malformed }
        return .proven([
            ProviderEvent(
                id: id, kind: event["kind"] == "erasure" ? .erasureRequested : .sessionsRevoked, issuer: Self.issuer,
                subject: event["subject"]?.string, occurredAt: request.receivedAt)
        ])
    }

    func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] { [] }
}

/// The same, but its page posts its answers from its own site, and a person names a shop first.
struct TestFormIdentity: IdentityAdapter {
    static let manifest: AdapterManifest = {
        var manifest = TestIdentity.manifest
        manifest.name = "test-form-identity"
        manifest.capabilities = []
        manifest.identity = IdentityDeclaration(
            exceptions: [
                ProviderException(.idToken, "It has none."), ProviderException(.queryResponse, "It posts its answers."),
            ],
            parameters: [
                StartParameter(name: "shop", label: "Your shop", placeholder: "a.example.com", maximumLength: 40)
            ], button: TestIdentity.button("Sign in with Form"))
        return manifest
    }()

    private let plain: TestIdentity

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        plain = try TestIdentity(settings: settings, host: host)
    }

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        guard let shop = parameters["shop"], shop.hasSuffix(".example.com"), !shop.contains("/") else {
            throw SignInRefusal(.shopWrong)
        }
        var provider = try plain.provider(parameters)
        provider.responseMode = .formPost
        provider.endpoints = .fixed(
            .init(authorization: "https://\(shop)/authorize", token: ScriptedProvider.token))
        return provider
    }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        try await plain.identity(evidence)
    }
}

/// A business system that a person connects.
struct TestService: ConnectedSystem {
    static let manifest: AdapterManifest = {
        var manifest = TestIdentity.manifest
        manifest.name = "test-service"
        manifest.kind = .system
        manifest.summary = "A service for tests."
        manifest.capabilities = [.connection]
        manifest.identity = IdentityDeclaration(exceptions: [ProviderException(.idToken, "It has none.")])
        return manifest
    }()

    private let plain: TestIdentity
    private let host: any AdapterHost

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        plain = try TestIdentity(settings: settings, host: host)
        self.host = host
    }

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        var provider = try plain.provider(parameters)
        provider.endpoints = .fixed(
            .init(authorization: "https://service.example.com/authorize", token: ScriptedProvider.token))
        return provider
    }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        try await plain.identity(evidence)
    }

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }

    func test() async throws(ProviderFailure) -> String {
        let access = try await host.grant.access()
        guard access.subject != "broken" else {
            throw ProviderFailure(.unavailable, FailureReason(code: "http_503", title: "It answered 503"))
        }
        return "It knows \(access.subject)."
    }
}
