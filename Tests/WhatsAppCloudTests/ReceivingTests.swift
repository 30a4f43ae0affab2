import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Receiving a webhook")
struct ReceivingTests {
    @Test("Two numbers in one body are three batches, each with its own account and all of its items")
    func twoNumbers() throws {
        let batches = try Harness.receive(Fixtures.twoNumbers)
        #expect(
            batches.map(\.account) == [
                .channel("106540352242922"), .channel("106540352242922"), .channel("106540352242933"),
            ])
        #expect(batches.map(\.updates.count) == [2, 1, 1])
        #expect(batches.allSatisfy { $0.problem == nil })
        guard case .message(let second) = batches[0].updates[0], case .message(let first) = batches[0].updates[1] else {
            throw Harness.Missing()
        }
        #expect(second.profileName == "Pablo M." && second.sender == [ContactIdentity(.phone, "+16505557777")])
        #expect(first.content == .text(.init(body: "Does it come in änother colour? 😀")))
    }

    @Test("A text has its id, sender, name, body, time and the whole object")
    func text() throws {
        let message = try Harness.message(Fixtures.text)
        #expect(message.providerID == "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTdCNTg5RjY1MEMyRjlGMjRGNgA=")
        #expect(
            message.sender == [
                ContactIdentity(.whatsappUserID, "US.13491208655302741918"), ContactIdentity(.phone, "+16505551234"),
            ])
        #expect(message.profileName == "Sheena Nelson")
        #expect(message.content == .text(.init(body: "Does it come in another color?")))
        #expect(message.sentAt == Timestamp(seconds: 1_795_420_700))
        #expect(message.raw["text"]?["body"] == "Does it come in another color?")
    }

    @Test("A text without a body, and a message without a type, are kept as unsupported")
    func withoutBody() throws {
        let contacts = #""contacts":[{"wa_id":"16505551234"}],"messages":[{"from":"16505551234","id":"wamid.x""#
        #expect(
            try Harness.message(Fixtures.change(contacts + #","type":"text"}]"#)).content
                == .unsupported(.init(type: "text")))
        #expect(
            try Harness.message(Fixtures.change(contacts + "}]")).content == .unsupported(.init(type: "unknown")))
    }

    @Test("An error beside a message is a notice, and the message is kept")
    func errorBeside() throws {
        let batch = try Harness.batch(Fixtures.interactiveWithError)
        guard case .message(let message) = batch.updates[0], case .notice(let notice) = batch.updates[1] else {
            throw Harness.Missing()
        }
        #expect(message.content.type == "interactive")
        #expect(notice.kind == "errors" && notice.raw["code"]?.integer == 131_000)
        #expect(notice.occurredAt == Harness.receivedAt)
    }

    @Test("A message without an id leaves its neighbours alone, and the problem has no content")
    func partial() throws {
        let body = Fixtures.change(
            #"""
            "contacts":[{"wa_id":"16505551234","profile":{"name":"Sheena"}}],
            "messages":[{"from":"16505551234","type":"text","text":{"body":"secret words"}},
              {"from":"16505551234","id":"wamid.good","type":"text","text":{"body":"hello"}},
              {"id":"wamid.nobody","type":"text","text":{"body":"secret words"}}, 7],
            "statuses":[{"id":"wamid.s"},{"status":"sent"},{"id":"wamid.s","status":"sent"}]
            """#)
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.updates.count == 2)
        #expect(
            batch.problem == "a message without an id; a message without a sender; a status without an id or a status")
        #expect(batch.account == .channel("106540352242922"))
        #expect(try Harness.replay(batch) == [batch])
    }

    @Test("Messages without a phone_number_id are kept, and given to no channel")
    func withoutNumber() throws {
        let body = Fixtures.accountChange("messages", #"{"messages":[{"from":"1","id":"x"}]}"#)
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.account == .parent("102290129340398") && batch.updates.isEmpty)
        #expect(batch.problem == "messages without metadata.phone_number_id")
    }

    @Test(
        "A body that is not what Meta sends is one batch with a problem, and comes again as itself",
        arguments: [
            ("?", "the body is not JSON: not a value at byte 0"), ("[]", "the body is no object"),
            (#""\u0061""#, "the body is no object"), ("7", "the body is no object"),
            (#"{"object":"page","entry":[]}"#, "the object is not whatsapp_business_account"),
            (#"{"object":"whatsapp_business_account"}"#, "the body has no list of entries"),
            (#"{"object":"whatsapp_business_account","entry":[{}]}"#, "an entry has no list of changes"),
            (#"{"object":"whatsapp_business_account","entry":[{"id":"1"}]}"#, "an entry has no list of changes"),
            (
                #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[5]}]}"#,
                "a change has no field or no value"
            ), (Fixtures.change(#""messages":{"a":1}"#), "messages is no list"),
        ])
    func unreadable(body: String, problem: String) throws {
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.problem == problem)
        #expect(try Harness.replay(batch) == [batch])
    }

    @Test("An entry without an id is read by the number of its changes, and kept when there is none")
    func entryWithoutID() throws {
        let body = Fixtures.text.replacing(#""id":"102290129340398","#, with: "")
        #expect(try Harness.batch(body).account == .channel("106540352242922"))
        let unnamed = Fixtures.unknownField.replacing(#""id":"102290129340398","#, with: "")
        let batch = try #require(try Harness.receive(unnamed).first)
        #expect(batch.account == nil && batch.updates.isEmpty && batch.problem == "a change names no account")
        #expect(try Harness.replay(batch) == [batch])
    }

    @Test("A message with a byte that is not UTF-8 is read, with U+FFFD in its place")
    func brokenByte() throws {
        var body = Array(Fixtures.text.utf8)
        let position = try #require(body.firstRange(of: Array("another".utf8))).lowerBound
        body[position] = 0xFF
        let batch = try #require(try Harness.receive(body).first)
        guard case .message(let message)? = batch.updates.first else { throw Harness.Missing() }
        #expect(message.content == .text(.init(body: "Does it come in \u{FFFD}nother color?")))
    }

    @Test("An unknown field is a notice, of the number when it names one")
    func unknownField() throws {
        let account = try Harness.batch(Fixtures.unknownField)
        #expect(account.account == .parent("102290129340398") && account.updates.count == 1)
        let ofNumber = Fixtures.field("a_field_of_2027", #""calls":[{"id":"wacid.1"}]"#)
        let batch = try Harness.batch(ofNumber)
        #expect(batch.account == .channel("106540352242922"))
        guard case .notice(let notice)? = batch.updates.first else { throw Harness.Missing() }
        #expect(notice.kind == "a_field_of_2027")
    }

    @Test("Contacts alone are kept as a notice")
    func contactsAlone() throws {
        guard case .notice(let notice)? = try Harness.batch(Fixtures.change(#""contacts":[]"#)).updates.first else {
            throw Harness.Missing()
        }
        #expect(notice.kind == "messages")
    }

    @Test("A thousand updates of one body are a thousand updates")
    func thousand() throws {
        let messages = (0..<1000).map {
            #"{"from":"1650555\#(1000 + $0)","id":"wamid.\#($0)","timestamp":"1795420700","type":"text","text":{"body":"x"}}"#
        }
        let batch = try Harness.batch(Fixtures.change(#""messages":["# + messages.joined(separator: ",") + "]"))
        #expect(batch.updates.count == 1000)
    }

    @Test(
        "A time is seconds as text or number; one that cannot be true is the time of receipt",
        arguments: [
            (#""1795420700""#, 1_795_420_700), ("1795420700", 1_795_420_700), (#""0""#, nil), (#""-5""#, nil),
            (#""soon""#, nil), ("1795420700123", nil), ("99999999999999999999", nil), ("null", nil),
            ("1795507300", nil), ("1795500000", 1_795_500_000), ("1.5e9", nil),
        ] as [(String, Int64?)])
    func time(spelled: String, seconds: Int64?) throws {
        let body = Fixtures.change(#""messages":[{"from":"16505551234","id":"wamid.t","timestamp":\#(spelled)}]"#)
        #expect(try Harness.message(body).sentAt == seconds.map { Timestamp(seconds: $0) } ?? Harness.receivedAt)
    }
}
