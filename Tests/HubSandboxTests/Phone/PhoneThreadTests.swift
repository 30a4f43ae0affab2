import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct PhoneThreadTests {
    private static func thread() -> PhoneThread {
        var thread = PhoneThread()
        thread.append(
            .init(id: "theirs", isFromCustomer: false, preview: MessagePreview(text: "Hi"), time: 1, progress: .sent))
        thread.append(
            .init(id: "mine", isFromCustomer: true, preview: MessagePreview(text: "Hello"), time: 2, progress: .pending)
        )
        return thread
    }

    @Test func `each side has one reaction on a message, and an empty one takes it off`() {
        var thread = Self.thread()
        _ = thread.react("theirs", with: "👍", byCustomer: true)
        _ = thread.react("theirs", with: "❤️")
        #expect(thread.react("theirs", with: "🎉", byCustomer: true)?.reactions == .init(customer: "🎉", business: "❤️"))
        #expect(thread.react("theirs", with: "")?.reactions == .init(customer: "🎉", business: nil))
        #expect(thread.react("unknown", with: "👍") == nil)
    }

    @Test func `only own messages can be edited and deleted, and a deleted one shows nothing of what it was`() {
        var thread = Self.thread()
        #expect(thread.edit("theirs", to: MessagePreview(text: "No")) == nil)
        #expect(thread.revoke("theirs") == nil)
        let edited = thread.edit("mine", to: MessagePreview(text: "Hello!"))
        #expect(edited?.json["card"]?["text"]?.text == "Hello!")
        #expect(edited?.json["edited"]?.flag == true)
        let deleted = thread.revoke("mine")
        #expect(deleted?.json["deleted"]?.flag == true)
        #expect(String(decoding: deleted?.json.bytes ?? [], as: UTF8.self).contains("Hello") == false)
        #expect(thread.edit("mine", to: MessagePreview(text: "Again")) == nil)
    }

    @Test func `played is further than read`() {
        var thread = Self.thread()
        #expect(thread.advance("theirs", to: .played) != nil)
        #expect(thread.advance("theirs", to: .read) == nil)
    }

    @Test func `a reaction can be marked as read though it has no bubble`() async throws {
        try await withSandbox { sandbox in
            let reaction = try await sandbox.inbound(example: "reaction").json["id"]
            let answer = try await sandbox.send([
                "messaging_product": "whatsapp", "status": "read", "message_id": reaction,
            ])
            #expect(answer.json == ["success": true])
        }
    }

    @Test func `the list of chats has the newest message of each business`() async throws {
        try await withSandbox(change: { $0.delays.read = nil }) { sandbox in
            _ = try await sandbox.sendText("Good morning", number: RunningSandbox.globex)
            #expect(await sandbox.hub.statuses(2) == ["sent", "delivered"])
            _ = try await sandbox.write(["type": "image"])
            let chats = try await sandbox.call(.get, "/phone/chats?from=%2B16505551234").json["chats"]
            #expect(chats?.elements?.map { $0["last"]?["summary"]?.text } == ["📷 Photo", "Good morning"])
            #expect(chats?.elements?.map { $0["unread"]?.integer } == [0, 1])
        }
    }

    @Test func `a customer takes the chat along to a new number`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["text": "Before"])
            let change: JSON = ["body": "User A changed", "wa_id": "16505559999", "type": "user_changed_number"]
            _ = try await sandbox.write(["message": ["type": "system", "system": change]])
            let chats = try await sandbox.call(.get, "/phone/chats?from=%2B16505559999").json["chats"]
            #expect(chats?.elements?.first?["last"]?["card"]?["notice"]?.text == "User A changed")
        }
    }

    @Test func `playing a voice message is told once`() async throws {
        try await withSandbox(change: { $0.delays.read = nil }) { sandbox in
            let link: JSON = ["link": "https://example.com/a.ogg", "voice": true]
            let sent = try await sandbox.send(ValidationTests.framed(["type": "audio", "audio": link]))
            let id = try #require(sent.json["messages"]?.elements?.first?["id"])
            #expect(await sandbox.hub.statuses(2) == ["sent", "delivered"])
            let body: JSON = [
                "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234", "message_id": id,
            ]
            for _ in 0..<2 { _ = try await sandbox.call(.post, "/phone/played", body) }
            #expect(await sandbox.hub.statuses(3).last == "played")
            _ = try await sandbox.write(["text": "After it"])
            #expect(await sandbox.hub.posts(4).last?.messages.count == 1)
        }
    }
}
