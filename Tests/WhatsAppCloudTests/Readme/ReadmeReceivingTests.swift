import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("The README's tables of what comes in")
struct ReadmeReceivingTests {
    private func expect(_ heading: String, names expected: [String]) throws {
        let table = try ReadmeTable(under: heading)
        #expect(Set(table.names).subtracting(expected) == [], "rows without code")
        #expect(Set(expected).subtracting(table.names) == [], "code without a row")
        #expect(table.names.count == Set(table.names).count, "a row stands twice")
        #expect(table.rows.allSatisfy { $0.count > 1 && !$0[1].isEmpty }, "a row says nothing")
    }

    @Test("Every type of message has its row")
    func types() throws { try expect("### Message types", names: MessageType.allCases.map(\.rawValue)) }

    @Test("Every field has its row")
    func fields() throws { try expect("### Fields", names: WebhookField.allCases.map(\.rawValue)) }

    @Test("Every alert has its row, with what it says and does")
    func alerts() throws {
        var rules: [String: [String]] = [:]
        for (field, alerts) in AlertField.all {
            for rule in alerts.rules {
                let name = alerts.isByWord ? "\(field.rawValue).\(rule.word)" : "\(field.rawValue)/\(rule.word)"
                rules[name] = [rule.title, rule.severity.rawValue, rule.effect.rawValue]
            }
        }
        let table = try ReadmeTable(under: "### Alerts")
        try expect("### Alerts", names: Array(rules.keys))
        for (name, row) in zip(table.names, table.rows) {
            #expect(Array(row.dropFirst()) == rules[name], "\(name)")
        }
    }
}
