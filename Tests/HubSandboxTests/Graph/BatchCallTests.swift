import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct BatchCallTests {
    private static let appToken = "670843887433847|sandbox-app-secret"

    private func bodies(_ answer: RunningSandbox.Answer) throws -> [JSON] {
        try (answer.json.elements ?? []).map { try JSON.parse(Array(($0["body"]?.text ?? "").utf8)) }
    }

    @Test(arguments: ["/v25.0", "/v25.0/"])
    func `calls of a batch are answered each for itself`(path: String) async throws {
        try await withSandbox { sandbox in
            let calls: JSON = [
                ["method": "GET", "relative_url": JSON("\(RunningSandbox.acme)?fields=verified_name")],
                ["method": "POST", "relative_url": JSON("v25.0/\(RunningSandbox.acme)"), "body": "pin=123456"],
                ["method": "GET", "relative_url": JSON("/\(RunningSandbox.globex)")],
                ["method": "GET", "relative_url": "no/such/path"],
                ["method": "GET", "relative_url": "debug_token?input_token=sandbox-token-globex"],
            ]
            let answer = try await sandbox.call(
                .post, path, ["batch": calls, "include_headers": false], token: RunningSandbox.token)
            let codes = answer.json.elements?.compactMap { $0["code"]?.integer }
            #expect(codes == [200, 200, 400, 400, 200])
            #expect(answer.json.elements?.first?["headers"] == nil)
            let bodies = try bodies(answer)
            #expect(bodies[0] == ["verified_name": "Acme Support", "id": JSON(RunningSandbox.acme)])
            #expect(bodies[1] == ["success": true])
            #expect(bodies[2]["error"]?["error_subcode"]?.integer == 33)
            #expect(bodies[4]["data"]?["is_valid"]?.flag == true)
        }
    }

    @Test func `a form is taken, and a call may bring its own token`() async throws {
        try await withSandbox { sandbox in
            let batch =
                #"[{"method":"GET","relative_url":"debug_token?input_token=sandbox-token-acme"},"#
                + #"{"method":"GET","relative_url":"106540352242933?access_token=sandbox-token-globex"}]"#
            let answer = try await sandbox.form(
                "/v25.0/", "batch=\(batch.urlEncoded)&include_headers=false", token: Self.appToken)
            let bodies = try bodies(answer)
            #expect(bodies.count == 2)
            #expect(bodies.first?["data"]?["app_id"]?.text == "670843887433847")
            #expect(bodies.last?["id"]?.text == RunningSandbox.globex)
        }
    }

    @Test func `a batch without a token, without calls, or with too many is refused`() async throws {
        try await withSandbox { sandbox in
            let one: JSON = ["method": "GET", "relative_url": "app"]
            #expect(try await sandbox.call(.post, "/v25.0", ["batch": [one]]).errorCode == 104)
            #expect(try await sandbox.call(.post, "/v25.0", [:], token: RunningSandbox.token).errorCode == 100)
            let many = JSON.array(Array(repeating: one, count: 51))
            let refused = try await sandbox.call(.post, "/v25.0", ["batch": many], token: RunningSandbox.token)
            #expect(refused.errorCode == 100)
        }
    }

    @Test func `a code is exchanged by a form, so that no secret stands in an address`() async throws {
        try await withSandbox { sandbox in
            let made = try await sandbox.control(.post, "codes", ["waba": JSON(RunningSandbox.waba)])
            let code = try #require(made.json["code"]?.text)
            let answer = try await sandbox.form(
                "/v25.0/oauth/access_token",
                "client_id=670843887433847&client_secret=sandbox-app-secret&code=\(code)", token: nil)
            #expect(answer.json["access_token"]?.text?.hasPrefix("EAAG") == true)
            #expect(answer.json["token_type"]?.text == "bearer")
        }
    }
}
