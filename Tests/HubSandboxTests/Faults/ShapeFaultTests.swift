import AsyncHTTPClient
import Testing

@testable import HubSandbox

/// Faults of what webhooks carry.
@Suite(.timeLimit(.minutes(1)))
struct ShapeFaultTests {
    private func write(_ sandbox: RunningSandbox, _ message: JSON) async throws -> RecordingHub.Post {
        let count = await sandbox.hub.posts.count
        _ = try await sandbox.control(
            .post, "inbound",
            [
                "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234", "name": "Ada",
                "message": message,
            ])
        return await sandbox.hub.posts(count + 1)[count]
    }

    @Test func `omit: members are missing wherever they stand`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["omit": ["from", "wa_id", "recipient_id"]])
            _ = try await sandbox.inbound()
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.messages.first?["from"] == nil && post.messages.first?["from_user_id"] != nil)
            #expect(post.values.first?["contacts"]?.elements?.first?["wa_id"] == nil)
            _ = try await sandbox.sendText()
            #expect(await sandbox.hub.posts(2).last?.statuses.first?["recipient_id"] == nil)
        }
    }

    @Test func `unknown_type: the type and its member have a name that nobody knows`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["unknown_type": "hologram"])
            _ = try await sandbox.inbound("Hi")
            let message = try #require(await sandbox.hub.posts(1).first?.messages.first)
            #expect(message["type"]?.text == "hologram")
            #expect(message["hologram"] == ["body": "Hi"] && message["text"] == nil)
        }
    }

    @Test func `unknown_field: a change that nobody knows stands before the message`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["unknown_field": true])
            _ = try await sandbox.inbound("Hi")
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.changes.compactMap { $0["field"]?.text } == ["sandbox_unknown_field", "messages"])
            #expect(post.messages.count == 1)
        }
    }

    @Test func `interactive_without_body: the body is missing and an error stands beside the message`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["interactive_without_body": true])
            let reply: JSON = [
                "type": "interactive",
                "interactive": ["type": "button_reply", "button_reply": ["id": "1", "title": "Yes"]],
            ]
            let post = try await write(sandbox, reply)
            #expect(post.messages.first?["type"]?.text == "interactive")
            #expect(post.messages.first?["interactive"] == nil)
            #expect(post.values.first?["errors"]?.elements?.first?["code"]?.integer == 131000)
        }
    }

    @Test func `emoji_absent: a reaction without its emoji`() async throws {
        try await withSandbox { sandbox in
            let reaction: JSON = ["type": "reaction", "reaction": ["message_id": "wamid.AAAA", "emoji": "👍"]]
            try await sandbox.setFaults(["emoji_absent": true])
            #expect(try await write(sandbox, reaction).messages.first?["reaction"] == ["message_id": "wamid.AAAA"])
        }
    }

    @Test func `media_error: the file is missing and the message says why`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["media_error": true])
            let image: JSON = ["type": "image", "image": ["id": "1", "mime_type": "image/jpeg", "sha256": "x"]]
            let message = try #require(try await write(sandbox, image).messages.first)
            #expect(message["image"] == nil)
            #expect(message["errors"]?.elements?.first?["code"]?.integer == 131052)
        }
    }

    @Test func `pad: bodies are as long as asked`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["pad": 100_000])
            _ = try await sandbox.inbound()
            #expect(await sandbox.hub.posts(1).first?.body.count == 100_000)
        }
    }

    @Test func `signature: wrong or missing, on every webhook`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["signature": "wrong"])
            _ = try await sandbox.inbound()
            let wrong = try #require(await sandbox.hub.posts(1).first)
            #expect(wrong.signature == WebhookSignature.header(of: wrong.body, secret: "not-sandbox-app-secret"))
            try await sandbox.setFaults(["signature": "missing"])
            _ = try await sandbox.inbound()
            let missing = try #require(await sandbox.hub.posts(2).last)
            #expect(missing.signature == nil)
        }
    }

    @Test func `drop: the connection closes and nothing is taken`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["drop": 1])
            await #expect(throws: HTTPClientError.self) { _ = try await sandbox.sendText() }
            #expect(try await sandbox.control(.get, "messages").json["accepted"]?.integer == 0)
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `management_error: calls that are no sends are refused`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["management_error": ["code": 2, "http": 503, "count": 2]])
            #expect(try await sandbox.sendText().status == 200)
            let refused = try await sandbox.account(.get, "phone_numbers")
            #expect(refused.status == 503 && refused.errorCode == 2)
            #expect(try await sandbox.number(.get, "settings").errorCode == 2)
            #expect(try await sandbox.number(.get, "settings").status == 200)
        }
    }

    @Test func `dead_token: with the reason as subcode, for this number only`() async throws {
        try await withSandbox { sandbox in
            let dead: JSON = ["phone_number_id": JSON(RunningSandbox.acme), "subcode": 463]
            try await sandbox.setFaults(["dead_token": [dead]])
            let answer = try await sandbox.sendText()
            #expect(answer.errorCode == 190 && answer.json["error"]?["error_subcode"]?.integer == 463)
            #expect(try await sandbox.account(.get, "phone_numbers").errorCode == 190)
            #expect(try await sandbox.sendText(number: RunningSandbox.globex).status == 200)
        }
    }

    @Test(
        arguments: [
            (["omit": 1], "name of a member"), (["signature": "none"], "right, wrong, missing"),
            (["pad": 3_000_001], "3000000"), (["media": ["kind": "melted"]], "expired, unavailable"),
            (["media": ["kind": "redirect", "location": "elsewhere"]], "http"), (["unknown_type": 7], "a name"),
            (["dead_token": ["phone_number_id": "106540352242922", "subcode": 1]], "458"),
            (["link_fetch": 3], "takes {"),
            (["user_ids": "none"], "unknown fault 'user_ids'"),
        ] as [(JSON, String)])
    func `a fault that makes no sense is refused with the reason`(faults: JSON, reason: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(.put, "faults", faults)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["message"]?.text?.contains(reason) == true)
        }
    }

    @Test func `what is set is what is shown, of every fault`() throws {
        let faults: JSON = [
            "drop": ["count": 2], "emoji_absent": true, "interactive_without_body": true,
            "link_fetch": ["code": 131053, "count": 2], "management_error": ["code": 4, "count": 1],
            "media": ["kind": "too_large", "bytes": 1000, "count": 3], "media_error": ["code": 131052],
            "omit": ["from", "wa_id"], "pad": 5000, "signature": "wrong", "unknown_field": "moon",
            "unknown_type": "hologram",
        ]
        #expect(try FaultPlan(faults).json == faults)
        var plan = try FaultPlan(["media": ["kind": "expired", "count": 2], "link_fetch": ["count": 1]])
        let taken = [plan.takeMediaFault()?.kind, plan.takeMediaFault()?.kind, plan.takeMediaFault()?.kind]
        #expect(taken == [.expired, .expired, nil])
        #expect([plan.takeLinkFailure(), plan.takeLinkFailure()] == [131053, nil])
        #expect(plan.json == [:])
    }
}
