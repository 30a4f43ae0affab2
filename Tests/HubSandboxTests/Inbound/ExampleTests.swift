import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ExampleTests {
    @Test func `every example reaches the webhook as it is listed`() async throws {
        try await withSandbox { sandbox in
            let path = "/_sandbox/whatsapp/inbound/examples"
            let listed = try #require(try await sandbox.call(.get, path).json["examples"]?.elements)
            #expect(Set(listed.compactMap { $0["name"]?.text }).count == listed.count)
            for (index, example) in listed.enumerated() {
                let answer = try await sandbox.inbound(example: example["name"]?.text ?? "")
                #expect(answer.json["acknowledged"]?.flag == true)
                let value = try #require(await sandbox.hub.posts(index + 1).last?.values.first)
                let message = try #require(value["messages"]?.elements?.first)
                let type = try #require(example["type"]?.text)
                #expect(message["type"]?.text == type)
                #expect(message["id"] == answer.json["id"])
                #expect(message["from"]?.text == "16505551234")
                #expect((value["contacts"] == nil) == (type == "system"))
                // Ids and files are new each time; the members are those that were announced.
                let announced = Set(example["message"]?.members?.map(\.name) ?? [])
                let known: Set<String> = ["from", "from_user_id", "id", "timestamp"]
                let beside = value["errors"] == nil ? announced : announced.subtracting(["errors"])
                #expect(Set(message.members?.map(\.name) ?? []) == beside.union(known), "\(example["name"] ?? "")")
            }
        }
    }

    @Test func `there is an example of every type that Meta documents`() {
        let types: Set<String> = [
            "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "interactive", "button",
            "order", "reaction", "system", "request_welcome", "unsupported", "unknown", "edit", "revoke",
        ]
        #expect(types.isSubset(of: Set(InboundExample.all.compactMap { $0.made(Self.place).content["type"]?.text })))
        let answers = InboundExample.all.compactMap { $0.made(Self.place).content["interactive"]?["type"]?.text }
        #expect(Set(answers) == ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"])
    }

    @Test func `an answer without a body has its error beside it`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound(example: "interactive_without_body")
            let value = try #require(await sandbox.hub.posts(1).first?.values.first)
            #expect(value["errors"]?.elements?.first?["code"]?.integer == 131000)
            #expect(value["messages"]?.elements?.first?["interactive"] == nil)
        }
    }

    @Test func `answers quote the newest message of the business`() async throws {
        try await withSandbox { sandbox in
            let sent = try await sandbox.sendText().json["messages"]?.elements?.first?["id"]
            let posts = await sandbox.hub.posts(3).count
            _ = try await sandbox.inbound(example: "button_reply")
            let message = try #require(await sandbox.hub.posts(posts + 1).last?.messages.first)
            #expect(message["context"] == ["from": "15550783881", "id": sent])
        }
    }

    @Test func `an unknown example is refused with the place of the list`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.inbound(example: "nothing")
            #expect(answer.status == 404)
            #expect(answer.json["error"]?["message"]?.text?.contains("/inbound/examples") == true)
        }
    }

    private static let place = InboundExample.Place(
        number: SandboxConfiguration.sample.numbers[0], customer: "16505551234", userID: "US.1",
        businessMessage: "wamid.1", customerMessage: "wamid.2")
}

extension RunningSandbox {
    func inbound(example: String) async throws -> Answer {
        try await write(["example": JSON(example)])
    }

    /// Writes as the customer: what the call says beside sender and number.
    func write(_ body: JSON, number: String = acme) async throws -> Answer {
        let frame: JSON = ["phone_number_id": JSON(number), "from": "+16505551234", "name": "Ada"]
        return try await call(.post, "/_sandbox/whatsapp/inbound", frame.with(body.members ?? []))
    }
}
