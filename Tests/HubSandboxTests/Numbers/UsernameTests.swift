import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct UsernameTests {
    @Test(arguments: ["acme", "acme_support", "a.b_c9", "12a", String(repeating: "a", count: 35)])
    func `a permitted username`(text: String) { #expect(BusinessUsername.isWellFormed(text)) }

    @Test(
        arguments: [
            "ab", String(repeating: "a", count: 36), "Acme", "acme-support", ".acme", "acme.", "ac..me", "wwwacme",
            "123", "acme.com", "acme.org", "acmé",
        ])
    func `a username that is not permitted`(text: String) { #expect(!BusinessUsername.isWellFormed(text)) }

    @Test func `it is taken, read, changed and given back, and the business is told`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.number(.get, "username").json == [:])
            let suggestions = try await sandbox.number(.get, "username_suggestions").json["data"]?.elements?.first
            #expect(suggestions?["username_suggestions"]?.elements?.contains("acme_support") == true)
            let taken = try await sandbox.number(.post, "username", ["username": "acme_support"])
            #expect(taken.json == ["status": "approved"])
            let read: JSON = ["username": "acme_support", "status": "approved"]
            #expect(try await sandbox.number(.get, "username").json == read)
            #expect(try await sandbox.fields("username")["username"]?.text == "acme_support")
            let told = try #require(await sandbox.hub.posts(1).first)
            #expect(told.json["entry"]?.elements?.first?["time"]?.integer != nil)
            #expect(told.changes.first?["field"]?.text == "business_username_updates")
            #expect(told.changes.first?["value"]?["username"]?.text == "acme_support")
            #expect(told.changes.first?["value"]?["metadata"] == nil)
            #expect(try await sandbox.number(.delete, "username").json == ["success": true])
            #expect(await sandbox.hub.posts(2).last?.changes.first?["value"]?["status"]?.text == "deleted")
            #expect(try await sandbox.number(.delete, "username").errorCode == 100)
        }
    }

    @Test func `each reason against a username has its code`() async throws {
        try await withSandbox { sandbox in
            func take(_ username: String, by number: String = RunningSandbox.acme, action: String? = nil) async throws
                -> RunningSandbox.Answer
            {
                let token = number == RunningSandbox.acme ? RunningSandbox.token : "sandbox-token-globex"
                return try await sandbox.call(
                    .post, "/v25.0/\(number)/username",
                    ["username": JSON(username), "transfer_action": action.map { JSON($0) }], token: token)
            }
            _ = try await sandbox.control(
                .put, "app",
                [
                    "username_refusals": [
                        "taken_name": 147001, "not_for_you": 147002, "fb_page": 147003, "insta": 147004,
                    ]
                ])
            #expect(try await take("taken_name").errorCode == 147001)
            #expect(try await take("not_for_you").errorCode == 147002)
            #expect(try await take("fb_page").errorCode == 147003)
            #expect(try await take("insta").errorCode == 147004)
            #expect(try await take("www.acme").errorCode == 100)
            #expect(try await take("shared_name").status == 200)
            #expect(try await take("shared_name", by: RunningSandbox.globex).errorCode == 147005)
            let moved = try await take("shared_name", by: RunningSandbox.globex, action: "force_transfer")
            #expect(moved.status == 200)
            #expect(try await sandbox.number(.get, "username").json == [:])
        }
    }
}
