public import AdapterKit

/// Compares the table of settings in an adapter's README with the code.
///
///     let report = ReadmeConformance(MyAdapter.manifest, readme: text).run()
///
/// The table stands under `## Settings`, with a row for each setting in the order of the schema: the key in backticks,
/// where it stands (`app or connection` or `connection` for sign-in), and what it is.
public struct ReadmeConformance: Sendable {
    private let manifest: AdapterManifest
    private let readme: String

    /// - Parameter readme: The whole text.
    public init(_ manifest: AdapterManifest, readme: String) {
        self.manifest = manifest
        self.readme = readme
    }

    /// Compares row by row.
    public func run() -> ConformanceReport {
        var report = ConformanceReport(adapter: manifest.name)
        let rows = self.rows
        let fields = manifest.settings.fields
        report.expect(
            rows.map { $0.first ?? "" } == fields.map { "`\($0.key)`" }, .readme,
            "the table under '## Settings' does not have the settings of the schema in their order")
        let owner =
            switch manifest.kind {
            case .channel: "channel"
            case .system: "system"
            case .identity: "connection"
            }
        for (field, row) in zip(fields, rows) {
            let place = field.scope == .app ? "app or \(owner)" : owner
            report.expect(
                row.count == 3 && row[1] == place, .readme, "the row of '\(field.key)' does not say '\(place)'")
            report.expect(
                row.count == 3 && !row[2].isEmpty, .readme, "the row of '\(field.key)' does not say what it is")
            guard let value = field.defaultValue, row.count == 3 else { continue }
            report.expect(row[2].contains("`\(value)`"), .readme, "the row of '\(field.key)' has another default")
        }
        for topic in manifest.identity?.eventTopics ?? [] {
            report.expect(readme.contains("events/\(topic.name)"), .readme, "it says nothing of events/\(topic.name)")
        }
        for exception in manifest.identity?.exceptions ?? [] {
            let rule = exception.rule.rawValue
            report.expect(readme.contains("`\(rule)`"), .readme, "it says nothing of the exception `\(rule)`")
        }
        return report
    }

    private var rows: [[String]] {
        let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
        let section = lines.drop { $0 != "## Settings" }.dropFirst().prefix { !$0.hasPrefix("#") }
        let table = section.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
        return table.dropFirst(2).map { line in
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        }
    }
}
