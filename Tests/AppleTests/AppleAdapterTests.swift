import AdapterKit
import AdapterTesting
import Apple
import Foundation
import Testing

@Suite("Sign in with Apple")
struct AppleAdapterTests {
    private static let relayed = ProviderEmail("xyz123@privaterelay.appleid.com", isVerified: true)

    @Test("The adapter keeps every rule of the kit")
    func conforms() async {
        let identity = ProviderIdentity(
            subject: "001234.abcdef0123456789abcdef0123456789.1234", name: "Ágnes O’Sample", email: Self.relayed)
        let report = await IdentityConformance(
            AppleAdapter.self, settings: Sample.settings(),
            signIn: SignInSample(
                callback: SignInSample.callback(["user": Sample.user]), claims: Sample.claims(), identity: identity),
            refused: [
                RefusedSignIn(
                    "no subject", SignInSample(claims: Sample.claims(["sub": nil]), identity: identity), .subjectWrong)
            ],
            capabilities: IdentityCapabilitySamples(events: [Sample.event])
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("The README has the settings, topics and exceptions of the code")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let text = try String(contentsOf: root.appending(path: "Plugins/Apple/README.md"), encoding: .utf8)
        let report = ReadmeConformance(AppleAdapter.manifest, readme: text).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("Row 21: a nonce is always sent and required: there are rules for ID tokens, and no exception from the nonce")
    func nonce() throws {
        let rules = try #require(try Sample.adapter().provider([:]).idToken)
        #expect(rules.issuers == ["https://appleid.apple.com"])
        #expect(rules.algorithms == [.rs256])
        let exceptions = try #require(AppleAdapter.manifest.identity?.exceptions.map(\.rule))
        #expect(!exceptions.contains(.nonce))
        #expect(!exceptions.contains(.idToken))
    }

    @Test("The answer is posted, name and address are asked for, and the refresh token is kept for its revocation")
    func provider() throws {
        let provider = try Sample.adapter().provider([:])
        #expect(provider.responseMode == .formPost)
        #expect(provider.scopes == ["name", "email"])
        #expect(!provider.usesPKCE)
        #expect(provider.keepsTokens)
        #expect(provider.idToken?.audiences == ["com.example.signin", "com.example.app"])
        guard case .fixed(let addresses) = provider.endpoints else {
            Issue.record("Apple's metadata is read")
            return
        }
        #expect(addresses.revocation == "https://appleid.apple.com/auth/revoke")
        #expect(addresses.userInfo == nil)
    }

    @Test(
        "Row 74: whatever stands in the posted user, the sign-in goes on, and only a name that can be shown is taken",
        arguments: [
            (#"{"name":{"firstName":"Ann","lastName":"Sample"},"email":"owner@victim.example"}"#, "Ann Sample"),
            (#"{"name":{"firstName":"<script>alert(1)</script>"}}"#, "<script>alert(1)</script>"),
            (#"{"name":{"firstName":"A\r\nSet-Cookie: a=b","lastName":"\u0000B"}}"#, "A Set-Cookie: a=b B"),
            (#"{"name":{"firstName":"\u202Egnp.exe"}}"#, "gnp.exe"), (#"{"name":{"lastName":"Sample"}}"#, "Sample"),
            (#"{"name":{"firstName":"","lastName":"  "}}"#, nil), (#"{"name":"Ann Sample"}"#, nil),
            (#"{"name":{"firstName":["Ann"],"lastName":7}}"#, nil), (#"{"name":null}"#, nil), ("{}", nil), ("", nil),
            ("not json", nil), (#"{"name":{"firstName":"Ann""#, nil), (String(repeating: "[", count: 5000), nil),
            (#"{"name":{"firstName":"Ann","firstName":"Bob"}}"#, nil),
            (#"{"name":{"firstName":""# + String(repeating: "a", count: 1_000_000) + #""}}"#, nil),
        ] as [(String, String?)])
    func user(text: String, name: String?) async throws {
        let identity = try await Sample.identity(user: text)
        #expect(identity.name == name)
        // The address is the signed one, and so is the subject.
        #expect(identity.email == Self.relayed)
        #expect(identity.subject == "001234.abcdef0123456789abcdef0123456789.1234")
    }

    @Test("Row 74: a long name is cut where it can still be shown")
    func longName() async throws {
        let long = String(repeating: "n", count: 900)
        let identity = try await Sample.identity(user: #"{"name":{"firstName":"\#(long)"}}"#)
        #expect(identity.name == String(repeating: "n", count: 200))
    }

    @Test("Row 75: a later sign-in has no user, and gives no name that could take the first one's place")
    func laterSignIn() async throws {
        let identity = try await Sample.identity()
        #expect(identity.name == nil)
        #expect(identity.email == Self.relayed)
    }

    @Test(
        "Row 37: email_verified may be a text, and has to be really true",
        arguments: [
            (JSON.bool(true), true), ("true", true), ("false", false), (.bool(false), false), ("TRUE", false),
            (.number("0"), false), (.number("1"), false), (.null, false),
        ])
    func verification(value: JSON, isVerified: Bool) async throws {
        let identity = try await Sample.identity(Sample.claims(["email_verified": value]))
        #expect(identity.email?.isVerified == isVerified)
    }

    @Test("An account of a school has no address", arguments: [nil, "", .null] as [JSON?])
    func withoutAddress(email: JSON?) async throws {
        let identity = try await Sample.identity(Sample.claims(["email": email]))
        #expect(identity.email == nil)
        #expect(identity.subject == "001234.abcdef0123456789abcdef0123456789.1234")
    }
}
