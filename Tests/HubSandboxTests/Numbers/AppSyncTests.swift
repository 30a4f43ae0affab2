import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AppSyncTests {
    private func sync(_ sandbox: RunningSandbox, _ type: String) async throws -> RunningSandbox.Answer {
        try await sandbox.number(
            .post, "smb_app_data", ["messaging_product": "whatsapp", "sync_type": JSON(type)])
    }

    @Test func `only numbers of the app have something to sync, and only for a day`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sync(sandbox, "history").errorCode == 100)
            try await sandbox.setNumber(["is_on_biz_app": true])
            #expect(try await sync(sandbox, "everything").errorCode == 100)
            try await sandbox.advance(milliseconds: 25 * 3_600_000)
            #expect(try await sync(sandbox, "history").errorCode == 2_593_108)
        }
    }

    @Test func `contacts come once`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setNumber(["is_on_biz_app": true])
            #expect(try await sync(sandbox, "smb_app_state_sync").json["request_id"]?.text?.isEmpty == false)
            let change = try #require(await sandbox.hub.posts(1).first?.changes.first)
            #expect(change["field"]?.text == "smb_app_state_sync")
            #expect(change["value"]?["metadata"]?["phone_number_id"]?.text == RunningSandbox.acme)
            let contact = change["value"]?["state_sync"]?.elements?.first
            #expect(contact?["action"]?.text == "add")
            #expect(contact?["contact"]?["full_name"]?.text == "Pablo Morales")
            #expect(try await sync(sandbox, "smb_app_state_sync").errorCode == 2_593_107)
        }
    }

    @Test func `history comes in chunks with its progress, thousands of messages if asked for`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setNumber(["is_on_biz_app": true, "history": ["threads": 30, "messages": 90]])
            _ = try await sync(sandbox, "history")
            let changes = await sandbox.hub.posts(4).flatMap(\.changes)
            let chunks = changes.compactMap { $0["value"]?["history"]?.elements?.first }
            #expect(chunks.compactMap { $0["metadata"]?["phase"]?.integer } == [0, 1, 2])
            #expect(chunks.last?["metadata"]?["progress"]?.integer == 100)
            let messages = chunks.flatMap { $0["threads"]?.elements ?? [] }.flatMap { $0["messages"]?.elements ?? [] }
            #expect(messages.count == 2700)
            #expect(Set(messages.compactMap { $0["id"]?.text }).count == 2700)
            #expect(changes.last?["value"]?["messages"]?.elements?.first?["type"]?.text == "image")
        }
    }

    @Test func `a business that does not share its history says so`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setNumber(["is_on_biz_app": true, "shares_history": false])
            _ = try await sync(sandbox, "history")
            let value = await sandbox.hub.posts(1).first?.changes.first?["value"]
            let error = value?["history"]?.elements?.first?["errors"]?.elements?.first
            #expect(error?["code"]?.integer == 2_593_109)
        }
    }
}
