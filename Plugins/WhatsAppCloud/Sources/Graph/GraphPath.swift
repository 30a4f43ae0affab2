import AdapterKit

/// A path of the Graph API below its version, such as `106540352242922/messages`.
///
/// What is interpolated stays within its segment, whatever characters it has: ids come from messages and callers.
struct GraphPath: Sendable, Equatable, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: String) { text += FormText.escaped(value) }
    }
}
