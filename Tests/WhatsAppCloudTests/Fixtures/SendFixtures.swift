import AdapterKit

/// A text and the answer that takes it.
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
}
