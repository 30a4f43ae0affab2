/// What a conformance run found; empty when the adapter keeps every rule.
public struct ConformanceReport: Sendable, Hashable, CustomStringConvertible {
    /// One broken rule. The detail names the case, never a secret or the content of a message.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The rule that is broken.
        public let rule: ConformanceRule
        /// The case that showed it.
        public let detail: String

        /// A finding of `rule` in the case `detail`.
        public init(_ rule: ConformanceRule, _ detail: String) {
            self.rule = rule
            self.detail = detail
        }

        /// The rule and the case in one line.
        public var description: String { "\(rule.rawValue): \(detail)" }
    }

    /// The name in the manifest.
    public let adapter: String
    /// What was found, each case once.
    public private(set) var findings: [Finding] = []

    /// A clean report.
    public init(adapter: String) { self.adapter = adapter }

    /// Whether nothing was found.
    public var isClean: Bool { findings.isEmpty }

    /// The rules that are broken.
    public var rules: Set<ConformanceRule> { Set(findings.map(\.rule)) }

    /// All findings, one a line.
    public var description: String {
        guard !isClean else { return "\(adapter) keeps every rule" }
        return (["\(adapter) breaks \(rules.count) rule(s):"] + findings.map { "- \($0)" }).joined(separator: "\n")
    }

    mutating func expect(_ holds: Bool, _ rule: ConformanceRule, _ detail: @autoclosure () -> String) {
        guard !holds else { return }
        let finding = Finding(rule, detail())
        // One body with a thousand flipped bits is one finding.
        if !findings.contains(finding) { findings.append(finding) }
    }

    mutating func add(_ rule: ConformanceRule, _ detail: String) { expect(false, rule, detail) }
}
