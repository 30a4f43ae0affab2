import FoundationEssentials
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(2)))
struct GoogleTokenTests {
    @Test func `a code becomes tokens that say who signed in`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let reply = try await visit.tokens()
            #expect(reply["expires_in"] == 3599)
            #expect(reply["token_type"] == "Bearer")
            #expect(reply["refresh_token"] == nil)
            let claims = try await strict(visit, reply).read(try #require(reply["id_token"]?.text))
            #expect(claims["email"] == "ada@acme.example")
            #expect(claims["email_verified"] == true)
            #expect(claims["hd"] == "acme.example")
            #expect(claims["given_name"] == "Ada")
            let access = try #require(reply["access_token"]?.text)
            let info = try await sandbox.call(.get, "/google/v1/userinfo", token: access).json
            #expect(info["sub"] == claims["sub"])
            #expect(try await sandbox.call(.get, "/google/v1/userinfo", token: "ya29.wrong").status == 401)
        }
    }

    @Test func `a code works once, and its second use ends the tokens of the first`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let code = try await visit.code()
            let access = try #require(try await visit.exchange(code).json["access_token"]?.text)
            let again = try await visit.exchange(code)
            #expect(again.status == 400)
            #expect(again.json["error"] == "invalid_grant")
            #expect(try await sandbox.call(.get, "/google/v1/userinfo", token: access).status == 401)
            #expect(try await sandbox.calls("google", "token") == 2)
            #expect(try await sandbox.calls("google", "token.authorization_code") == 2)
        }
    }

    @Test func `a code dies after ten minutes`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let code = try await visit.code()
            try await sandbox.advance(milliseconds: 600_000)
            #expect(try await visit.exchange(code).json["error"] == "invalid_grant")
        }
    }

    @Test(
        arguments: [
            (["code_verifier": String(repeating: "w", count: 43)], "invalid_grant"),
            (["code_verifier": nil], "invalid_grant"), (["code_verifier": "short"], "invalid_grant"),
            (["redirect_uri": "http://127.0.0.1:8080/connect/acme/archive/callback"], "redirect_uri_mismatch"),
            (["client_secret": "wrong"], "invalid_client"), (["client_secret": nil], "invalid_client"),
            (["client_id": "unknown"], "invalid_client"), (["code": "4/0Awrong"], "invalid_grant"),
            (["code": nil], "invalid_request"), (["grant_type": nil], "invalid_request"),
            (["grant_type": "password"], "unsupported_grant_type"),
        ] as [([String: String?], String)])
    func `a wrong exchange is refused`(change: [String: String?], code: String) async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let answer = try await visit.exchange(try await visit.code(), change)
            #expect(answer.status == (code == "invalid_client" ? 401 : 400))
            #expect(answer.json["error"] == JSON(code))
        }
    }

    @Test func `a client may say who it is in the header`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let basic = Data("\(GoogleVisit.client):\(GoogleVisit.secret)".utf8).base64EncodedString()
            let answer = try await sandbox.submit(
                "/google/token",
                [
                    ("grant_type", "authorization_code"), ("code", try await visit.code()),
                    ("redirect_uri", GoogleVisit.callback), ("code_verifier", GoogleVisit.verifier),
                ], headers: ["authorization": "Basic \(basic)"])
            #expect(answer.status == 200)
        }
    }

    @Test func `a refresh token comes with the first consent, or when consent is asked for again`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let first = try await visit.tokens(["access_type": "offline"])
            let refresh = try #require(first["refresh_token"]?.text)
            #expect(try await visit.tokens(["access_type": "offline"])["refresh_token"] == nil)
            #expect(
                try await visit.tokens(["access_type": "offline", "prompt": "consent"])["refresh_token"] != nil)
            let refreshed = try await visit.refresh(refresh).json
            #expect(refreshed["access_token"] != nil)
            #expect(refreshed["refresh_token"] == nil)
            let claims = try await strict(visit, refreshed, nonce: nil).read(
                try #require(refreshed["id_token"]?.text))
            #expect(claims["nonce"] == nil)
            _ = try await sandbox.call(.post, "/_sandbox/google/forget", ["person": "ada"])
            #expect(try await visit.tokens(["access_type": "offline"])["refresh_token"] != nil)
        }
    }

    @Test func `revoking one token ends both`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let reply = try await visit.tokens(["access_type": "offline"])
            let access = try #require(reply["access_token"]?.text)
            let refresh = try #require(reply["refresh_token"]?.text)
            #expect(try await sandbox.submit("/google/revoke", [("token", access)]).status == 200)
            #expect(try await sandbox.submit("/google/revoke", [("token", access)]).json["error"] == "invalid_token")
            #expect(try await visit.refresh(refresh).json["error"] == "invalid_grant")
        }
    }

    @Test func `keys are two, cached, and rotate so that the newest signs`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let answer = try await sandbox.page(.get, "/google/oauth2/v3/certs")
            #expect(answer.headers["cache-control"]?.contains("max-age=20000") == true)
            let before = try #require(answer.json["keys"]?.elements)
            #expect(before.count == 2)
            #expect(before.allSatisfy { $0["d"] == nil })
            let old = try await visit.tokens()
            let control = try await sandbox.call(.post, "/_sandbox/google/keys/rotate")
            #expect(control.json["keys"]?.elements?.allSatisfy { $0["d"] != nil && $0["qi"] != nil } == true)
            let after = try await visit.keys()
            #expect(after.count == 2)
            #expect(after.first?["kid"] != before.first?["kid"])
            #expect(after.last == before.first)
            _ = try await strict(visit, old).read(try #require(old["id_token"]?.text))
            _ = try await sandbox.call(.post, "/_sandbox/google/keys/rotate", ["drop_old": true])
            let reader = try await strict(visit, old)
            #expect(throws: StrictReader.Refusal.key) { try reader.read(try #require(old["id_token"]?.text)) }
        }
    }

    @Test func `the published documents lead to one another`() async throws {
        try await withSandbox { sandbox in
            let discovery = try await sandbox.call(.get, "/google/.well-known/openid-configuration").json
            #expect(discovery["issuer"] == "https://accounts.google.com")
            let keys = try #require(discovery["jwks_uri"]?.text)
            #expect(try await sandbox.page(.get, keys).json["keys"]?.elements?.count == 2)
            let risc = try await sandbox.call(.get, "/google/.well-known/risc-configuration").json
            #expect(risc["issuer"] == "https://accounts.google.com/")
            #expect(risc["jwks_uri"]?.text == keys)
        }
    }

    private func strict(_ visit: GoogleVisit, _ reply: JSON, nonce: String? = "nonce-1") async throws -> StrictReader {
        StrictReader(
            keys: try await visit.keys(), issuers: ["https://accounts.google.com", "accounts.google.com"],
            audience: GoogleVisit.client, nonce: nonce, accessToken: reply["access_token"]?.text ?? "",
            now: SandboxClock().seconds)
    }
}
