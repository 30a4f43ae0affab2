import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct FacebookCallbackTests {
    @Test func `a deletion request is posted as a form, and its answer is told`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            let id = try await facebook.graph("me", token: token).json["id"]
            await facebook.sandbox.hub.reply(
                with: ["url": "https://hub.example/deletions/abc1", "confirmation_code": "abc1"])
            let url = JSON(try await facebook.sandbox.hubURL())
            let answer = try await facebook.control(
                .post, "callbacks", ["kind": "deletion", "person": "ada", "url": url])
            #expect(answer.json["user_id"] == id)
            let report = try #require(answer.json["posts"]?.elements?.first)
            #expect(report["status"] == 200 && report["well_formed"] == true)
            #expect(report["json"]?["confirmation_code"] == "abc1")
            let post = try #require(await facebook.sandbox.hub.posts(1).first)
            #expect(post.headers["content-type"] == "application/x-www-form-urlencoded")
            let form = FormFields(String(decoding: post.body, as: UTF8.self))
            #expect(form["signed_request"] == answer.json["signed_request"]?.text)
            // The person removed the app first.
            #expect(try await facebook.graph("me", token: token).json["error"]?["error_subcode"] == 458)
        }
    }

    @Test func `an answer that Facebook would not show is called malformed`() async throws {
        try await withFacebook { facebook in
            let url = JSON(try await facebook.sandbox.hubURL())
            let answer = try await facebook.control(
                .post, "callbacks", ["kind": "deletion", "person": "ada", "url": url])
            #expect(answer.json["posts"]?.elements?.first?["well_formed"] == false)
        }
    }

    @Test func `a deauthorization of nobody, repeated and forged`() async throws {
        try await withFacebook { facebook in
            let url = JSON(try await facebook.sandbox.hubURL())
            let answer = try await facebook.control(
                .post, "callbacks",
                ["kind": "deauthorize", "user_id": "1", "url": url, "copies": 2, "flaw": "bad_signature"])
            #expect(answer.json["posts"]?.elements?.count == 2)
            let posts = await facebook.sandbox.hub.posts(2)
            #expect(posts[0].body == posts[1].body)
            let none = try await facebook.control(
                .post, "callbacks", ["kind": "deauthorize", "user_id": "1", "url": "http://127.0.0.1:1/"])
            #expect(none.json["posts"]?.elements?.first?["error"] != nil)
        }
    }

    @Test(
        arguments: [
            ["kind": "holiday", "person": "ada"], ["kind": "deletion"], ["kind": "deletion", "person": "nobody"],
            ["kind": "deletion", "person": "ada", "flaw": "ugly"],
            ["kind": "deletion", "person": "ada", "url": "ftp://x"],
        ] as [JSON])
    func `what cannot be posted is refused`(call: JSON) async throws {
        try await withFacebook { facebook in
            let status = try await facebook.control(.post, "callbacks", call).status
            #expect([400, 404].contains(status))
        }
    }
}
