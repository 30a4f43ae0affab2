import AdapterKit
import AdapterTesting
import Facebook
import Foundation
import Testing

@Suite("Facebook Login")
struct FacebookAdapterTests {
    @Test("The adapter keeps every rule of the kit")
    func conforms() async {
        let identity = ProviderIdentity(
            subject: Sample.userID, name: "Wilhelmina Sample",
            email: ProviderEmail("wilhelmina@acme.example", isVerified: false), tokens: Sample.keptTokens)
        func sample(_ report: HTTPAnswer, _ profile: HTTPAnswer = Sample.profile()) -> SignInSample {
            SignInSample(tokens: Sample.tokens, answers: [report, profile, Sample.exchanged], identity: identity)
        }
        let report = await IdentityConformance(
            FacebookAdapter.self, settings: Sample.settings(), signIn: sample(Sample.report()),
            refused: [
                RefusedSignIn("another app's token", sample(Sample.report(["app_id": "77"])), .tokenOfOtherApp),
                RefusedSignIn("a page's token", sample(Sample.report(["type": "PAGE"])), .tokenOfOtherKind),
                RefusedSignIn("a dead token", sample(Sample.report(["is_valid": false])), .providerRefused),
                RefusedSignIn("another user", sample(Sample.report(["user_id": "99"])), .subjectWrong),
                RefusedSignIn(
                    "another user's profile", sample(Sample.report(), Sample.profile(["id": "99"])), .subjectWrong),
            ],
            capabilities: IdentityCapabilitySamples(
                events: [Sample.event("deauthorize", .consentRevoked), Sample.event("deletion", .erasureRequested)],
                revoking: [Sample.answer(["success": true])])
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("The README has the settings, topics and exceptions of the code")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let text = try String(contentsOf: root.appending(path: "Plugins/Facebook/README.md"), encoding: .utf8)
        let report = ReadmeConformance(FacebookAdapter.manifest, readme: text).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("Addresses have the version, and the issuer has none")
    func addresses() throws {
        let provider = try Sample.adapter().provider([:])
        #expect(provider.issuer == "https://www.facebook.com")
        #expect(
            provider.endpoints
                == .fixed(
                    .init(
                        authorization: "https://www.facebook.com/v24.0/dialog/oauth",
                        token: "https://graph.facebook.com/v24.0/oauth/access_token")))
        #expect(provider.scopeSeparator == ",")
        #expect(provider.keepsTokens)
    }

    @Test("A slash at the end of an address in the settings is one slash")
    func slash() throws {
        let settings = AdapterSettings([
            "dialog_url": .text("http://127.0.0.1:8090/facebook/"),
            "graph_url": .text("http://127.0.0.1:8090/facebook/graph/"),
        ]).merging(Sample.settings())
        let provider = try FacebookAdapter(settings: settings, host: TestHost()).provider([:])
        #expect(
            provider.endpoints
                == .fixed(
                    .init(
                        authorization: "http://127.0.0.1:8090/facebook/v24.0/dialog/oauth",
                        token: "http://127.0.0.1:8090/facebook/graph/v24.0/oauth/access_token")))
    }

