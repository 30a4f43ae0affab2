import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct BlockingTests {
    private static let users: JSON = ["messaging_product": "whatsapp", "block_users": [["user": "+16505551234"]]]

    @Test func `who wrote in the last day can be blocked, is listed, and can be unblocked`() async throws {
        try await withSandbox { sandbox in
            let early = try await sandbox.number(.post, "block_users", Self.users)
            #expect(early.status == 400 && early.errorCode == 139100)
            let failed = early.json["block_users"]?["failed_users"]?.elements?.first
            #expect(failed?["errors"]?.elements?.first?["code"]?.integer == 131047)
            _ = try await sandbox.inbound()
            let blocked = try await sandbox.number(.post, "block_users", Self.users)
            let expected: JSON = [
                "messaging_product": "whatsapp",
                "block_users": ["added_users": [["input": "+16505551234", "wa_id": "16505551234"]]],
            ]
            #expect(blocked.json == expected)
            let list = try await sandbox.number(.get, "block_users").json
            #expect(list["data"] == [["messaging_product": "whatsapp", "wa_id": "16505551234"]])
            #expect(list["paging"]?["cursors"]?["after"] != nil)
            let unblocked = try await sandbox.number(.delete, "block_users", Self.users)
            #expect(unblocked.json["block_users"]?["removed_users"]?.elements?.count == 1)
            #expect(try await sandbox.number(.get, "block_users").json["data"] == [])
        }
    }

    @Test func `one of several may fail, and the others are blocked all the same`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound()
            let answer = try await sandbox.number(
                .post, "block_users",
                [
                    "messaging_product": "whatsapp",
                    "block_users": [["user": "+16505551234"], ["user": "+16505559999"]],
                ])
            #expect(answer.status == 400)
            #expect(answer.json["block_users"]?["added_users"]?.elements?.count == 1)
            #expect(answer.json["block_users"]?["failed_users"]?.elements?.count == 1)
            #expect(try await sandbox.number(.get, "block_users").json["data"]?.elements?.count == 1)
        }
    }

    @Test func `who is blocked reaches the business no more`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound()
            _ = try await sandbox.number(.post, "block_users", Self.users)
            let answer = try await sandbox.inbound("Hello?")
            #expect(answer.json["acknowledged"]?.flag == false)
            #expect(await sandbox.hub.posts.count == 1)
            #expect(try await sandbox.sendText().errorCode == 130403)
            _ = try await sandbox.number(.delete, "block_users", Self.users)
            #expect(try await sandbox.inbound("Hello!").json["status"]?.integer == 200)
        }
    }

    @Test func `without their entry in the contact book, a customer with a username has no phone number`() async throws
    {
        try await withSandbox { sandbox in
            _ = try await sandbox.control(.put, "rules", ["user_ids": "username_and_phone"])
            _ = try await sandbox.inbound()
            let before = try #require(await sandbox.hub.posts(1).first)
            #expect(before.messages.first?["from"]?.text == "16505551234")
            let userID = try #require(before.messages.first?["from_user_id"]?.text)
            let path = "contact_book?messaging_product=whatsapp&bsuid=\(userID)"
            #expect(try await sandbox.number(.delete, path).json == ["success": true])
            _ = try await sandbox.inbound()
            let after = try #require(await sandbox.hub.posts(2).last)
            #expect(after.messages.first?["from"] == nil && after.messages.first?["from_user_id"]?.text == userID)
            #expect(after.values.first?["contacts"]?.elements?.first?["wa_id"] == nil)
        }
    }

    @Test func `a contact is forgotten by their user id, in the query or in the body`() async throws {
        try await withSandbox { sandbox in
            let userID: JSON = "US.13491208655302741918"
            let body: JSON = ["messaging_product": "whatsapp", "bsuid": userID]
            let forgotten = try await sandbox.number(.delete, "contact_book", body)
            #expect(forgotten.json == ["success": true])
            #expect(try await sandbox.number(.delete, "contact_book?bsuid=US.1").errorCode == 100)
            let wrong = try await sandbox.number(.delete, "contact_book?messaging_product=whatsapp&bsuid=x")
            #expect(wrong.errorCode == 131009)
        }
    }
}
