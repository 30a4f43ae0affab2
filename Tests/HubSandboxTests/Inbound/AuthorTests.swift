import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AuthorTests {
    struct Shown: Sendable {
        let mode: String
        let contact: Set<String>
        let message: Set<String>
        let hasUsername: Bool
    }

    @Test(arguments: [
        Shown(
            mode: "no_username", contact: ["wa_id", "user_id"], message: ["from", "from_user_id"], hasUsername: false),
        Shown(mode: "username_only", contact: ["user_id"], message: ["from_user_id"], hasUsername: true),
        Shown(
            mode: "username_and_phone", contact: ["wa_id", "user_id"], message: ["from", "from_user_id"],
            hasUsername: true),
        Shown(
            mode: "parent", contact: ["wa_id", "user_id", "parent_user_id"],
            message: ["from", "from_user_id", "from_parent_user_id"], hasUsername: false),
    ])
    func `a customer is shown by the ids of the mode`(shown: Shown) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["text": "Hi", "user_ids": JSON(shown.mode)])
            let value = try #require(await sandbox.hub.posts(1).first?.values.first)
            let contact = try #require(value["contacts"]?.elements?.first)
            let message = try #require(value["messages"]?.elements?.first)
            #expect(Set(contact.members?.map(\.name) ?? []) == shown.contact.union(["profile"]))
            #expect(
                Set(message.members?.map(\.name) ?? []) == shown.message.union(["id", "timestamp", "type", "text"]))
            #expect(contact["profile"]?["name"]?.text == "Ada")
            #expect((contact["profile"]?["username"] != nil) == shown.hasUsername)
            #expect(message["from_user_id"] == contact["user_id"])
        }
    }

    @Test func `a quote names who wrote the quoted message`() async throws {
        try await withSandbox { sandbox in
            let own = try await sandbox.write(["text": "Hi"]).json["id"]
            let unknown = MessageID.make(party: "16505551234", author: .business)
            _ = try await sandbox.write(["text": "As I said", "reply_to": own])
            _ = try await sandbox.write(["text": "As you said", "reply_to": JSON(unknown)])
            let messages = await sandbox.hub.posts(3).flatMap(\.messages)
            #expect(messages[1]["context"] == ["from": "16505551234", "id": own])
            #expect(messages[2]["context"] == ["from": "15550783881", "id": JSON(unknown)])
        }
    }

    @Test func `groups, forwards, products and ads stand around the content`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["text": "1", "group_id": "g1", "frequently_forwarded": true])
            _ = try await sandbox.write(["text": "2", "referred_product": true])
            _ = try await sandbox.write(["text": "3", "referral": ["source_type": "post"]])
            let messages = await sandbox.hub.posts(3).flatMap(\.messages)
            #expect(messages[0]["group_id"]?.text == "g1")
            #expect(messages[0]["context"] == ["frequently_forwarded": true])
            #expect(messages[1]["context"]?["referred_product"]?["catalog_id"]?.text?.isEmpty == false)
            #expect(messages[2]["referral"] == ["source_type": "post"])
        }
    }

    @Test func `a blocked customer's message goes nowhere and says so`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["text": "Hi"])
            let answer = try await sandbox.call(
                .post, "/v25.0/\(RunningSandbox.acme)/block_users",
                ["messaging_product": "whatsapp", "block_users": [["user": "+16505551234"]]],
                token: "sandbox-token-acme")
            #expect(answer.status == 200)
            let blocked = try await sandbox.write(["text": "Hello?"])
            #expect(blocked.json["acknowledged"]?.flag == false)
            #expect(blocked.json["error"]?.text?.contains("blocked") == true)
            #expect(await sandbox.hub.posts.count == 1)
        }
    }
}
