/// Everything that is wrong in the configuration, by file, line and column.
public struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// At least one.
    public let problems: [ConfigurationProblem]

    /// How many problems the description shows: after a hundred, one more line helps nobody.
    public static let shown = 100

    public init(problems: [ConfigurationProblem]) { self.problems = problems }

    /// One line for each problem.
    public var description: String {
        var lines = problems.prefix(Self.shown).map(\.description)
        if problems.count > Self.shown { lines.append("and \(problems.count - Self.shown) more") }
        return lines.joined(separator: "\n")
    }
}
