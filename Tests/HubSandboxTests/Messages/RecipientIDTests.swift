import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct RecipientIDTests {
    /// The status and the contact of the first webhook of a text to a recipient.
    private func first(
        _ sandbox: RunningSandbox, to recipient: JSON.Member
    ) async throws -> (status: JSON, contact: JSON) {
        let frame: [JSON.Member] = [
            .init(name: "messaging_product", value: "whatsapp"), recipient,
            .init(name: "text", value: ["body": "Hi"]),
        ]
        let count = await sandbox.hub.posts.count
        let answer = try await sandbox.send(.object(frame))
        #expect(answer.status == 200)
        let post = try #require(await sandbox.hub.posts(count + 1).dropFirst(count).first)
        return (
            try #require(post.statuses.first), post.values.first?["contacts"]?.elements?.first ?? .null
        )
    }

    @Test(arguments: CustomerIDs.Mode.allCases)
    func `statuses carry the ids of each mode`(mode: CustomerIDs.Mode) async throws {
        try await withSandbox(change: { $0.delays = .init(sent: .zero, delivered: .seconds(600), read: nil) }) {
            sandbox in
            _ = try await sandbox.inbound()
            _ = await sandbox.hub.posts(1)
            try await sandbox.setRules(["user_ids": JSON(mode.rawValue)])
            let user = Recipient.userID(ofCustomer: "16505551234", businessAccountID: RunningSandbox.acmeAccount)
            let (status, contact) = try await first(sandbox, to: .init(name: "recipient", value: JSON(user)))
            #expect(status["recipient_user_id"]?.text == user)
            #expect(contact["user_id"]?.text == user)
            #expect((status["recipient_id"] == nil) == (mode == .usernameOnly))
            #expect((contact["wa_id"] == nil) == (mode == .usernameOnly))
            #expect((contact["profile"]?["username"] != nil) == [.usernameOnly, .usernameAndPhone].contains(mode))
            #expect((status["recipient_parent_user_id"] != nil) == (mode == .parent))
            #expect((contact["parent_user_id"] != nil) == (mode == .parent))
            // Who is written to by number is known by it.
            let byPhone = try await first(sandbox, to: .init(name: "to", value: "+16505551234")).status
            #expect(byPhone["recipient_id"]?.text == "16505551234")
        }
    }

    @Test(arguments: ["16505551234", "4915123456789", "US.1349"])
    func `usernames have the form that WhatsApp permits`(customer: String) {
        let name = CustomerIDs.username(of: customer)
        #expect(name.wholeMatch(of: /[a-z0-9_]{3,35}/) != nil)
        #expect(name.contains(where: \.isLetter) && !name.contains(customer))
        #expect(CustomerIDs.parent(of: "US.1349").hasPrefix("US.ENT."))
    }

    @Test func `a group gets one sent and each member's delivered and read`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["groups": ["Z3JvdXA=": ["+16505551234", "+16505555678"]]])
            let group: JSON = [
                "messaging_product": "whatsapp", "recipient_type": "group", "to": "Z3JvdXA=", "type": "text",
                "text": ["body": "Hi all"],
            ]
            let answer = try await sandbox.send(group)
            #expect(answer.json["contacts"] == [["input": "Z3JvdXA="]])
            #expect(answer.json["messages"]?.elements?.first?["group_id"]?.text == "Z3JvdXA=")
            let statuses = await sandbox.hub.posts(5).flatMap(\.statuses)
            #expect(statuses.map { $0["status"]?.text } == ["sent", "delivered", "delivered", "read", "read"])
            #expect(statuses.allSatisfy { $0["recipient_type"]?.text == "group" })
            #expect(statuses.allSatisfy { $0["recipient_id"]?.text == "Z3JvdXA=" })
            #expect(
                statuses.map { $0["recipient_participant_id"]?.text }
                    == [nil, "16505551234", "16505555678", "16505551234", "16505555678"])
            let list: JSON = [
                "type": "location", "location": ["latitude": 1, "longitude": 1], "to": "Z3JvdXA=",
                "recipient_type": "group", "messaging_product": "whatsapp",
            ]
            #expect(try await sandbox.send(list).errorCode == 131051)
        }
    }

    @Test func `a voice note is played after it was read`() async throws {
        try await withSandbox(change: { $0.delays.played = .milliseconds(5) }) { sandbox in
            let answer = try await sandbox.send("audio", ["link": "https://example.com/a.ogg", "voice": true])
            #expect(answer.status == 200)
            #expect(await sandbox.hub.statuses(4) == ["sent", "delivered", "read", "played"])
            #expect(await sandbox.hub.posts(4).last?.statuses.first?["pricing"] == nil)
        }
    }

    @Test func `what comes from an advertisement is free, and has a conversation in every version`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.call(
                .post, "/_sandbox/whatsapp/inbound",
                [
                    "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234",
                    "message": [
                        "type": "text", "text": ["body": "Hi"],
                        "referral": ["source_type": "ad", "source_id": "1", "source_url": "https://fb.me/1"],
                    ],
                ])
            _ = try await sandbox.sendText()
            let status = try #require(await sandbox.hub.posts(2).last?.statuses.first)
            #expect(
                status["pricing"]
                    == [
                        "billable": false, "pricing_model": "PMP", "type": "free_entry_point",
                        "category": "referral_conversion",
                    ])
            #expect(status["conversation"]?["origin"]?["type"]?.text == "referral_conversion")
        }
    }

    @Test func `before October 2026 an answer inside the window was free`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["pricing": "free_service", "webhook_version": "v23.0"])
            _ = try await sandbox.inbound()
            _ = try await sandbox.sendText()
            let free = try #require(await sandbox.hub.posts(2).last?.statuses.first)
            #expect(free["pricing"]?["type"]?.text == "free_customer_service")
            #expect(free["pricing"]?["billable"] == false)
            #expect(free["conversation"]?["expiration_timestamp"] != nil)
            _ = await sandbox.hub.posts(4)
            _ = try await sandbox.send(
                "template",
                [
                    "name": "spring_offer", "language": ["code": "en_US"], "components": [TemplateSendTests.ada],
                ])
            let priced = try #require(await sandbox.hub.posts(5).last?.statuses.first)
            #expect(priced["pricing"]?["type"]?.text == "regular")
            #expect(priced["pricing"]?["category"]?.text == "marketing")
        }
    }
}
