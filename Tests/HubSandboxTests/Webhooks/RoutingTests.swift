import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct RoutingTests {
    /// Runs a test with a second receiver beside the app's.
    private func withSecondHub(
        _ test: @escaping @Sendable (RunningSandbox, RecordingHub, String) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox in
            let other = RecordingHub()
            await other.expect(verifyToken: "my-own-token")
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await other.run { port.yield($0) } }
                let url = "http://127.0.0.1:\(await ports.first { _ in true } ?? 0)/hook"
                try await test(sandbox, other, url)
                group.cancelAll()
            }
        }
    }

    @Test func `a number's callback comes before its account's, and that before the app's`() async throws {
        try await withSecondHub { sandbox, other, url in
            let callback: JSON = ["override_callback_uri": JSON(url), "verify_token": "my-own-token"]
            #expect(try await sandbox.account(.post, "subscribed_apps", callback).json == ["success": true])
            #expect(await other.challenges.count == 1)
            _ = try await sandbox.inbound("to the account")
            #expect(await other.posts(1).count == 1)
            let number: JSON = [
                "webhook_configuration": [
                    "override_callback_uri": JSON(url + "?number"), "verify_token": "my-own-token",
                ]
            ]
            #expect(try await sandbox.number(.post, "", number).json == ["success": true])
            let configuration = try await sandbox.fields("webhook_configuration")["webhook_configuration"]
            #expect(configuration?["phone_number"]?.text == url + "?number")
            #expect(configuration?["whatsapp_business_account"]?.text == url)
            #expect(configuration?["application"]?.text?.isEmpty == false)
            // Templates and accounts always go to the app, whatever the overrides say.
            _ = try await sandbox.control(
                .post, "field", ["waba": JSON(RunningSandbox.waba), "example": "account_update.DISABLED_UPDATE"])
            #expect(await sandbox.hub.posts(1).first?.changes.first?["field"]?.text == "account_update")
            #expect(await other.posts.count == 1)
            // Both are taken back: an empty address, and a post without a body.
            let empty: JSON = ["webhook_configuration": ["override_callback_uri": ""]]
            #expect(try await sandbox.number(.post, "", empty).status == 200)
            #expect(try await sandbox.account(.post, "subscribed_apps").status == 200)
            _ = try await sandbox.inbound("to the app")
            #expect(await sandbox.hub.posts(2).last?.messages.first?["text"]?["body"]?.text == "to the app")
        }
    }

    @Test func `a callback that does not pass the handshake is refused and not set`() async throws {
        try await withSecondHub { sandbox, other, url in
            let wrong: JSON = ["override_callback_uri": JSON(url), "verify_token": "guess"]
            let refused = try await sandbox.account(.post, "subscribed_apps", wrong)
            #expect(refused.errorCode == 2200)
            #expect(refused.json["error"]?["message"]?.text?.contains("403") == true)
            let long = url + "?" + String(repeating: "x", count: 200)
            for address in [long, "not an address"] {
                let body: JSON = ["override_callback_uri": JSON(address), "verify_token": "my-own-token"]
                #expect(try await sandbox.account(.post, "subscribed_apps", body).errorCode == 100)
            }
            #expect(
                try await sandbox.account(.post, "subscribed_apps", ["override_callback_uri": JSON(url)]).errorCode
                    == 100)
            _ = try await sandbox.inbound()
            #expect(await sandbox.hub.posts(1).count == 1)
            #expect(await other.posts.isEmpty)
        }
    }

    @Test func `an account's apps are listed with others', and nothing comes once the app is gone`() async throws {
        try await withSandbox { sandbox in
            let apps = try await sandbox.account(.get, "subscribed_apps").json["data"]?.elements ?? []
            let ids = apps.compactMap { $0["whatsapp_business_api_data"]?["id"]?.text }
            #expect(ids.count == 2 && ids.contains("670843887433847"))
            #expect(try await sandbox.account(.delete, "subscribed_apps").json == ["success": true])
            #expect(try await sandbox.account(.delete, "subscribed_apps").errorCode == 100)
            #expect(try await sandbox.account(.get, "subscribed_apps").json["data"]?.elements?.count == 1)
            let answer = try await sandbox.inbound()
            #expect(answer.json["acknowledged"]?.flag == false)
            #expect(answer.json["error"]?.text?.contains("subscribed") == true)
            #expect(await sandbox.hub.posts.isEmpty)
            _ = try await sandbox.account(.post, "subscribed_apps")
            _ = try await sandbox.inbound()
            #expect(await sandbox.hub.posts(1).count == 1)
        }
    }

    @Test func `the app's own subscription chooses callback and fields`() async throws {
        try await withSecondHub { sandbox, other, url in
            let app = "/v25.0/670843887433847/subscriptions"
            let token = "670843887433847|sandbox-app-secret"
            let body: JSON = [
                "object": "whatsapp_business_account", "callback_url": JSON(url), "verify_token": "my-own-token",
                "fields": "messages,account_update",
            ]
            #expect(try await sandbox.call(.post, app, body, token: token).json == ["success": true])
            let listed = try await sandbox.call(.get, app, token: token).json["data"]?.elements?.first
            #expect(listed?["callback_url"]?.text == url)
            #expect(listed?["fields"]?.elements?.compactMap { $0["name"]?.text } == ["account_update", "messages"])
            let unasked = try await sandbox.control(
                .post, "field", ["waba": JSON(RunningSandbox.waba), "example": "security.PIN_CHANGED"])
            #expect(unasked.json["acknowledged"]?.flag == false)
            _ = try await sandbox.inbound()
            #expect(await other.posts(1).count == 1)
            let wrong = try await sandbox.call(
                .post, app, body.replacing("fields", with: "messages,shoe_size"), token: token)
            #expect(wrong.errorCode == 100)
            #expect(try await sandbox.call(.get, app, token: RunningSandbox.token).errorCode == 100)
        }
    }

    @Test func `message_history tells what became of each status's webhook`() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.sendText().json["messages"]?.elements?.first?["id"]?.text)
            #expect(await sandbox.hub.statuses(3) == ["sent", "delivered", "read"])
            let path = "message_history?fields=id,message_id,events&message_id=\(id.urlEncoded)"
            var events: [JSON] = []
            // The receiver has answered; the sandbox may still be noting it.
            while events.last?["webhook_update_state"] != "DELIVERED" || events.count < 3 {
                let entry = try await sandbox.number(.get, path).json["data"]?.elements?.first
                #expect(entry?["message_id"]?.text == id)
                events = entry?["events"]?["data"]?.elements ?? []
            }
            #expect(events.compactMap { $0["delivery_status"]?.text } == ["SENT", "DELIVERED", "READ"])
            #expect(events.allSatisfy { $0["webhook_uri"]?.text?.hasSuffix("/hook") == true })
            let entry = try await sandbox.number(.get, path).json["data"]?.elements?.first?["id"]?.text ?? ""
            let again = try await sandbox.call(.get, "/v25.0/\(entry)/events", token: RunningSandbox.token)
            #expect(again.json["data"]?.elements?.count == 3)
            let none = try await sandbox.number(.get, "message_history?message_id=wamid.AAAA")
            #expect(none.json["data"] == [])
        }
    }
}
