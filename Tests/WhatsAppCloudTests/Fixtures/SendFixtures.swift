import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

/// A text and the answer that takes it, and messages of every type in the API's form.
enum SendFixtures {
    static let accepted: HTTPAnswer = HTTPAnswer(
        status: 200,
        body: Array(
            #"{"messaging_product":"whatsapp","contacts":[{"input":"+16505551234","wa_id":"16505551234"}],"messages":[{"id":"wamid.sent","message_status":"accepted"}]}"#
                .utf8))

    static let text: OutboundMessage = OutboundMessage(
        id: "msg_01jd0000000000000000000001",
        recipient: [ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.phone, "+16505551234")],
        content: .text(.init(body: "Your parcel is on its way", previewURL: true)))

    /// What the API reads from `{"<type>": <object>}`, which has to be without problems.
    static func content(_ type: String, _ object: String) throws -> MessageContent {
        let json = JSON.object([.init(type, try JSON.parse(object))])
        let (content, problems) = ObjectReader.read(json) { MessageContent.sendable(type: type, from: $0) }
        try #require(problems == [], "the model refuses the fixture")
        return try #require(content)
    }

    /// What Meta would refuse a message for, as `pointer code`.
    static func problems(_ type: String, _ object: String) throws -> [String] {
        try Harness.channel().problems(of: content(type, object)).map { "\($0.pointer) \($0.code)" }
    }
}
