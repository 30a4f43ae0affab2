import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("The body of each type of message")
struct SendBodyTests {
    /// A message in the API's form, and the object that Meta gets for it.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var type: String
        var api: String
        var meta: String

        var testDescription: String { name }
    }

    static let ids = [
        "med_a": "1037543291543636", "med_b": "1037543291543637", "msg_a": "wamid.a",
    ]

    private static func body(_ type: String, _ api: String, ids: [String: String] = ids) throws(Unsendable) -> JSON {
        guard let content = try? SendFixtures.content(type, api) else { throw .unsupportedType }
        let message = OutboundMessage(
            id: "msg_1", recipient: [ContactIdentity(.phone, "+16505551234")], content: content, providerIDs: ids)
        return try SendBody.json(for: message)
    }

    @Test("Meta gets its own form with its own ids", arguments: Case.all)
    func body(_ sample: Case) throws {
        let body = try Self.body(sample.type, sample.api)
        #expect(body["type"]?.string == sample.type)
        #expect(body[sample.type] == (try JSON.parse(sample.meta)), "got \(body[sample.type]?.text ?? "nothing")")
        #expect(
            body.members.map(\.name) == [
                "messaging_product", "recipient_type", "to", "type", sample.type, "biz_opaque_callback_data",
            ])
        #expect(!body.text.contains("med_") && !body.text.contains("msg_a"), "an id of the hub went out")
    }

    @Test("Every one of them keeps Meta's rules", arguments: Case.all)
    func rules(_ sample: Case) throws {
        #expect(try SendFixtures.problems(sample.type, sample.api) == [])
    }

    @Test("Every type and every kind of interactive message is among them")
    func complete() {
        #expect(Set(Case.all.map(\.type)) == Set(MessageContent.sendableTypes))
        let kinds = MessageContent.Interactive.Action.Kind.allCases.map(\.rawValue)
        #expect(kinds.allSatisfy { kind in Case.all.contains { $0.api.contains(#""type":"\#(kind)""#) } })
    }

    @Test("An id that Meta has no counterpart of is never sent", arguments: Case.all)
    func unknownIDs(_ sample: Case) throws {
        let hasMedia = sample.api.contains("med_")
        let hasMessage = sample.api.contains("msg_")
        guard hasMedia || hasMessage else { return }
        for ids in [[:], ["med_a": "", "med_b": "", "msg_a": ""]] {
            #expect(throws: hasMedia ? Unsendable.unknownMedia : .unknownMessage) {
                try Self.body(sample.type, sample.api, ids: ids)
            }
        }
    }

    @Test("The host is asked for Meta's ids of just the media that are put in", arguments: Case.all)
    func mediaIDs(_ sample: Case) throws {
        let content = try SendFixtures.content(sample.type, sample.api)
        #expect(
            Set(content.mediaIDs)
                == Set(Self.ids.keys.filter { sample.api.contains(#""id":"\#($0)""#) && $0.hasPrefix("med_") }))
    }

    @Test("A reply to a message that Meta has no id of is not sent as one to nothing")
    func unknownContext() {
        var message = SendFixtures.text
        message.repliesTo = "msg_unknown"
        #expect(throws: Unsendable.unknownMessage) { try SendBody.json(for: message) }
    }

    @Test("A flow's own data is left alone, whatever it looks like")
    func foreignData() throws {
        let api =
            #"{"type":"flow","body":{"text":"b"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Go","flow_action_payload":{"screen":"S","data":{"image":{"id":"mine"}}}}}}"#
        let body = try Self.body("interactive", api)
        let payload = body["interactive"]?["action"]?["parameters"]?["flow_action_payload"]
        #expect(payload?["data"]?["image"] == ["id": "mine"])
    }

    @Test("A number in the place of a media id is an id all the same")
    func numericID() throws {
        let components: [JSON] = [["type": "header", "parameters": [["type": "image", "image": ["id": 12]]]]]
        let message = OutboundMessage(
            id: "msg_1", recipient: SendFixtures.text.recipient,
            content: .template(.init(name: "n", language: "en", components: components)))
        #expect(throws: Unsendable.unknownMedia) { try SendBody.json(for: message) }
    }
}
