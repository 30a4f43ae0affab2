import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("A send against its template's buttons")
struct TemplateButtonTests {
    private let place = "/template/components"

    private func problems(_ buttons: String, sending components: String) throws -> [String] {
        let template = try JSON.parse(#"[{"type":"BODY","text":"Hi"},{"type":"BUTTONS","buttons":[\#(buttons)]}]"#)
        let known = MessageTemplate(
            providerID: "1", name: "n", language: "en", status: .approved, category: "UTILITY",
            components: template.elements)
        let send = MessageContent.Template(
            name: "n", language: "en", components: try JSON.parse("[\(components)]").elements)
        return TemplateMatch.problems(of: send, using: known).map { "\($0.pointer) \($0.code)" }
    }

    private func button(_ subtype: String, _ index: Int, _ parameters: String) -> String {
        #"{"type":"button","sub_type":"\#(subtype)","index":"\#(index)","parameters":[\#(parameters)]}"#
    }

    /// A button of a template, whether it needs a value, and a value that fits.
    static let kinds: [(template: String, isRequired: Bool, subtype: String, value: String)] = [
        (#"{"type":"URL","url":"https://a.example/{{1}}"}"#, true, "url", #"{"type":"text","text":"s"}"#),
        (#"{"type":"OTP","otp_type":"ONE_TAP"}"#, true, "url", #"{"type":"text","text":"1"}"#),
        (#"{"type":"COPY_CODE","example":"A"}"#, true, "copy_code", #"{"type":"coupon_code","coupon_code":"A"}"#),
        (#"{"type":"MPM"}"#, true, "mpm", #"{"type":"action","action":{}}"#),
        (#"{"type":"ORDER_DETAILS"}"#, true, "order_details", #"{"type":"action","action":{}}"#),
        (#"{"type":"QUICK_REPLY","text":"Yes"}"#, false, "quick_reply", #"{"type":"payload","payload":"p"}"#),
        (#"{"type":"FLOW","flow_id":"1"}"#, false, "FLOW", #"{"type":"action","action":{}}"#),
        (#"{"type":"CATALOG"}"#, false, "CATALOG", #"{"type":"action","action":{}}"#),
    ]

    @Test("Each kind takes its value, and those with a place for one need it", arguments: kinds.indices)
    func values(index: Int) throws {
        let kind = Self.kinds[index]
        #expect(try problems(kind.template, sending: button(kind.subtype, 0, kind.value)) == [])
        #expect(try problems(kind.template, sending: "") == (kind.isRequired ? ["\(place) missing_component"] : []))
        let empty = try problems(kind.template, sending: button(kind.subtype, 0, ""))
        #expect(empty == (kind.isRequired ? ["\(place)/0/parameters parameter_count"] : []))
        #expect(
            try problems(kind.template, sending: button(kind.subtype, 0, "\(kind.value),\(kind.value)"))
                == ["\(place)/0/parameters parameter_count"])
        #expect(
            try problems(kind.template, sending: button(kind.subtype, 0, #"{"type":"image"}"#))
                == ["\(place)/0/parameters/0/type parameter_type"])
        #expect(
            try problems(kind.template, sending: button("voice_call", 0, kind.value))
                == ["\(place)/0/sub_type button_type"])
    }

    @Test(
        "A button without a place takes no value",
        arguments: [#"{"type":"URL","url":"https://a.example"}"#, #"{"type":"PHONE_NUMBER","phone_number":"+1"}"#])
    func fixed(template: String) throws {
        #expect(try problems(template, sending: "") == [])
        #expect(
            try problems(template, sending: button("url", 0, #"{"type":"text"}"#)) == ["\(place)/0 extra_component"])
    }

    @Test("A button is named by its place, each once")
    func index() throws {
        let reply = #"{"type":"QUICK_REPLY","text":"Yes"}"#
        let value = #"{"type":"payload","payload":"p"}"#
        #expect(
            try problems(
                "\(reply),\(reply)", sending: "\(button("quick_reply", 1, value)),\(button("quick_reply", 0, value))")
                == [])
        #expect(try problems(reply, sending: button("quick_reply", 1, value)) == ["\(place)/0/index button_index"])
        #expect(
            try problems(reply, sending: "\(button("quick_reply", 0, value)),\(button("quick_reply", 0, value))")
                == ["\(place)/1/index duplicate"])
    }

    @Test("Kinds that are newer than this adapter are left to Meta")
    func newer() throws {
        #expect(try problems(#"{"type":"HOLOGRAM"}"#, sending: "") == [])
        #expect(try problems(#"{"type":"HOLOGRAM"}"#, sending: button("hologram", 0, #"{"type":"light"}"#)) == [])
    }
}
