import AdapterKit
import AdapterTesting
import Foundation
import Testing

@testable import Google

@Suite("Connecting Drive")
struct DriveConnectionTests {
    private static let claims: JSON = ["sub": "1234567890", "email": "ann@acme.example", "email_verified": true]
    private static let scopes = ["openid", "email", "https://www.googleapis.com/auth/drive.file"]

    private func reason(_ claims: JSON, _ scopes: [String], refresh: Bool = true) async throws -> SignInRefusal.Reason?
    {
        let adapter = try DriveDesk().adapter()
        let evidence = SignInEvidence(
            provider: try adapter.provider([:]),
            callback: SignInCallback(parameters: [:], raw: "", receivedAt: FixedClock().now),
            tokens: ProviderTokens(
                accessToken: Secret("a"), refreshToken: refresh ? Secret("r") : nil, scopes: scopes), claims: claims)
        do throws(SignInRefusal) {
            let identity = try await adapter.identity(evidence)
            #expect(identity == ProviderIdentity(subject: "1234567890", label: "ann@acme.example"))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("It keeps every rule of the kit, and its README has its settings")
    func conforms() async throws {
        let sample = SignInSample(
            tokens: ProviderTokens(
                accessToken: Secret("sample-access-token"), refreshToken: Secret("sample-refresh-token"),
                accessExpiresAt: FixedClock().now + .seconds(3600), scopes: Self.scopes),
            claims: Self.claims, identity: ProviderIdentity(subject: "1234567890", label: "ann@acme.example"))
        var narrow = sample
        narrow.tokens.scopes = ["openid", "email"]
        var brief = sample
        brief.tokens.refreshToken = nil
        let report = await IdentityConformance(
            GoogleDriveAdapter.self,
            settings: AdapterSettings([
                "client_id": .text("sample.apps.googleusercontent.com"),
                "client_secret": .secret([Secret("sample-client-secret")]),
            ]), signIn: sample,
            refused: [
                RefusedSignIn("fewer scopes", narrow, .scopesMissing),
                RefusedSignIn("no refresh token", brief, .modeMismatch),
            ],
            capabilities: IdentityCapabilitySamples(testing: [
                DriveModel.ok(["user": ["emailAddress": "ann@acme.example"]]), DriveModel.ok(["ids": ["id_1"]]),
                DriveModel.ok(["id": "id_1"]),
            ])
        ).run()
        #expect(report.isClean, "\(report)")
        let readme = URL(filePath: #filePath).appending(path: "../../../../Plugins/Google/README.md").standardized
        let text = try String(contentsOf: readme, encoding: .utf8)
        let section = try #require(text.firstRange(of: "\n# google-drive\n"))
        let settings = ReadmeConformance(
            GoogleDriveAdapter.manifest, readme: String(text[section.lowerBound...])
        ).run()
        #expect(settings.isClean, "\(settings)")
    }

    @Test("The app's own files alone are asked for, with a token that outlives the visit")
    func provider() throws {
        let provider = try DriveDesk().adapter().provider([:])
        #expect(provider.scopes == Self.scopes && provider.usesPKCE && provider.keepsTokens)
        #expect(provider.authorizationParameters == ["access_type": "offline", "prompt": "consent"])
        #expect(provider.refresh == RefreshRules(rotates: false))
        #expect(
            provider.idToken
                == IDTokenRules(
                    issuers: ["https://accounts.google.com", "accounts.google.com"], audiences: ["client"],
                    algorithms: [.rs256]))
    }

    @Test("The account is known, and an answer without the scope or the refresh token is refused")
    func identity() async throws {
        #expect(try await reason(Self.claims, Self.scopes) == nil)
        #expect(try await reason(Self.claims, ["openid", "email"]) == .scopesMissing)
        #expect(try await reason(Self.claims, Self.scopes, refresh: false) == .modeMismatch)
        #expect(try await reason(["email": "ann@acme.example"], Self.scopes) == .subjectWrong)
    }

    @Test("A test says whose Drive it is and makes the folder, once")
    func testing() async throws {
        let desk = DriveDesk()
        let adapter = try desk.adapter()
        for _ in 1...2 {
            #expect(
                try await adapter.test()
                    == "ann@acme.example answers, and the folder \"Comfile conversations\" is there.")
        }
        #expect(desk.drive.files(named: "Comfile conversations").count == 1)
        let old = try #require(desk.drive.files.first?.key)
        desk.drive.change(old) { $0.isTrashed = true }
        _ = try await adapter.test()
        #expect(desk.drive.files.count == 1 && desk.drive.files[old] == nil)
    }

    @Test("Nobody is called when nobody has connected Drive")
    func unconnected() async throws {
        let desk = DriveDesk(tokens: [])
        await #expect(throws: ProviderFailure.self) { try await desk.adapter().test() }
        #expect(desk.drive.calls.isEmpty)
    }

    @Test("Settings without an address are refused", arguments: ["drive_url", "upload_url", "token_url", "folder"])
    func settings(key: String) throws {
        let settings = AdapterSettings([key: .text(" ")]).merging(DriveDesk.settings)
        let problem = try #require(throws: SettingsProblem.self) {
            try GoogleDriveAdapter(settings: settings, host: TestHost())
        }
        #expect(problem.key == key)
    }

    @Test(
        "A failure of Drive is of the kind that it means",
        arguments: [
            (403, "rateLimitExceeded", .throttled), (403, "sharingRateLimitExceeded", .throttled),
            (403, "dailyLimitExceeded", .throttled), (403, "storageQuotaExceeded", .misconfigured),
            (403, "teamDriveFileLimitExceeded", .misconfigured), (403, "domainPolicy", .misconfigured),
            (403, "appNotAuthorizedToFile", .refused), (403, "somethingNew", .refused),
            (401, "authError", .misconfigured),
            (404, "notFound", .notFound), (429, "rateLimitExceeded", .throttled), (500, "backendError", .unavailable),
            (503, "backendError", .unavailable), (400, "badRequest", .refused),
        ] as [(Int, String, ProviderFailure.Kind)])
    func failures(status: Int, reason: String, kind: ProviderFailure.Kind) {
        let failure = DriveFailure.of(DriveModel.error(status, reason))
        #expect(failure.kind == kind && !failure.reason.title.contains("Google says"))
        #expect(failure.reason.detail == "What Google says")
        if reason == "dailyLimitExceeded" { #expect(failure.retryAfter == .seconds(3600)) }
    }

    @Test("A server is the same by scheme, host and port")
    func origins() {
        let origin = WebOrigin("https://www.googleapis.com/upload/drive/v3")
        #expect(origin != nil && origin == WebOrigin("https://WWW.googleapis.com:443/x?upload_id=1"))
        for other in [
            "http://www.googleapis.com", "https://www.googleapis.com:444", "https://googleapis.com",
            "https://www.googleapis.com.evil.example",
        ] { #expect(WebOrigin(other) != origin) }
        for none in [
            "", "/upload", "//www.googleapis.com", "https://", "https://a@www.googleapis.com",
            "https://www.googleapis.com\\@x",
            "ftp://www.googleapis.com", "https://www.googleapis.com:x", " https://www.googleapis.com",
        ] { #expect(WebOrigin(none) == nil, "\(none)") }
        #expect(WebOrigin("http://[::1]:8090/x") == WebOrigin("http://[::1]:8090"))
        #expect(WebOrigin("http://[::1]:8090/x") != WebOrigin("http://[::1]/"))
    }
}
