import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("Calls")
struct CallTests {
    private func calls(_ body: String) throws -> [(message: InboundMessage, call: MessageContent.Call)] {
        try Harness.batch(body).updates.compactMap { update in
            guard case .message(let message) = update, case .call(let call) = message.content else { return nil }
            return (message, call)
        }
    }

    private let sheena = ContactIdentity(.phone, "+16505551234")
    private let userID = ContactIdentity(.whatsappUserID, "US.1349")

    @Test("A person's call is recorded under its id and event, opens the window, and shows no session")
    func connected() throws {
        let (message, call) = try #require(try calls(Fixtures.callConnected).first)
        #expect(message.providerID == "wacid.1:connect" && message.sender == [userID, sheena])
        #expect(message.profileName == "Sheena Nelson" && message.origin == .person && message.opensWindow)
        #expect(call == .init(event: "connect"))
        #expect(message.content.json?.text.contains("sdp") == false)
        #expect(message.raw["session"]?["sdp_type"] == "offer")
    }

    @Test("The end of a call has its times, and does not open the window again")
    func terminated() throws {
        let (message, call) = try #require(try calls(Fixtures.callTerminated).first)
        #expect(message.providerID == "wacid.1:terminate" && !message.opensWindow)
        #expect(
            call
                == .init(
                    event: "terminate", status: "COMPLETED", startedAt: Timestamp(seconds: 1_795_420_705),
                    endedAt: Timestamp(seconds: 1_795_420_760), duration: 55))
    }

    @Test("A call of the business is in the conversation of whom it called, with how it went on")
    func ofBusiness() throws {
        let calls = try calls(Fixtures.callOfBusiness)
        #expect(calls.map(\.message.providerID) == ["wacid.2:connect", "wacid.2:RINGING"])
        #expect(calls.map(\.message.origin) == [.businessApp, .businessApp])
        #expect(calls.map(\.message.sender) == [[userID, sheena], [sheena]])
        #expect(calls.map(\.message.opensWindow) == [false, false])
        #expect(calls.map(\.call.status) == [nil, "RINGING"])
        let unsaid = try #require(try self.calls(Fixtures.callWithoutDirection).first)
        #expect(unsaid.message.origin == .businessApp && unsaid.message.sender == [sheena])
        let among = try #require(try self.calls(Fixtures.callStatusAmongMessages).first)
        #expect(among.message.providerID == "wacid.4:ACCEPTED")
    }

    @Test("A call without an id, event or person is a problem")
    func broken() throws {
        let body = Fixtures.field(
            "calls",
            #""calls":[{"id":"wacid.1","from":"16505551234"},{"event":"connect"},{"id":"wacid.2","event":"connect"}]"#)
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.updates.isEmpty && batch.problem == "a call without an id or an event; a call without a person")
    }
}