    @Test("Three calls, each with its proof, and no token in an address")
    func calls() async throws {
        let http = RecordingHTTP([Sample.report(), Sample.profile(), Sample.exchanged].map { .success($0) })
        let adapter = try Sample.adapter(http)
        let identity = try await adapter.identity(
            SignInEvidence(
                provider: try adapter.provider([:]), callback: SignInSample.callback(), tokens: Sample.tokens))
        #expect(identity.tokens == Sample.keptTokens)
        let calls = http.calls
        try #require(calls.count == 3)
        #expect(calls[0].method == "POST" && calls[0].url == "https://graph.facebook.com/v24.0/")
        #expect(calls[0].headers["authorization"] == "Bearer \(Sample.appID)|\(Sample.secret)")
        let batch = String(decoding: calls[0].body, as: UTF8.self)
        #expect(batch.contains("debug_token"))
        #expect(batch.contains("appsecret_proof=\(Self.proof("\(Sample.appID)|\(Sample.secret)"))"))
        #expect(
            calls[1].url == "https://graph.facebook.com/v24.0/me?fields=id%2Cname%2Cemail&appsecret_proof="
                + Self.proof(Sample.token))
        #expect(calls[1].headers["authorization"] == "Bearer \(Sample.token)")
        #expect(calls[2].method == "POST" && calls[2].url == "https://graph.facebook.com/v24.0/oauth/access_token")
        #expect(
            String(decoding: calls[2].body, as: UTF8.self)
                == "grant_type=fb_exchange_token&client_id=\(Sample.appID)&client_secret=\(Sample.secret)"
                + "&fb_exchange_token=\(Sample.token)")
        for call in calls { #expect(!call.url.contains(Sample.token) && !call.url.contains(Sample.secret)) }
    }

    private static func proof(_ token: String) -> String {
        Sample.code(token).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(
        "Row 76: a token that another app got is refused before anything else is asked",
        arguments: [
            Sample.report(["app_id": "1066000000009999"]), Sample.report(["app_id": nil]),
            Sample.report(["app_id": .null]),
            Sample.report(["app_id": ["1066000000000001"]]),
            // As Facebook answers to an app that asks about another one's token.
            Sample.answer([
                [
                    "code": 200,
                    "body":
                        #"{"data":{"error":{"code":100,"message":"(#100) The App_id in the input_token did not match"},"is_valid":false,"scopes":[]}}"#,
                ]
            ]),
        ])
    func otherApp(report: HTTPAnswer) async throws {
        let http = RecordingHTTP([report, Sample.profile(), Sample.exchanged].map { .success($0) })
        let adapter = try Sample.adapter(http)
        let refusal = await #expect(throws: SignInRefusal.self) {
            try await adapter.identity(
                SignInEvidence(
                    provider: try adapter.provider([:]), callback: SignInSample.callback(), tokens: Sample.tokens))
        }
        #expect(refusal?.reason == .tokenOfOtherApp)
        #expect(http.calls.count == 1)
    }

    @Test("Row 77: a person without an e-mail address signs in without one", arguments: [nil, "", .null] as [JSON?])
    func withoutAddress(email: JSON?) async throws {
        let identity = try await Sample.identity([
            Sample.report(), Sample.profile(["email": email, "name": nil]), Sample.exchanged,
        ])
        #expect(identity.subject == Sample.userID)
        #expect(identity.email == nil && identity.name == nil)
    }

    @Test("Ids may come as numbers in a report, and whatever is said of it no address is verified")
    func numbers() async throws {
        let identity = try await Sample.identity([
            Sample.report(["app_id": .number(Sample.appID), "user_id": .number(Sample.userID)]), Sample.profile(),
            Sample.exchanged,
        ])
        #expect(identity.email == ProviderEmail("wilhelmina@acme.example", isVerified: false))
    }

    @Test(
        "An error of the Graph API is what its code means, and its message is not kept",
        arguments: [
            (190, 400, .providerRefused), (102, 400, .providerRefused), (10, 403, .providerRefused),
            (1, 500, .providerUnavailable), (2, 400, .providerUnavailable), (4, 400, .providerUnavailable),
            (17, 400, .providerUnavailable), (613, 400, .providerUnavailable), (100, 400, .providerRefused),
        ] as [(Int, Int, SignInRefusal.Reason)])
    func errors(code: Int, status: Int, reason: SignInRefusal.Reason) async throws {
        let error: JSON = [
            "error": [
                "message": "Error validating access token: EAAPJsample", "type": "OAuthException",
                "code": .integer(code), "error_subcode": 460, "fbtrace_id": "AbC",
            ]
        ]
        let refusal = await #expect(throws: SignInRefusal.self) {
            try await Sample.identity([Sample.report(), Sample.answer(error, status: status)])
        }
        #expect(refusal == SignInRefusal(reason, "me: code \(code)"))
    }

    @Test("An app secret that Facebook does not take is a mistake in the settings")
    func wrongSecret() async throws {
        let error: JSON = ["error": ["message": "Invalid OAuth access token", "type": "OAuthException", "code": 190]]
        let refusal = await #expect(throws: SignInRefusal.self) {
            try await Sample.identity([Sample.answer(error, status: 400)])
        }
        #expect(refusal?.reason == .misconfigured)
    }

    @Test("Permissions are taken back by the user's token, and a subject that is no id reaches no address")
    func revocation() async throws {
        let http = RecordingHTTP(then: .success(Sample.answer(["success": true])))
        let adapter = try Sample.adapter(http)
        let provider = try adapter.provider([:])
        try await adapter.revoke(Sample.keptTokens, subject: Sample.userID, provider)
        #expect(http.calls.first?.method == "DELETE")
        #expect(
            http.calls.first?.url == "https://graph.facebook.com/v24.0/\(Sample.userID)/permissions?appsecret_proof="
                + Self.proof(Sample.longer))
        for subject in ["", "me", "1/../2", "1?a=b", "１２"] {
            await #expect(throws: ProviderFailure.self) {
                try await adapter.revoke(Sample.keptTokens, subject: subject, provider)
            }
        }
        #expect(http.calls.count == 1)
    }

    @Test("An answer that says no success is none")
    func unsuccessful() async throws {
        let adapter = try Sample.adapter(RecordingHTTP(then: .success(Sample.answer(["success": false]))))
        await #expect(throws: ProviderFailure.self) {
            try await adapter.revoke(Sample.keptTokens, subject: Sample.userID, try adapter.provider([:]))
        }
    }
}
