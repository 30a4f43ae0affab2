import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Read marks and blocks")
struct PeopleCallsTests {
    @Test("A read mark names the message, and typing only when somebody types", arguments: [false, true])
    func readMark(isTyping: Bool) async throws {
        let number = try GraphHarness([GraphHarness.ok(#"{"success":true}"#)])
        try await number.adapter.markRead("wamid.x", isTyping: isTyping)
        #expect(number.asked == ["POST /106540352242922/messages"])
        var expected: [JSON.Member] = [
            .init("messaging_product", "whatsapp"), .init("status", "read"), .init("message_id", "wamid.x"),
        ]
        if isTyping { expected.append(.init("typing_indicator", ["type": "text"])) }
        #expect(number.body(0) == .object(expected))
    }

    private static let person = [
        ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.phone, "+16505551234"),
    ]

    @Test("A person is blocked by phone number, or by user id where there is none, and never by an address")
    func blocking() async throws {
        let taken = GraphHarness.ok(#"{"messaging_product":"whatsapp","block_users":{"added_users":[]}}"#)
        let number = try GraphHarness([taken, taken, taken])
        try await number.adapter.setBlocked(true, Self.person)
        try await number.adapter.setBlocked(false, Self.person)
        try await number.adapter.setBlocked(true, [Self.person[0]])
        let path = "/106540352242922/block_users"
        #expect(number.asked == ["POST \(path)", "DELETE \(path)", "POST \(path)"])
        #expect(
            (0..<3).map { number.body($0)["block_users"] } == [
                [["user": "+16505551234"]], [["user": "+16505551234"]], [["user_id": "US.1349"]],
            ])
        #expect(!number.addresses.contains("650555"))
    }

    @Test("A block that failed within a success is a failure")
    func partialFailure() async throws {
        let number = try GraphHarness([
            GraphHarness.ok(
                #"""
                {"messaging_product":"whatsapp","block_users":{"added_users":[],"failed_users":[{"input":"+16505551234",
                "wa_id":"16505551234","errors":[{"code":139100,"message":"Failed to block 16505551234"}]}]}}
                """#)
        ])
        let failed = await failure { () async throws(ProviderFailure) in
            try await number.adapter.setBlocked(true, Self.person)
        }
        #expect(failed?.kind == .refused && failed?.reason.code == "139100")
        #expect(failed?.reason.title.contains("650") == false)
    }

    @Test("Nobody cannot be blocked, and Meta is not asked")
    func nobody() async throws {
        let number = try GraphHarness([])
        let failed = await failure { () async throws(ProviderFailure) in try await number.adapter.setBlocked(true, []) }
        #expect(failed?.reason.code == "no_recipient" && number.calls.isEmpty)
    }
}
