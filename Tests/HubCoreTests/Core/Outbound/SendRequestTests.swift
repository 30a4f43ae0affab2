import AdapterKit
import HubStore
import Testing

@testable import HubCore

struct SendRequestTests {
    private let world: TestTenant

    init() throws { world = try TestTenant() }

    private func read(_ body: String) throws -> NewMessage {
        let bytes = Array(body.utf8)
        return try SendRequest.read(
            try JSON.parse(bytes), idempotencyKey: "key", raw: bytes, tenant: world.tenant)
    }

    @Test func aTextIsRead() throws {
        let body = #"{"channel":"support","to":"+16505551234","type":"text","text":{"body":"hi","preview_url":true}}"#
        let message = try read(body)
        #expect(message.channel == "support")
        #expect(message.content == .text(.init(body: "hi", previewURL: true)))
        #expect(message.request == Array(body.utf8) && message.idempotencyKey == "key")
        guard case .phone("+16505551234") = message.recipient else {
            Issue.record("another recipient")
            return
        }
    }

    @Test func aTemplateToAContactIsRead() throws {
        let message = try read(
            #"{"channel":"support","to":"ctc_1","type":"template","template":{"name":"t","language":"de","components":[{}]}}"#
        )
        #expect(message.content == .template(.init(name: "t", language: "de", components: [.object([JSON.Member]())])))
        guard case .contact("ctc_1") = message.recipient else {
            Issue.record("another recipient")
            return
        }
    }

    @Test(arguments: [
        ("[]", [" wrong_type"]),
        ("\"text\"", [" wrong_type"]),
        ("{}", ["/channel missing", "/to missing", "/type missing"]),
        (
            #"{"channel":1,"to":null,"type":[],"extra":1}"#,
            ["/channel wrong_type", "/to wrong_type", "/type wrong_type", "/extra unknown_member"]
        ),
        (
            #"{"channel":"nowhere","to":"4915112345678","type":"fax","fax":{}}"#,
            ["/channel unknown_channel", "/to not_e164", "/type unknown_type"]
        ),
        (#"{"channel":"support","to":"+16505551234","type":"text"}"#, ["/text missing"]),
        (#"{"channel":"support","to":"+16505551234","type":"text","text":"hi"}"#, ["/text wrong_type"]),
        (#"{"channel":"support","to":"+16505551234","type":"text","text":{"body":""}}"#, ["/text/body wrong_length"]),
        (
            #"{"channel":"support","to":"+16505551234","type":"text","text":{"body":1,"preview_url":"yes","x":1},"template":{}}"#,
            [
                "/text/body wrong_type", "/text/preview_url wrong_type", "/text/x unknown_member",
                "/template unknown_member",
            ]
        ),
        (
            #"{"channel":"support","to":"+16505551234","type":"template","template":{"components":[1,{},[]]}}"#,
            [
                "/template/name missing", "/template/language missing", "/template/components/0 wrong_type",
                "/template/components/2 wrong_type",
            ]
        ),
        (
            #"{"channel":"support","to":"+16505551234","type":"text","text":{"body":"hi"},"a/b~c":1}"#,
            ["/a~1b~0c unknown_member"]
        ),
    ])
    func everythingThatIsWrongIsToldAtOnce(body: String, problems: [String]) throws {
        let error = #expect(throws: RequestProblems.self) { try read(body) }
        #expect(error?.problems.map { "\($0.pointer) \($0.code)" } == problems)
        #expect(error?.problems.contains { $0.detail.isEmpty || $0.detail.contains("4915112345678") } == false)
    }

    @Test(arguments: [
        "+", "+1", "+123456", "+1234567890123456", "+0123456789", "+1650555１２３４", "+1650 5551234", "++16505551234",
    ])
    func onlyE164IsAPhoneNumber(phone: String) {
        let body = #"{"channel":"support","to":"\#(phone)","type":"text","text":{"body":"hi"}}"#
        let error = #expect(throws: RequestProblems.self) { try read(body) }
        #expect(error?.problems.map(\.code) == ["not_e164"])
    }

    @Test func lengthsAreCountedInCharactersOfUnicode() throws {
        func body(_ count: Int) -> String {
            let text = String(repeating: "👋", count: count)
            return #"{"channel":"support","to":"+16505551234","type":"text","text":{"body":"\#(text)"}}"#
        }
        #expect(throws: Never.self) { try read(body(65_536)) }
        #expect(throws: RequestProblems.self) { try read(body(65_537)) }
    }

    @Test func aLongListOfComponentsIsRefused() throws {
        let list = Array(repeating: "{}", count: 33).joined(separator: ",")
        let error = #expect(throws: RequestProblems.self) {
            try read(
                #"{"channel":"support","to":"+16505551234","type":"template","template":{"name":"t","language":"de","components":[\#(list)]}}"#
            )
        }
        #expect(error?.problems.map(\.pointer) == ["/template/components"])
    }
}
