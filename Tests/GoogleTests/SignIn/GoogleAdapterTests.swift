import AdapterKit
import AdapterTesting
import Foundation
import Google
import Testing

@Suite("Sign in with Google")
struct GoogleAdapterTests {
    @Test("The adapter keeps every rule of the kit")
    func conforms() async {
        let identity = ProviderIdentity(
            subject: "110169484474386276334", name: "Wilhelmina Sample",
            email: ProviderEmail("wilhelmina@acme.example", isVerified: true))
        let consumer = SignInSample(claims: Sample.claims(["hd": nil]), identity: identity)
        let report = await IdentityConformance(
            GoogleAdapter.self, settings: Sample.settings(domains: ["acme.example"]),
            signIn: SignInSample(claims: Sample.claims(), identity: identity),
            refused: [
                RefusedSignIn("a consumer account", consumer, .hostedDomainWrong),
                RefusedSignIn(
                    "a subject that is a number", SignInSample(claims: Sample.claims(["sub": 12]), identity: identity),
                    .subjectWrong),
            ],
            capabilities: IdentityCapabilitySamples(events: [Sample.event])
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("The README has the settings of the code")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "Plugins/Google/README.md"), encoding: .utf8)
        let report = ReadmeConformance(GoogleAdapter.manifest, readme: text).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("A sign-in asks for no offline access, keeps no token and has PKCE")
    func plain() throws {
        let provider = try Sample.adapter().provider([:])
        #expect(provider.usesPKCE)
        #expect(!provider.keepsTokens)
        #expect(provider.refresh == nil)
        #expect(provider.authorizationParameters == ["prompt": "select_account"])
        #expect(provider.scopes == ["openid", "email", "profile"])
    }

    @Test("Row 10: Google's issuer with and without its scheme is taken, and no other")
    func issuers() throws {
        let provider = try Sample.adapter().provider([:])
        #expect(provider.issuer == "https://accounts.google.com")
        #expect(provider.idToken?.issuers == ["https://accounts.google.com", "accounts.google.com"])
        #expect(provider.idToken?.algorithms == [.rs256])
        #expect(provider.idToken?.audiences == ["1234-abcd.apps.googleusercontent.com"])
    }

    @Test("The hint names the domain, or any when there are several")
    func hint() throws {
        #expect(
            try Sample.adapter(domains: ["Acme.example"]).provider([:]).authorizationParameters["hd"] == "acme.example")
        #expect(
            try Sample.adapter(domains: ["a.example", "b.example"]).provider([:]).authorizationParameters["hd"] == "*")
    }

    @Test("A domain that is none is refused", arguments: ["acme", "*.acme.example", "ann@acme.example", "a.b/c", ""])
    func domains(domain: String) {
        #expect(throws: SettingsProblem.self) { try Sample.adapter(domains: ["acme.example", domain]) }
    }

    @Test(
        "Row 69: where domains are named, an account of another one or of none is refused",
        arguments: [
            nil, .null, "", "evil.example", "acme.example.evil.example", "sub.acme.example", .array(["acme.example"]),
        ]
            as [JSON?])
    func otherDomain(domain: JSON?) async throws {
        let adapter = try Sample.adapter(domains: ["acme.example", "acme.co.example"])
        let refusal = await #expect(throws: SignInRefusal.self) {
            try await Sample.identity(adapter, Sample.claims(["hd": domain]))
        }
        #expect(refusal?.reason == .hostedDomainWrong)
    }

    @Test(
        "Row 69: an account of a named domain is taken, however its letters are",
        arguments: ["acme.example", "ACME.example"])
    func ownDomain(domain: String) async throws {
        let adapter = try Sample.adapter(domains: ["Acme.Example", "other.example"])
        let identity = try await Sample.identity(adapter, Sample.claims(["hd": .string(domain)]))
        #expect(identity.subject == "110169484474386276334")
    }

    @Test(
        "Row 37: email_verified has to be really true",
        arguments: [
            (JSON.bool(true), true), ("true", true), ("false", false), (.bool(false), false), ("FALSE", false),
            (.number("0"), false), (.number("1"), false), (.null, false),
        ])
    func verification(value: JSON, isVerified: Bool) async throws {
        let identity = try await Sample.identity(Sample.adapter(), Sample.claims(["email_verified": value]))
        #expect(identity.email?.isVerified == isVerified)
    }

    @Test(
        "An address counts as verified only where Google is the authority for it",
        arguments: [
            ("ann@gmail.com", nil, true), ("ann@GMAIL.com", nil, true), ("ann@acme.example", "acme.example", true),
            ("ann@acme.example", nil, false), ("ann@gmail.com.evil.example", nil, false),
            ("ann@notgmail.com", nil, false), ("ann@googlemail.com.example", nil, false),
        ] as [(String, String?, Bool)])
    func authority(address: String, domain: String?, isVerified: Bool) async throws {
        let claims = Sample.claims(["email": .string(address), "hd": domain.map { .string($0) }])
        #expect(
            try await Sample.identity(Sample.adapter(), claims).email == ProviderEmail(address, isVerified: isVerified))
    }

    @Test("An account without name and address is one all the same")
    func bare() async throws {
        let identity = try await Sample.identity(Sample.adapter(), ["sub": "1"])
        #expect(identity == ProviderIdentity(subject: "1"))
    }
}
