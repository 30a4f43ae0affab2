import AdapterKit
import AdapterTesting
import Foundation
import OpenIDConnect
import Testing

@Suite("Any OpenID Connect provider")
struct OpenIDConnectAdapterTests {
    /// Of an ID token of Keycloak, with made-up values.
    private static let claims: JSON = [
        "exp": 1_795_421_100, "iat": 1_795_420_800, "jti": "0c2b", "iss": "https://login.acme.example/realms/staff",
        "aud": "comfile-hub", "sub": "f:5f1c:agatha", "typ": "ID", "azp": "comfile-hub", "nonce": "n-0S6",
        "sid": "d09c", "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "acr": "1", "email_verified": true,
        "name": "Agatha Sample", "preferred_username": "agatha", "given_name": "Agatha", "family_name": "Sample",
        "email": "agatha@acme.example",
    ]

    private static let settings: [String: AdapterSettings.Value] = [
        "issuer": .text("https://login.acme.example/realms/staff"), "client_id": .text("comfile-hub"),
        "client_secret": .secret([Secret("oidc-client-secret")]), "client_authentication": .text("basic"),
    ]

    private func adapter(_ more: [String: AdapterSettings.Value] = [:]) throws -> OpenIDConnectAdapter {
        try OpenIDConnectAdapter(
            settings: AdapterSettings(Self.settings.merging(more) { $1 }), host: TestHost())
    }

    private func identity(
        _ adapter: OpenIDConnectAdapter, _ claims: JSON, userInfo: JSON? = nil
    ) async throws -> ProviderIdentity {
        try await adapter.identity(
            SignInEvidence(
                provider: try adapter.provider([:]), callback: SignInSample.callback(), tokens: SignInSample.tokens,
                claims: claims, userInfo: userInfo))
    }

    @Test("The adapter keeps every rule of the kit, with metadata and with addresses of its own")
    func conforms() async {
        let sample = SignInSample(
            claims: Self.claims, userInfo: ["sub": "f:5f1c:agatha", "name": "Agatha S."],
            identity: ProviderIdentity(
                subject: "f:5f1c:agatha", name: "Agatha Sample",
                email: ProviderEmail("agatha@acme.example", isVerified: false)))
        let fixed: [String: AdapterSettings.Value] = [
            "authorization_url": .text("https://login.acme.example/auth"),
            "token_url": .text("https://login.acme.example/token"),
            "keys_url": .text("https://login.acme.example/certs"),
        ]
        for more in [[:], fixed] {
            let report = await IdentityConformance(
                OpenIDConnectAdapter.self, settings: AdapterSettings(Self.settings.merging(more) { $1 }),
                signIn: sample,
                refused: [
                    RefusedSignIn("no subject", SignInSample(claims: [:], identity: sample.identity), .subjectWrong)
                ]
            ).run()
            #expect(report.isClean, "\(report)")
        }
    }

    @Test("The README has the settings of the code")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let text = try String(contentsOf: root.appending(path: "Plugins/OpenIDConnect/README.md"), encoding: .utf8)
        let report = ReadmeConformance(OpenIDConnectAdapter.manifest, readme: text).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("Without addresses the metadata of the issuer is read, and PKCE is always on")
    func discovered() throws {
        let provider = try adapter().provider([:])
        #expect(provider.endpoints == .discovered(issuer: "https://login.acme.example/realms/staff"))
        #expect(provider.usesPKCE)
        #expect(provider.scopes == ["openid", "email", "profile"])
        #expect(provider.clientAuthentication == .basic)
        #expect(provider.idToken?.algorithms == [.rs256])
        #expect(provider.idToken?.issuers == ["https://login.acme.example/realms/staff"])
        #expect(provider.callbackIssuer == nil)
    }

