import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Who wrote a message")
struct SenderTests {
    private static let userID = ContactIdentity(.whatsappUserID, "US.13491208655302741918")

    @Test("A sender without a phone number is known by the user id")
    func userIDOnly() throws {
        let message = try Harness.message(Fixtures.userIDOnly)
        #expect(message.sender == [Self.userID])
        #expect(message.profileName == "Sheena Nelson")
    }

    @Test("A user id in place of the phone number is a user id")
    func inPlace() throws {
        #expect(
            try Harness.message(Fixtures.userIDInPlaceOfPhone).sender == [ContactIdentity(.whatsappUserID, "US.1234")])
    }

    @Test("A wa_id that differs from the number is a second number")
    func ninthDigit() throws {
        let message = try Harness.message(Fixtures.ninthDigit)
        #expect(
            message.sender == [ContactIdentity(.phone, "+5511987654321"), ContactIdentity(.phone, "+551187654321")])
        #expect(message.profileName == "João")
    }

    @Test(
        "A phone number is brought into one form, and what is none is no identity",
        arguments: [
            ("16505551234", "+16505551234"), ("+16505551234", "+16505551234"), ("+250 788 123 200", "+250788123200"),
            ("1 (650) 555-1234", "+16505551234"), ("1+6505551234", nil), ("", nil), ("1234", nil), ("abc", nil),
            ("us.123", nil), ("US.", nil), ("١٢٣٤٥٦٧", nil),
        ] as [(String, String?)])
    func phone(text: String, e164: String?) throws {
        let batch = try #require(
            try Harness.receive(Fixtures.change(#""messages":[{"from":"\#(text)","id":"wamid.p"}]"#)).first)
        guard let e164 else {
            #expect(batch.problem == "a message without a sender" && batch.updates.isEmpty)
            return
        }
        guard case .message(let message)? = batch.updates.first else { throw Harness.Missing() }
        #expect(message.sender == [ContactIdentity(.phone, e164)])
    }

    @Test("A lone contact does not speak for the messages of two people")
    func loneContact() throws {
        let body = Fixtures.change(
            #"""
            "contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234","user_id":"US.1"}],
            "messages":[{"from":"16505551234","id":"wamid.a"},{"from":"16505557777","id":"wamid.b"}]
            """#)
        let updates = try Harness.batch(body).updates
        guard case .message(let own) = updates[0], case .message(let other) = updates[1] else {
            throw Harness.Missing()
        }
        #expect(own.profileName == "Sheena")
        #expect(other.profileName == nil && other.sender == [ContactIdentity(.phone, "+16505557777")])
    }

    @Test("A lone contact with another user id is somebody else")
    func otherUserID() throws {
        let body = Fixtures.change(
            #"""
            "contacts":[{"profile":{"name":"Sheena"},"user_id":"US.1"}],
            "messages":[{"from_user_id":"US.2","id":"wamid.a"}]
            """#)
        let message = try Harness.message(body)
        #expect(message.profileName == nil && message.sender == [ContactIdentity(.whatsappUserID, "US.2")])
    }

    @Test("A contact is found by its user id when the number differs")
    func byUserID() throws {
        let body = Fixtures.change(
            #"""
            "contacts":[{"profile":{"name":"Other"},"wa_id":"16505557777","user_id":"US.9"},
              {"profile":{"name":"Sheena"},"wa_id":"16505550000","user_id":"US.1"}],
            "messages":[{"from":"16505551234","from_user_id":"US.1","id":"wamid.a"}]
            """#)
        let message = try Harness.message(body)
        #expect(message.profileName == "Sheena")
        #expect(
            message.sender == [
                ContactIdentity(.whatsappUserID, "US.1"), ContactIdentity(.phone, "+16505551234"),
                ContactIdentity(.phone, "+16505550000"),
            ])
    }
}
