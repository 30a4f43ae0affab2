import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct InboundTests {
    @Test func `a text reaches the webhook in Meta's shape`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.inbound("Where is my order?")
            #expect(answer.json["status"]?.integer == 200)
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.json["object"]?.text == "whatsapp_business_account")
            let value = try #require(post.values.first)
            #expect(value["metadata"]?["display_phone_number"]?.text == "15550783881")
            #expect(value["contacts"]?.elements?.first?["profile"]?["name"]?.text == "Ada")
            let message = try #require(post.messages.first)
            #expect(message["from"]?.text == "16505551234")
            #expect(message["id"] == answer.json["id"])
            #expect(message["text"]?["body"]?.text == "Where is my order?")
            #expect(message["from_user_id"] == value["contacts"]?.elements?.first?["user_id"])
        }
    }

    @Test func `phone numbers can be left out, and the user id then reaches the customer`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound(
                "Hi", number: RunningSandbox.acme,
                [
                    .init(name: "omit", value: ["from", "wa_id"]), .init(name: "user_id", value: "US.77"),
                ])
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.messages.first?["from"] == nil)
            #expect(post.messages.first?["from_user_id"]?.text == "US.77")
            #expect(post.values.first?["contacts"]?.elements?.first?["wa_id"] == nil)
            let answer = try await sandbox.send([
                "messaging_product": "whatsapp", "recipient": "US.77", "text": ["body": "Hello"],
            ])
            #expect(answer.json["contacts"] == [["input": "US.77", "user_id": "US.77"]])
            #expect(await sandbox.hub.posts(2).last?.statuses.first?["recipient_id"]?.text == "16505551234")
        }
    }

    @Test func `any message object is passed on`() async throws {
        try await withSandbox { sandbox in
            let location: JSON = ["latitude": .number("37.440"), "longitude": -122]
            _ = try await sandbox.call(
                .post, "/_sandbox/whatsapp/inbound",
                [
                    "phone_number_id": JSON(RunningSandbox.globex), "from": "+4915123456789",
                    "message": ["type": "location", "location": location, "context": ["forwarded": true]],
                ])
            let message = try #require(await sandbox.hub.posts(1).first?.messages.first)
            #expect(message["location"] == location)
            #expect(message["context"]?["forwarded"]?.flag == true)
            #expect(message["from"]?.text == "4915123456789")
        }
    }

    @Test func `a webhook that is not answered 200 is posted again until it is`() async throws {
        try await withSandbox { sandbox in
            await sandbox.hub.answerNext(500, 503, 204)
            let answer = try await sandbox.inbound()
            #expect(answer.json["status"]?.integer == 500)
            #expect(answer.json["acknowledged"]?.flag == false)
            let posts = await sandbox.hub.posts(4)
            #expect(Set(posts.map(\.body)).count == 1)
            #expect(Set(posts.map(\.signature)).count == 1)
        }
    }

    @Test func `a webhook that nobody listens to is reported and does no harm`() async throws {
        // Port 9 (discard) is below the range that the system gives out and is not served.
        try await withSandbox(webhook: "http://127.0.0.1:9/hook") { sandbox in
            let answer = try await sandbox.inbound()
            #expect(answer.status == 200)
            #expect(answer.json["acknowledged"]?.flag == false)
            #expect(answer.json["error"]?.text?.isEmpty == false)
            let posts = try await sandbox.call(.get, "/_sandbox/whatsapp/webhooks").json["webhooks"]?.elements ?? []
            #expect(posts.isEmpty == false)
            #expect(posts.first?["outcome"]?["acknowledged"]?.flag == false)
        }
    }

    @Test func `a raw webhook is posted as given: signed, unsigned or signed wrong`() async throws {
        try await withSandbox { sandbox in
            let body: JSON = ["object": "whatsapp_business_account", "entry": []]
            for sign: JSON in [true, false, "wrong"] {
                let answer = try await sandbox.call(.post, "/_sandbox/whatsapp/webhook", ["body": body, "sign": sign])
                #expect(answer.json["status"]?.integer == 200)
            }
            let posts = await sandbox.hub.posts(3)
            #expect(posts.allSatisfy { $0.body == body.bytes })
            #expect(posts[0].signature == WebhookSignature.header(of: body.bytes, secret: "sandbox-app-secret"))
            #expect(posts[1].signature == nil)
            #expect(posts[2].signature?.count == 71)
            #expect(posts[2].signature != posts[0].signature)
            _ = try await sandbox.call(.post, "/_sandbox/whatsapp/webhook", ["raw": "{not json"])
            #expect(await sandbox.hub.posts(4).last?.body == Array("{not json".utf8))
        }
    }

    @Test func `the handshake is verified when the token is right, and only then`() async throws {
        try await withSandbox { sandbox in
            let body: JSON = ["phone_number_id": JSON(RunningSandbox.acme)]
            let good = try await sandbox.call(.post, "/_sandbox/whatsapp/handshake", body).json
            #expect(good["verified"]?.flag == true)
            #expect(await sandbox.hub.challenges == [good["challenge"]?.text])
            await sandbox.hub.expect(verifyToken: "another")
            let bad = try await sandbox.call(.post, "/_sandbox/whatsapp/handshake", body).json
            #expect(bad["verified"]?.flag == false)
            #expect(bad["status"]?.integer == 403)
        }
    }

    @Test(
        arguments: [
            (["from": "+16505551234", "text": "Hi"], "'phone_number_id' is missing"),
            (["phone_number_id": "42", "from": "+16505551234", "text": "Hi"], "no number '42'"),
            (["phone_number_id": "106540352242922", "from": "Ada", "text": "Hi"], "'from' must be a phone number"),
            (["phone_number_id": "106540352242922", "from": "+16505551234"], "'text' or 'message' is missing"),
            (["phone_number_id": "106540352242922", "from": "+16505551234", "message": [:]], "with a 'type'"),
        ] as [(JSON, String)])
    func `a control call that makes no sense is refused with the reason`(body: JSON, reason: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.call(.post, "/_sandbox/whatsapp/inbound", body)
            #expect([400, 404].contains(answer.status))
            #expect(answer.json["error"]?["message"]?.text?.contains(reason) == true)
        }
    }

    @Test func `other web sites cannot make a browser play the customer`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.call(
                .post, "/_sandbox/reset", headers: ["sec-fetch-site": "cross-site"])
            #expect(answer.status == 403)
        }
    }
}