    @Test("With all three addresses no metadata is read, and some of them are a mistake in the settings")
    func fixed() throws {
        let addresses = ["authorization_url", "token_url", "keys_url"]
        let all = Dictionary(
            uniqueKeysWithValues: addresses.map { ($0, AdapterSettings.Value.text("https://acme.example/\($0)")) })
        let provider = try adapter(all.merging(["callback_issuer": .boolean(true)]) { $1 }).provider([:])
        #expect(
            provider.endpoints
                == .fixed(
                    .init(
                        authorization: "https://acme.example/authorization_url",
                        token: "https://acme.example/token_url",
                        keys: "https://acme.example/keys_url")))
        #expect(provider.callbackIssuer == provider.issuer)
        for missing in addresses {
            let problem = #expect(throws: SettingsProblem.self) { try adapter(all.filter { $0.key != missing }) }
            #expect(problem?.key == missing)
        }
        #expect(throws: SettingsProblem.self) { try adapter(["user_info_url": .text("https://acme.example/me")]) }
    }

    @Test("A client without a secret has to say that it is a public one")
    func publicClient() throws {
        #expect(throws: SettingsProblem.self) { try adapter(["client_secret": .secret([])]) }
        let provider = try adapter(["client_secret": .secret([]), "client_authentication": .text("none")]).provider([:])
        #expect(provider.clientAuthentication == .none)
        #expect(try adapter(["client_authentication": .text("form")]).provider([:]).clientAuthentication == .form)
    }

    @Test("Only algorithms of public keys are taken", arguments: ["none", "HS256", "RS384", "rs256", ""])
    func algorithms(name: String) throws {
        #expect(throws: SettingsProblem.self) { try adapter(["algorithms": .list(["RS256", name])]) }
        #expect(
            try adapter(["algorithms": .list(["ES256", "PS256"])]).provider([:]).idToken?.algorithms == [
                .es256, .ps256,
            ])
    }

    @Test("Scopes always have openid")
    func scopes() throws {
        #expect(try adapter(["scopes": .list(["email"])]).provider([:]).scopes == ["openid", "email"])
        #expect(try adapter(["scopes": .list(["email", "openid"])]).provider([:]).scopes == ["email", "openid"])
    }

    @Test("A name or an address that the ID token lacks comes from the user info, and other claims can be named")
    func userInfo() async throws {
        let profile: JSON = ["sub": "1", "name": "Ann", "email": "ann@acme.example", "email_verified": true]
        let identity = try await identity(adapter(["trust_email": .boolean(true)]), ["sub": "1"], userInfo: profile)
        #expect(identity.name == "Ann")
        #expect(identity.email == ProviderEmail("ann@acme.example", isVerified: true))
        let named = try await self.identity(
            adapter(["name_claim": .text("preferred_username"), "email_claim": .text("upn")]),
            ["sub": "1", "preferred_username": "ann", "upn": "a@acme.example", "name": "Ann"])
        #expect(named.name == "ann")
        #expect(named.email?.address == "a@acme.example")
    }

    @Test("The address of one answer is not verified by the claim of the other")
    func mixedAnswers() async throws {
        let identity = try await identity(
            adapter(["trust_email": .boolean(true)]), ["sub": "1", "email_verified": true],
            userInfo: ["sub": "1", "email": "ann@acme.example"])
        #expect(identity.email == ProviderEmail("ann@acme.example", isVerified: false))
    }

    @Test(
        "Row 37: email_verified counts when it is true, and only with trust_email",
        arguments: [
            (JSON.bool(true), true), ("true", true), ("false", false), (.bool(false), false), ("FALSE", false),
            ("True", false), (.number("0"), false), (.number("1"), false), (.null, false), ("", false),
            (.array([true]), false),
        ])
    func verification(value: JSON, isVerified: Bool) async throws {
        let claims: JSON = ["sub": "1", "email": "ann@acme.example", "email_verified": value]
        for isTrusted in [true, false] {
            let identity = try await identity(adapter(["trust_email": .boolean(isTrusted)]), claims)
            #expect(identity.email?.isVerified == (isVerified && isTrusted))
        }
    }
}
