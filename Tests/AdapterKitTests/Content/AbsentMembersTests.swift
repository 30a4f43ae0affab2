import AdapterKit
import Testing

/// `nil` is also JSON's null: a member that is absent must not become one.
struct AbsentMembersTests {
    private static let contents: [(MessageContent, String)] = [
        (.text(.init(body: "a")), #"{"body":"a"}"#),
        (.text(.init(body: "a", previewURL: true)), #"{"body":"a","preview_url":true}"#),
        (.media(.init(.audio, id: "med_1")), #"{"id":"med_1"}"#),
        (.media(.init(.audio, id: "med_1", isVoice: true)), #"{"id":"med_1","voice":true}"#),
        (.template(.init(name: "a", language: "de")), #"{"name":"a","language":"de"}"#),
        (.location(.init(latitude: 1, longitude: 2)), #"{"latitude":1.0,"longitude":2.0}"#),
        (.contacts([ContactCard(lenient: ["phones": [["phone": "1"]]])]), #"[{"phones":[{"phone":"1"}]}]"#),
        (.interactive(.init(body: "a", action: .locationRequest)), interactive),
        (
            .interactiveReply(.button(.init(id: "1", title: "a"))),
            #"{"type":"button_reply","button_reply":{"id":"1","title":"a"}}"#
        ),
        (.system(.init(kind: "a", body: nil)), #"{"type":"a"}"#),
        (.call(.init(event: "connect")), #"{"event":"connect"}"#),
        (.unsupported(.init(type: "a", original: "gif")), #"{"original_type":"gif"}"#),
    ]
    private static let interactive =
        #"{"type":"location_request_message","body":{"text":"a"},"action":{"name":"send_location"}}"#

    @Test(arguments: contents)
    func anAbsentMemberIsLeftOut(content: MessageContent, expected: String) {
        #expect(content.json?.text == expected)
    }

    @Test func detailsWithoutAnythingAreAnEmptyObject() {
        #expect(MessageDetails().json == .object([]))
        #expect(MessageDetails(isForwarded: true).json.text == #"{"context":{"forwarded":true}}"#)
    }

    @Test func whatABusinessSendsIsReadAsItWasWritten() {
        for (content, _) in Self.contents where MessageContent.sendableTypes.contains(content.type) {
            if case .interactiveReply = content { continue }
            #expect(MessageContent(type: content.type, json: content.json) == content)
        }
    }
}
