import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Sending")
struct SendingTests {
    private func send(_ message: OutboundMessage) async throws -> (SendOutcome, [HTTPCall]) {
        let http = RecordingHTTP(then: .success(SendFixtures.accepted))
        let outcome = try await Harness.channel(http: http).send(message)
        return (outcome, http.calls)
    }

    @Test("A text goes to the number with its plus, signed with the token, under our id")
    func text() async throws {
        let (outcome, calls) = try await send(SendFixtures.text)
        #expect(outcome == .accepted(providerID: "wamid.sent"))
        let call = try #require(calls.first)
        #expect(calls.count == 1 && call.method == "POST")
        #expect(call.url == "https://graph.facebook.com/v25.0/106540352242922/messages")
        #expect(call.headers["authorization"] == "Bearer EAAG-access-token")
        #expect(
            try JSON.parse(call.body) == [
                "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+16505551234", "type": "text",
                "text": ["body": "Your parcel is on its way", "preview_url": true],
                "biz_opaque_callback_data": "msg_01jd0000000000000000000001",
            ])
    }

    @Test("A template goes with its name, language and components")
    func template() async throws {
        var message = SendFixtures.text
        let components: [JSON] = [["type": "body", "parameters": [["type": "text", "text": "Jessica"]]]]
        message.content = .template(.init(name: "order_confirmation", language: "en_US", components: components))
        let body = try JSON.parse(try #require(try await send(message).1.first).body)
        #expect(body["type"] == "template")
        #expect(
            body["template"] == [
                "name": "order_confirmation", "language": ["code": "en_US"], "components": .array(components),
            ])
        message.content = .template(.init(name: "hello_world", language: "en_US"))
        let plain = try JSON.parse(try #require(try await send(message).1.first).body)
        #expect(plain["template"]?["components"] == nil)
    }

    @Test("A person without a number is reached by the user id")
    func userID() async throws {
        var message = SendFixtures.text
        message.recipient = [ContactIdentity(.whatsappUserID, "US.1349")]
        let body = try JSON.parse(try #require(try await send(message).1.first).body)
        #expect(body["recipient"] == "US.1349" && body["to"] == nil)
    }

    @Test("A number without its plus gets one, before Meta puts a country code of its own there")
    func plus() async throws {
        var message = SendFixtures.text
        message.recipient = [ContactIdentity(.phone, "6505551234")]
        #expect(try JSON.parse(try #require(try await send(message).1.first).body)["to"] == "+6505551234")
    }

    @Test(
        "What cannot be sent is rejected without a call",
        arguments: [
            (OutboundMessage(id: "msg_1", recipient: [], content: SendFixtures.text.content), "no_recipient"),
            (
                OutboundMessage(
                    id: "msg_1", recipient: [ContactIdentity(.phone, "n/a")], content: SendFixtures.text.content),
                "no_recipient"
            ),
            (
                OutboundMessage(id: "msg_1", recipient: SendFixtures.text.recipient, content: .text(.init(body: ""))),
                "empty_text"
            ),
            (
                OutboundMessage(
                    id: "msg_1", recipient: SendFixtures.text.recipient, content: .unsupported(type: "poll")),
                "unsupported_type"
            ),
        ])
    func unsendable(message: OutboundMessage, code: String) async throws {
        let (outcome, calls) = try await send(message)
        guard case .rejected(let reason) = outcome else { throw Harness.Missing() }
        #expect(reason.code == code && calls.isEmpty)
    }

    @Test("An address with a slash at its end is the same address")
    func slash() async throws {
        let http = RecordingHTTP(then: .success(SendFixtures.accepted))
        let settings = AdapterSettings(["graph_url": .text("http://127.0.0.1:8090/")]).merging(Harness.settings)
        _ = try await WhatsAppCloudAdapter(settings: settings, host: TestHost(http: http)).send(SendFixtures.text)
        #expect(http.calls.first?.url == "http://127.0.0.1:8090/v25.0/106540352242922/messages")
    }

    @Test("A template that Meta holds back was taken")
    func heldBack() async throws {
        let body = #"{"messages":[{"id":"wamid.held","message_status":"held_for_quality_assessment"}]}"#
        let http = RecordingHTTP(then: .success(HTTPAnswer(status: 200, body: Array(body.utf8))))
        #expect(try await Harness.channel(http: http).send(SendFixtures.text) == .accepted(providerID: "wamid.held"))
    }

    @Test("A refusal is logged with its code and trace alone")
    func log() async throws {
        let body =
            #"{"error":{"message":"(#131026) +16505551234","code":131026,"error_data":"+16505551234","fbtrace_id":"Az8or2yh-_q"}}"#
        let log = RecordingLog()
        let http = RecordingHTTP(then: .success(HTTPAnswer(status: 400, body: Array(body.utf8))))
        _ = try await Harness.channel(http: http, log: log).send(SendFixtures.text)
        #expect(log.lines.map(\.fields) == [["code": "131026", "fbtrace_id": "Az8or2yh-_q"]])
    }
}
