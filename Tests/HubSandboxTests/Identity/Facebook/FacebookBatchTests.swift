import Testing

@testable import HubSandbox

@Suite struct `Facebook's Graph API takes calls in a batch` {
    private func post(
        _ facebook: FacebookLoginCase, _ batch: JSON, token: String? = nil
    ) async throws -> PageAnswer {
        let token = token ?? "\(FacebookLoginCase.appID)|\(FacebookLoginCase.secret)"
        return try await facebook.sandbox.submit(
            "\(FacebookLoginCase.graph)/",
            [
                ("batch", String(decoding: batch.bytes, as: UTF8.self)), ("include_headers", "false"),
                ("appsecret_proof", AppSecretProof.make(token: token, secret: FacebookLoginCase.secret)),
            ], headers: ["authorization": "Bearer \(token)"])
    }

    private func body(_ answer: PageAnswer, _ index: Int = 0) -> JSON {
        let parts = answer.json.elements ?? []
        guard parts.indices.contains(index), let text = parts[index]["body"]?.text else { return .null }
        return (try? JSON.parse(Array(text.utf8))) ?? .null
    }

    @Test func `a token to look at can be in the body`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            let answer = try await post(
                facebook, [["method": "GET", "relative_url": JSON("debug_token?input_token=\(token)")]])
            #expect(answer.status == 200)
            #expect(answer.json.elements?.first?["code"] == 200)
            #expect(body(answer)["data"]?["app_id"]?.text == FacebookLoginCase.appID)
            #expect(body(answer)["data"]?["is_valid"] == true)
            #expect(try await facebook.sandbox.calls("facebook", "debug") == 1)
        }
    }

    @Test func `each call is answered for itself`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            let answer = try await post(
                facebook,
                [
                    ["method": "GET", "relative_url": "me?fields=id"],
                    ["method": "GET", "relative_url": "nobody/at/all"],
                    ["relative_url": "me"],
                ], token: token)
            #expect(answer.status == 200)
            #expect(answer.json.elements?.map { $0["code"]?.integer == 200 } == [true, false, false])
            #expect(body(answer)["id"] != nil)
            #expect(body(answer, 1)["error"] != nil && body(answer, 2)["error"] != nil)
        }
    }

    @Test func `without a token or calls there is none`() async throws {
        try await withFacebook { facebook in
            #expect(try await post(facebook, "no list").json["error"]?["code"] != nil)
            let bare = try await facebook.sandbox.submit("\(FacebookLoginCase.graph)/", [("batch", "[]")])
            #expect(bare.status != 200)
        }
    }
}
