import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("The README's tables of what goes out")
struct ReadmeSendingTests {
    private func expect(_ heading: String, names expected: [String]) throws -> ReadmeTable {
        let table = try ReadmeTable(under: heading)
        #expect(Set(table.names).subtracting(expected) == [], "rows without code")
        #expect(Set(expected).subtracting(table.names) == [], "code without a row")
        #expect(table.names.count == Set(table.names).count, "a row stands twice")
        #expect(table.rows.allSatisfy { row in row.dropFirst().allSatisfy { !$0.isEmpty } }, "a row says nothing")
        return table
    }

    @Test("Every type and kind of message has its row")
    func types() throws {
        let kinds = MessageContent.Interactive.Action.Kind.allCases.map { "interactive/\($0.rawValue)" }
        _ = try expect("### Outbound types", names: MessageContent.sendableTypes + kinds)
    }

    @Test("Every limit has its row, with its number")
    func limits() throws {
        let expected: [String: String] = [
            "text.body": "\(SendLimits.textBody)", "caption": "\(SendLimits.caption)",
            "filename": "\(SendLimits.filename)",
            "contacts": "\(SendLimits.contacts)",
            "interactive.header.text": "\(SendLimits.header)", "interactive.footer.text": "\(SendLimits.footer)",
            "interactive.body.text": "\(SendLimits.interactiveBody)",
            "interactive.body.text of a list": "\(SendLimits.listBody)", "buttons": "\(SendLimits.buttons)",
            "button title": "\(SendLimits.buttonTitle)", "button id": "\(SendLimits.buttonID)",
            "list button": "\(SendLimits.listButton)", "sections": "\(SendLimits.sections)",
            "section title": "\(SendLimits.sectionTitle)", "rows": "\(SendLimits.rows)",
            "row id": "\(SendLimits.rowID)", "row title": "\(SendLimits.rowTitle)",
            "row description": "\(SendLimits.rowDescription)", "link text": "\(SendLimits.linkText)",
            "products": "\(SendLimits.products)",
            "cards": "\(SendLimits.cards.lowerBound) to \(SendLimits.cards.upperBound)",
            "card body": "\(SendLimits.cardBody)", "card line breaks": "\(SendLimits.cardLineBreaks)",
            "call button minutes":
                "\(SendLimits.callButtonMinutes.lowerBound) to \(SendLimits.callButtonMinutes.upperBound)",
            "template name": "\(SendLimits.templateName)",
        ]
        let table = try expect("### Limits", names: Array(expected.keys))
        for (name, row) in zip(table.names, table.rows) { #expect(row[1] == expected[name], "\(name)") }
    }

    @Test("Every code has its row, with what it says and means")
    func codes() throws {
        var expected: [String: [String]] = [:]
        for entry in GraphErrorCatalogue.entries {
            let codes = entry.codes
            let name = codes.count == 1 ? "\(codes.lowerBound)" : "\(codes.lowerBound)-\(codes.upperBound)"
            expected[name] = [entry.title, Self.word(entry.meaning)]
        }
        let table = try expect("### Error codes", names: Array(expected.keys))
        for (name, row) in zip(table.names, table.rows) { #expect(Array(row.dropFirst()) == expected[name], "\(name)") }
    }

    private static func word(_ meaning: GraphErrorCatalogue.Meaning) -> String {
        switch meaning {
        case .rejected: "refused"
        case .misconfigured: "pauses"
        case .unavailable: "later"
        case .uncertain: "uncertain"
        case .channelThrottled: "channel waits"
        case .recipientThrottled: "person waits"
        }
    }
}
