import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What people answer")
struct AnswerTests {
    private func reply(_ body: String) throws -> MessageContent.InteractiveReply {
        let message = try Harness.message(body)
        #expect(message.details.repliesTo == MessageReference(providerID: "wamid.asked") && message.opensWindow)
        guard case .interactiveReply(let reply) = message.content else { throw Harness.Missing() }
        return reply
    }

    @Test("Buttons and rows keep their ids beside their titles")
    func chosen() throws {
        #expect(try reply(Fixtures.buttonReply) == .button(.init(id: "change-1", title: "Change")))
        #expect(
            try reply(Fixtures.listReply)
                == .row(.init(id: "priority_express", title: "Priority", description: "Next day")))
    }

    @Test("A flow's answer is kept as text and read as JSON; what is no JSON stays text")
    func flow() throws {
        guard case .form(let form) = try reply(Fixtures.flowReply) else { throw Harness.Missing() }
        #expect(form.name == "flow" && form.body == "Sent" && form.answer?["size"] == ["M"])
        #expect(form.text == #"{"flow_token":"t-1","size":["M"]}"#)
        guard case .form(let text) = try reply(Fixtures.flowReplyOfText) else { throw Harness.Missing() }
        #expect(text.name == "address_message" && text.answer == nil && text.text == "no JSON")
    }

    @Test("A flow's answer may be an object in place of its text")
    func flowOfObject() throws {
        let body = Fixtures.message(
            #""type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":{"a":1}}}"#)
        guard case .interactiveReply(.form(let form)) = try Harness.message(body).content else {
            throw Harness.Missing()
        }
        #expect(form.answer == ["a": 1] && form.text == #"{"a":1}"#)
    }

    @Test("A permission to call has its end")
    func callPermission() throws {
        #expect(
            try reply(Fixtures.callPermission)
                == .callPermission(
                    isGranted: true, until: Timestamp(seconds: 1_796_025_500), source: "user_action"))
        #expect(try reply(Fixtures.callRefusal) == .callPermission(isGranted: false, until: nil, source: nil))
    }

    @Test("A reply of a kind that is newer is unsupported, under its own name")
    func newer() throws {
        #expect(
            try Harness.message(Fixtures.unknownReply).content
                == .unsupported(.init(type: "interactive", original: "hologram_reply")))
    }

    @Test("An interactive message without its object has the error that stands beside it")
    func withoutObject() throws {
        guard case .unsupported(let unsupported) = try Harness.message(Fixtures.interactiveWithError).content else {
            throw Harness.Missing()
        }
        #expect(unsupported.type == "interactive" && unsupported.reason?.code == "131000")
        #expect(unsupported.reason?.detail?.contains("Unsupported webhook payload") == true)
    }

    @Test("A template's button has payload and text, with what it answers and without")
    func button() throws {
        let message = try Harness.message(Fixtures.button)
        #expect(message.content == .button(.init(payload: "STOP-1", text: "Stop")))
        #expect(message.details.repliesTo == MessageReference(providerID: "wamid.template"))
        let alone = try Harness.message(Fixtures.buttonWithoutContext)
        #expect(alone.content == .button(.init(payload: "YES", text: "Yes")) && alone.details.isEmpty)
    }

    @Test("An order has its products, with numbers as they were spelled")
    func order() throws {
        guard case .order(let order) = try Harness.message(Fixtures.order).content else { throw Harness.Missing() }
        #expect(order.catalogID == "194836987003835" && order.text == "please wrap it")
        #expect(order.items.map(\.productID) == ["di9ozbzfi4", "7"])
        #expect(order.items.map(\.price) == [.number("30.50"), 25] && order.items.map(\.quantity) == [2, 1])
        #expect(order.items.map(\.currency) == ["USD", "USD"])
    }
}
