/// The labels of a series, cleaned, in a stable order, as they stand between the braces of the text format.
struct MetricLabels: Hashable, Comparable, Sendable {
    /// `name="value",name="value"`, empty without labels.
    let text: String

    /// The one series that counts for all those that a metric has no room for.
    static let overflow = MetricLabels([("overflow", "true")])

    private static let maximumValueBytes = 256

    init(_ dimensions: [(String, String)]) {
        if dimensions.isEmpty {
            text = ""
            return
        }
        var values: [String: String] = [:]
        for (name, value) in dimensions { values[MetricName.label(name)] = value }
        text = values.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escape($0.value))\"" }.joined(separator: ",")
    }

    static func < (left: MetricLabels, right: MetricLabels) -> Bool { left.text < right.text }

    /// Backslash, quote and line end, which are the three that the format escapes.
    private static func escape(_ value: String) -> String {
        var result = ""
        var length = 0
        for scalar in value.unicodeScalars {
            length += UTF8.width(scalar)
            if length > maximumValueBytes { break }
            switch scalar {
            case "\\": result += #"\\"#
            case "\"": result += #"\""#
            case "\n": result += #"\n"#
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
