import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct TokenTests {
    private static let app = "client_id=670843887433847&client_secret=sandbox-app-secret"
    private static let appToken = "670843887433847%7Csandbox-app-secret"

    private func code(_ sandbox: RunningSandbox, _ more: JSON = [:]) async throws -> String {
        let answer = try await sandbox.control(.post, "codes", ["waba": JSON(RunningSandbox.waba)] + more)
        return try #require(answer.json["code"]?.text)
    }

    @Test(arguments: ["/oauth/access_token", "/v25.0/oauth/access_token"])
    func `a code becomes a token that works, once`(path: String) async throws {
        try await withSandbox { sandbox in
            let code = try await code(sandbox)
            let answer = try await sandbox.call(.get, "\(path)?\(Self.app)&code=\(code)")
            let token = try #require(answer.json["access_token"]?.text)
            let sent = try await sandbox.call(
                .post, "/v25.0/\(RunningSandbox.acme)/messages", RunningSandbox.text("Hi"), token: token)
            #expect(sent.status == 200)
            let foreign = try await sandbox.call(
                .post, "/v25.0/\(RunningSandbox.globex)/messages", RunningSandbox.text("Hi"), token: token)
            #expect(foreign.json["error"]?["error_subcode"]?.integer == 33)
            let again = try await sandbox.call(.get, "\(path)?\(Self.app)&code=\(code)")
            #expect(again.errorCode == 100 && again.json["error"]?["error_subcode"]?.integer == 36009)
        }
    }

    @Test func `a code dies after its lifetime, and a wrong secret gets nothing`() async throws {
        try await withSandbox { sandbox in
            let code = try await code(sandbox)
            let wrong = try await sandbox.call(
                .get, "/oauth/access_token?client_id=670843887433847&client_secret=guess&code=\(code)")
            #expect(wrong.errorCode == 1)
            #expect(try await sandbox.call(.get, "/oauth/access_token?\(Self.app)").errorCode == 1)
            let unknown = try await sandbox.call(.get, "/oauth/access_token?\(Self.app)&code=made-up")
            #expect(unknown.json["error"]?["error_subcode"]?.integer == 36008)
            try await sandbox.advance(milliseconds: 30_000)
            let late = try await sandbox.call(.get, "/oauth/access_token?\(Self.app)&code=\(code)")
            #expect(late.json["error"]?["error_subcode"]?.integer == 36007)
        }
    }

    @Test func `debug_token tells what a token may do and until when`() async throws {
        try await withSandbox { sandbox in
            let made = try await sandbox.control(
                .post, "tokens",
                [
                    "waba": JSON(RunningSandbox.waba), "scopes": ["whatsapp_business_management"],
                    "token_lifetime_ms": 60_000,
                ])
            let token = try #require(made.json["access_token"]?.text)
            let path = "/v25.0/debug_token?input_token=\(token)&access_token=\(Self.appToken)"
            let data = try await sandbox.call(.get, path).json["data"]
            #expect(data?["is_valid"]?.flag == true)
            #expect(data?["app_id"]?.text == "670843887433847")
            #expect(data?["expires_at"] == made.json["expires_at"])
            #expect(data?["scopes"] == ["whatsapp_business_management"])
            let granular: JSON = [
                ["scope": "whatsapp_business_management", "target_ids": [JSON(RunningSandbox.waba)]]
            ]
            #expect(data?["granular_scopes"] == granular)
            let sent = try await sandbox.call(
                .post, "/v25.0/\(RunningSandbox.acme)/messages", RunningSandbox.text("Hi"), token: token)
            #expect(sent.errorCode == 200)
            try await sandbox.advance(milliseconds: 60_000)
            let late = try await sandbox.call(.get, path).json["data"]
            #expect(late?["is_valid"]?.flag == false)
            #expect(late?["error"]?["subcode"]?.integer == 463)
        }
    }

    @Test func `debug_token asks for a token of its own`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.call(.get, "/debug_token?input_token=x").errorCode == 104)
            let unknown = try await sandbox.call(.get, "/debug_token?input_token=x&access_token=\(Self.appToken)")
            #expect(unknown.json["data"]?["is_valid"]?.flag == false)
            #expect(unknown.json["data"]?["error"]?["code"]?.integer == 190)
        }
    }

    @Test(arguments: [458, 459, 460, 463, 464, 467, 492])
    func `a killed token says why`(subcode: Int) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.control(
                .post, "tokens/kill", ["token": JSON(RunningSandbox.token), "subcode": JSON(subcode)])
            let answer = try await sandbox.sendText()
            #expect(answer.status == 401 && answer.errorCode == 190)
            #expect(answer.json["error"]?["error_subcode"]?.integer == subcode)
            #expect(answer.headers["www-authenticate"] != nil)
            _ = try await sandbox.control(
                .post, "tokens/kill", ["token": JSON(RunningSandbox.token), "subcode": .null])
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `a token counts in the header and in the query, and not in the body`() async throws {
        try await withSandbox { sandbox in
            let path = "/v25.0/\(RunningSandbox.acme)/messages"
            let query = try await sandbox.call(
                .post, "\(path)?access_token=\(RunningSandbox.token)", RunningSandbox.text("Hi"))
            #expect(query.status == 200)
            let oauth = try await sandbox.call(
                .post, path, RunningSandbox.text("Hi"), headers: ["authorization": "OAuth \(RunningSandbox.token)"])
            #expect(oauth.status == 200)
            // Clients that always send a header put another token, such as the app's, into the query.
            let both = try await sandbox.call(
                .post, "\(path)?access_token=\(RunningSandbox.token)", RunningSandbox.text("Hi"),
                token: "sandbox-token-globex")
            #expect(both.status == 200)
            let body = RunningSandbox.text("Hi").adding("access_token", JSON(RunningSandbox.token))
            #expect(try await sandbox.call(.post, path, body).errorCode == 104)
            let basic = try await sandbox.call(
                .post, path, RunningSandbox.text("Hi"), headers: ["authorization": "Basic \(RunningSandbox.token)"])
            #expect(basic.errorCode == 190)
        }
    }

    @Test func `appsecret_proof is checked when given, and asked for when the app says so`() async throws {
        // HMAC-SHA256 of "token" with the key "secret", by OpenSSL.
        #expect(
            AppSecretProof.make(token: "token", secret: "secret")
                == "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a")
        try await withSandbox { sandbox in
            let proof = AppSecretProof.make(token: RunningSandbox.token, secret: "sandbox-app-secret")
            func send(_ query: String) async throws -> RunningSandbox.Answer {
                try await sandbox.call(
                    .post, "/v25.0/\(RunningSandbox.acme)/messages\(query)", RunningSandbox.text("Hi"),
                    token: RunningSandbox.token)
            }
            #expect(try await send("?appsecret_proof=\(proof)").status == 200)
            let wrong = try await send("?appsecret_proof=00")
            #expect(wrong.status == 400 && wrong.errorCode == 100)
            #expect(wrong.json["error"]?["message"]?.text?.contains("Invalid appsecret_proof") == true)
            #expect(try await send("").status == 200)
            _ = try await sandbox.control(.put, "app", ["require_appsecret_proof": true])
            #expect(try await send("").errorCode == 100)
            #expect(try await send("?appsecret_proof=\(proof)").status == 200)
        }
    }

    @Test func `usage headers come with every answer and can be set`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.fields("id")
            #expect(answer["id"] != nil)
            let first = try await sandbox.number(.get, "settings")
            let usage = try JSON.parse(Array((first.headers["x-business-use-case-usage"] ?? "").utf8))
            let uses = usage[RunningSandbox.waba]?.elements ?? []
            #expect(uses.compactMap { $0["type"]?.text } == ["whatsapp_business_management", "whatsapp"])
            #expect(uses.first?["estimated_time_to_regain_access"]?.integer == 0)
            _ = try await sandbox.control(
                .put, "app", ["usage": ["call_count": 96, "estimated_time_to_regain_access": 12]])
            let sent = try await sandbox.sendText()
            let app = try JSON.parse(Array((sent.headers["x-app-usage"] ?? "").utf8))
            #expect(app["call_count"]?.integer == 96)
            let busy = try JSON.parse(Array((sent.headers["x-business-use-case-usage"] ?? "").utf8))
            let wait = busy[RunningSandbox.waba]?.elements?.first?["estimated_time_to_regain_access"]
            #expect(wait?.integer == 12)
        }
    }

    @Test func `management calls of an hour are limited, sends are not`() {
        var usage = GraphUsage()
        func refusal(account: String = "1", isMessage: Bool = false, now: Int = 7200) -> GraphError? {
            do {
                _ = try usage.count(account: account, isMessage: isMessage, now: now, shown: nil)
                return nil
            } catch {
                return error
            }
        }
        let refused = (0..<GraphUsage.managementLimit).filter { _ in refusal() != nil }
        #expect(refused.isEmpty)
        #expect(refusal()?.code == 80007)
        #expect(refusal(isMessage: true) == nil)
        #expect(refusal(account: "2") == nil)
        #expect(refusal(now: 10_800) == nil)
    }
}
