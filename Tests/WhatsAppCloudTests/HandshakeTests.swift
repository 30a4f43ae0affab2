import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Check of the callback address")
struct HandshakeTests {
    private func answer(_ change: (inout [String: String]) -> Void = { _ in }) throws -> String {
        var query = ["hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "a-verify-token"]
        change(&query)
        return try Harness.channel().handshake(WebhookRequest(query: query, receivedAt: Harness.receivedAt))
    }

    @Test("The right token gets its challenge back")
    func right() throws {
        #expect(try answer() == "1158201444")
        #expect(try answer { $0["hub.challenge"] = "abcXYZ09" } == "abcXYZ09")
        #expect(try answer { $0["hub.challenge"] = String(repeating: "7", count: 128) }.count == 128)
    }

    @Test(
        "Anything else gets nothing",
        arguments: [
            ("hub.mode", "unsubscribe"), ("hub.mode", nil), ("hub.verify_token", nil), ("hub.verify_token", ""),
            ("hub.verify_token", "a-verify-tokeN"), ("hub.verify_token", "a-verify-token "), ("hub.challenge", nil),
            ("hub.challenge", ""), ("hub.challenge", "<b>1</b>"), ("hub.challenge", "1\n2"), ("hub.challenge", "é"),
            ("hub.challenge", String(repeating: "7", count: 129)),
        ] as [(String, String?)])
    func wrong(name: String, value: String?) {
        #expect(throws: WebhookRejection.handshakeWrong) { try answer { $0[name] = value } }
    }

    @Test("Without a token of our own nothing is answered")
    func withoutToken() throws {
        let channel = try WhatsAppCloudAdapter(settings: AdapterSettings([:]), host: TestHost())
        let request = WebhookRequest(
            query: ["hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": ""],
            receivedAt: Harness.receivedAt)
        #expect(throws: WebhookRejection.handshakeWrong) { try channel.handshake(request) }
    }
}
