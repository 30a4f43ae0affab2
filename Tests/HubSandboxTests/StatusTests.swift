import Crypto
import Foundation
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct StatusTests {
    @Test func `the published test vector is signed alike`() {
        let body = #"{"object":"whatsapp_business_account","entry":[]}"#
        #expect(
            WebhookSignature.header(of: Array(body.utf8), secret: "test_app_secret")
                == "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")
    }

    @Test func `a message is sent, delivered and read, each told once and signed`() async throws {
        try await withSandbox { sandbox in
            let id = try #require(try await sandbox.sendText(data: "msg_1").json["messages"]?.elements?.first?["id"])
            #expect(await sandbox.hub.statuses(3) == ["sent", "delivered", "read"])
            for post in await sandbox.hub.posts(3) {
                let status = try #require(post.statuses.first)
                #expect(status["id"] == id)
                #expect(status["recipient_id"]?.text == "16505551234")
                #expect(status["biz_opaque_callback_data"]?.text == "msg_1")
                #expect(status["conversation"] == nil)
                #expect(post.values.first?["contacts"]?.elements?.first?["wa_id"]?.text == "16505551234")
                #expect(post.values.first?["metadata"]?["phone_number_id"]?.text == RunningSandbox.acme)
                #expect(post.json["entry"]?.elements?.first?["id"]?.text == "102290129340398")
            }
            let priced = await sandbox.hub.posts(3).flatMap(\.statuses).map { $0["pricing"] != nil }
            #expect(priced == [true, true, false])
        }
    }

    @Test func `old webhook versions carry a conversation`() async throws {
        try await withSandbox(change: { $0.apiVersion = "v23.0" }) { sandbox in
            _ = try await sandbox.sendText()
            let first = try #require(await sandbox.hub.posts(1).first?.statuses.first)
            #expect(first["conversation"]?["id"] != nil)
            #expect(first["conversation"]?["expiration_timestamp"] != nil)
        }
    }

    @Test func `the signature is over the bytes sent, in which unicode is escaped`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound("Grüße 👋 a/b")
            let post = try #require(await sandbox.hub.posts(1).first)
            let key = SymmetricKey(data: Data("sandbox-app-secret".utf8))
            let code = HMAC<SHA256>.authenticationCode(for: post.body, using: key)
            #expect(post.signature == "sha256=" + code.map { String(format: "%02x", $0) }.joined())
            #expect(post.body.allSatisfy { $0 < 0x80 })
            let text = String(decoding: post.body, as: UTF8.self)
            #expect(text.contains(#"Gr\u00fc\u00dfe \ud83d\udc4b a\/b"#))
            #expect(post.messages.first?["text"]?["body"]?.text == "Grüße 👋 a/b")
        }
    }

    @Test func `a number without plus gets the business's country code and goes astray`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.sendText(to: "60123456789")
            #expect(answer.json["contacts"]?.elements?.first?["wa_id"]?.text == "160123456789")
            #expect(await sandbox.hub.posts(1).first?.statuses.first?["recipient_id"]?.text == "160123456789")
        }
    }

    @Test func `accepted messages are listed with how often each was taken`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.sendText("One", data: "msg_a")
            _ = try await sandbox.sendText("One", data: "msg_a")
            _ = try await sandbox.sendText("Two", number: RunningSandbox.globex, data: "msg_b")
            let all = try await sandbox.call(.get, "/_sandbox/whatsapp/messages").json
            #expect(all["accepted"]?.integer == 3)
            #expect(all["messages"]?.elements?.map { $0["times"]?.integer } == [2, 2, 1])
            #expect(all["messages"]?.elements?.last?["body"]?["text"]?["body"]?.text == "Two")
            let one = try await sandbox.call(
                .get, "/_sandbox/whatsapp/messages?phone_number_id=\(RunningSandbox.globex)&to=+16505551234")
            #expect(one.json["messages"]?.elements?.count == 1)
            _ = try await sandbox.call(.post, "/_sandbox/reset")
            let none = try await sandbox.call(.get, "/_sandbox/whatsapp/messages").json
            #expect(none["accepted"]?.integer == 0)
        }
    }
}
