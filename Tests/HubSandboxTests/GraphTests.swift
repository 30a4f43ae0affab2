import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct GraphTests {
    @Test func `a send is answered as the API answers it`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.sendText(to: "+1 650-555-1234")
            #expect(answer.status == 200)
            #expect(answer.headers["facebook-api-version"] == "v25.0")
            #expect(answer.headers["x-fb-trace-id"]?.isEmpty == false)
            let id = try #require(answer.json["messages"]?.elements?.first?["id"]?.text)
            #expect(MessageID.party(of: id) == "16505551234")
            let expected: JSON = [
                "messaging_product": "whatsapp", "contacts": [["input": "+1 650-555-1234", "wa_id": "16505551234"]],
                "messages": [["id": JSON(id)]],
            ]
            #expect(answer.json == expected)
        }
    }

    @Test func `a refusal has Meta's envelope with a trace id`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(["to": "+16505551234"])
            #expect(answer.status == 400)
            let error = try #require(answer.json["error"])
            #expect(error["message"]?.text == "(#100) The parameter messaging_product is required.")
            #expect(error["type"]?.text == "OAuthException")
            #expect(error["fbtrace_id"]?.text?.count == 23)
            #expect(error["fbtrace_id"]?.text == answer.headers["x-fb-trace-id"])
        }
    }

    @Test func `tokens open their own numbers only`() async throws {
        try await withSandbox { sandbox in
            let body = RunningSandbox.text("Hi")
            let path = "/v25.0/\(RunningSandbox.acme)/messages"
            let none = try await sandbox.call(.post, path, body)
            #expect(none.status == 401 && none.errorCode == 104)
            let wrong = try await sandbox.call(.post, path, body, token: "stolen")
            #expect(wrong.status == 401 && wrong.errorCode == 190)
            let foreign = try await sandbox.call(.post, path, body, token: "sandbox-token-globex")
            #expect(foreign.status == 400 && foreign.errorCode == 100)
            #expect(foreign.json["error"]?["error_subcode"]?.integer == 33)
            let unknown = try await sandbox.call(.post, "/v25.0/42/messages", body, token: "sandbox-token-acme")
            #expect(unknown.json["error"]?["error_subcode"]?.integer == 33)
            let messages = try await sandbox.call(.get, "/_sandbox/whatsapp/messages")
            #expect(messages.json["accepted"]?.integer == 0)
        }
    }

    @Test func `a body that is not JSON and one that is too long are refused`() async throws {
        try await withSandbox { sandbox in
            let long = try await sandbox.sendText(String(repeating: "x", count: 5 * 1024 * 1024))
            #expect(long.status == 400 && long.errorCode == 100)
            let control = try await sandbox.call(
                .post, "/_sandbox/whatsapp/webhook", ["body": JSON(String(repeating: "x", count: 5 * 1024 * 1024))])
            #expect(control.status == 413)
        }
    }

    @Test(arguments: ["/v3.0/1/messages", "/banana/1/messages", "/v25.0/1/nothing", "/nowhere"])
    func `unknown paths are refused`(path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.call(.post, path, [:], token: "sandbox-token-acme")
            #expect([400, 404].contains(answer.status))
            #expect(answer.json["error"]?["message"]?.text != nil)
        }
    }

    @Test func `a business reads its number, its numbers and its templates`() async throws {
        try await withSandbox { sandbox in
            let token = "sandbox-token-acme"
            let number = try await sandbox.call(
                .get, "/v25.0/\(RunningSandbox.acme)?fields=verified_name,health_status%7Bentities%7D", token: token)
            #expect(number.json["verified_name"]?.text == "Acme Support")
            #expect(number.json["id"]?.text == RunningSandbox.acme)
            #expect(number.json["quality_rating"] == nil)
            let bad = try await sandbox.call(.get, "/v25.0/\(RunningSandbox.acme)?fields=shoe_size", token: token)
            #expect(bad.errorCode == 100)
            let numbers = try await sandbox.call(.get, "/v25.0/102290129340398/phone_numbers", token: token)
            #expect(numbers.json["data"]?.elements?.count == 1)
            let templates = try await sandbox.call(
                .get, "/v25.0/102290129340398/message_templates?name=hello_world", token: token)
            #expect(templates.json["data"]?.elements?.first?["status"]?.text == "APPROVED")
            let foreign = try await sandbox.call(.get, "/v25.0/102290129340399/message_templates", token: token)
            #expect(foreign.json["error"]?["error_subcode"]?.integer == 33)
        }
    }

    @Test func `marking read succeeds for a received message and fails for any other`() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.inbound().json["id"])
            let body: JSON = [
                "messaging_product": "whatsapp", "status": "read", "message_id": id,
                "typing_indicator": ["type": "text"],
            ]
            let answer = try await sandbox.send(body)
            #expect(answer.status == 200)
            #expect(answer.json == ["success": true])
            let foreign = try await sandbox.send(body, number: RunningSandbox.globex)
            #expect(foreign.errorCode == 131009)
        }
    }
}
