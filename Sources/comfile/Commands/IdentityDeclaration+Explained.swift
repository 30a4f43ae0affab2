import AdapterKit

extension IdentityDeclaration {
    /// What `comfile adapters show` says of how this provider differs from others; empty for one that does not.
    var explained: String {
        let sections = [
            section(
                "Different from other providers", exceptions.map { ($0.rule.rawValue, $0.reason) }),
            section(
                "Asked at the start",
                parameters.map {
                    ($0.name, "\($0.label), such as \($0.placeholder); at most \($0.maximumLength) characters")
                }),
            section(
                "Events (register the address that ends in)",
                eventTopics.map { ("events/\($0.name)", "\($0.summary) Answered with \($0.status).") }),
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func section(_ title: String, _ rows: [(String, String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let lines = rows.map { "  \($0.0.padded(to: 22))\($0.1)" }
        return "\n" + ([title] + lines).joined(separator: "\n")
    }
}
