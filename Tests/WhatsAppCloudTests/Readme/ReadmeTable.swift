import Foundation
import Testing

/// A table of the adapter's README, by the heading that it stands under.
struct ReadmeTable {
    /// The cells of each row, without the head.
    let rows: [[String]]

    init(under heading: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "Plugins/WhatsAppCloud/README.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex(of: heading), "the README has no heading '\(heading)'")
        let table = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.drop { !$0.hasPrefix("|") }
            .prefix { $0.hasPrefix("|") }
        rows = table.dropFirst(2).map { line in
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        try #require(!rows.isEmpty, "the README has no table under '\(heading)'")
    }

    /// What stands in backticks in the first cells.
    var names: [String] {
        rows.flatMap { row -> [String] in
            let parts = row[0].split(separator: "`", omittingEmptySubsequences: false).map(String.init)
            return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
        }
    }
}
