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

    private func body(_ message: OutboundMessage) async throws -> JSON {
        try JSON.parse(try #require(try await send(message).1.first).body)
    }

    @Test("A text goes to the number with its plus, signed with the token, under our id")
    func text() async throws {
        let (outcome, calls) = try await send(SendFixtures.text)
        #expect(outcome == .accepted(providerID: "wamid.sent"))
        let call = try #require(calls.first)
        #expect(calls.count == 1 && call.method == "POST")
        #expect(call.url.hasPrefix("https://graph.facebook.com/v25.0/106540352242922/messages"))
        #expect(!call.url.contains("EAAG"))
        #expect(call.headers["authorization"] == "Bearer EAAG-access-token")
        #expect(call.headers["content-type"] == "application/json")
        #expect(
            try JSON.parse(call.body) == [
                "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+16505551234", "type": "text",
                "text": ["body": "Your parcel is on its way", "preview_url": true],
                "biz_opaque_callback_data": "msg_01jd0000000000000000000001",
            ])
    }

    @Test("A person without a number is reached by the user id, else by the parent's")
    func userID() async throws {
        var message = SendFixtures.text
        message.recipient = [
            ContactIdentity(.whatsappParentUserID, "US.ENT.1"), ContactIdentity(.whatsappUserID, "US.1349"),
        ]
        var body = try await body(message)
        #expect(body["recipient"] == "US.1349" && body["to"] == nil && body["recipient_type"] == "individual")
        message.recipient = [ContactIdentity(.whatsappParentUserID, "US.ENT.1")]
        body = try await self.body(message)
        #expect(body["recipient"] == "US.ENT.1")
    }

    @Test("A group is written to as a group")
    func group() async throws {
        var message = SendFixtures.text
        message.recipient = [
            ContactIdentity(.whatsappGroup, "Y2FwaV9ncm91cA"), ContactIdentity(.phone, "+16505551234"),
        ]
        let body = try await body(message)
        #expect(body["recipient_type"] == "group" && body["to"] == "Y2FwaV9ncm91cA" && body["recipient"] == nil)
    }

    @Test("A number without its plus gets one, before Meta puts a country code of its own there")
    func plus() async throws {
        var message = SendFixtures.text
        message.recipient = [ContactIdentity(.phone, "6505551234")]
        #expect(try await body(message)["to"] == "+6505551234")
    }

    @Test("An answer names the message that it answers by Meta's id")
    func reply() async throws {
        var message = SendFixtures.text
        message.repliesTo = "msg_original"
        message.providerIDs = ["msg_original": "wamid.original"]
        #expect(try await body(message)["context"] == ["message_id": "wamid.original"])
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
                    id: "msg_1", recipient: SendFixtures.text.recipient, content: .unsupported(.init(type: "poll"))),
                "unsupported_type"
            ),
            (
                OutboundMessage(id: "msg_1", recipient: SendFixtures.text.recipient, content: .requestWelcome),
                "unsupported_type"
            ),
        ])
    func unsendable(message: OutboundMessage, code: String) async throws {
        let (outcome, calls) = try await send(message)
        guard case .rejected(let reason) = outcome else { throw Harness.Missing() }
        #expect(reason.code == code && calls.isEmpty)
        #expect(reason.title.count > 10)
    }

    @Test("An address with a slash at its end is the same address")
    func slash() async throws {
        let http = RecordingHTTP(then: .success(SendFixtures.accepted))
        let settings = AdapterSettings(["graph_url": .text("http://127.0.0.1:8090/")]).merging(Harness.settings)
        _ = try await WhatsAppCloudAdapter(settings: settings, host: TestHost(http: http)).send(SendFixtures.text)
        #expect(http.calls.first?.url.hasPrefix("http://127.0.0.1:8090/v25.0/106540352242922/messages") == true)
    }

    @Test("Without an answer a send is uncertain, without a connection it may be sent again")
    func unreached() async throws {
        func outcome(_ failure: HTTPFailure) async throws -> SendOutcome {
            try await Harness.channel(http: RecordingHTTP(then: .failure(failure))).send(SendFixtures.text)
        }
        #expect(OutcomeKind(try await outcome(.unanswered(reason: "reset"))) == .uncertain)
        #expect(OutcomeKind(try await outcome(.notConnected(reason: "refused"))) == .unavailable)
        #expect(OutcomeKind(try await outcome(.refused(reason: "private"))) == .misconfigured)
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
