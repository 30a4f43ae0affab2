import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("Messages with something broken in them")
struct BrokenMessageTests {
    /// Every copy of the value in which one thing is missing or another value.
    private static func mutations(of json: JSON) -> [JSON] {
        let others: [JSON] = [.null, 7, "x", "", true, [], .object([]), [.object([])], ["a": ["b": 1]]]
        var found = others
        switch json {
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                for mutation in mutations(of: element) {
                    var changed = elements
                    changed[index] = mutation
                    found.append(.array(changed))
                }
            }
            found.append(.array(elements + elements))
        case .object(let members):
            for (index, member) in members.enumerated() {
                for mutation in mutations(of: member.value) {
                    var changed = members
                    changed[index].value = mutation
                    found.append(.object(changed))
                }
                var fewer = members
                fewer.remove(at: index)
                found.append(.object(fewer))
            }
        default: break
        }
        return found
    }

    @Test("Each is judged without a trap, and no id of the hub goes out with it", arguments: SendBodyTests.Case.all)
    func broken(_ sample: SendBodyTests.Case) throws {
        let template = MessageTemplate(
            providerID: "1", name: "n", language: "en", status: .approved, category: "UTILITY",
            components: [["type": "HEADER", "format": "IMAGE"], ["type": "BODY", "text": "{{1}} {{2}}"]])
        var refused = 0
        for json in Self.mutations(of: try JSON.parse(sample.api)) {
            let content = MessageContent(type: sample.type, json: json)
            if !ContentCheck.problems(of: content).isEmpty { refused += 1 }
            if case .template(let send) = content { _ = TemplateMatch.problems(of: send, using: template) }
            let message = OutboundMessage(
                id: "msg_1", recipient: [ContactIdentity(.phone, "+16505551234")], content: content,
                providerIDs: SendBodyTests.ids)
            guard let body = try? SendBody.json(for: message) else { continue }
            #expect(!body.text.contains("med_") && !body.text.contains("msg_a"), "\(json.text)")
        }
        #expect(refused > 0 || ["location", "reaction"].contains(sample.type), "nothing is ever refused")
    }
}
