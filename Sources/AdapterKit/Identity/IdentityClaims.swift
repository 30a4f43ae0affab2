/// Reads what a provider claims of a person, whichever way it writes it.
///
/// Whatever the provider wrote, what comes out can be kept and shown: a text without line ends and hidden characters, of a
/// bounded length, or nothing.
public struct IdentityClaims: Sendable, Equatable {
    /// Of a display text, in characters of Unicode.
    public static let longestText = 200

    private let json: JSON

    /// - Parameter json: The claims of an ID token, or a profile; nil has no claims.
    public init(_ json: JSON?) { self.json = json ?? .null }

    /// The provider's id of the account, letter by letter; nil when it is none that could be kept.
    public func subject(_ name: String = "sub") -> String? {
        guard let text = json[name]?.string, (1...255).contains(text.unicodeScalars.count),
            text.unicodeScalars.allSatisfy({ !$0.isHidden && !$0.properties.isWhitespace })
        else { return nil }
        return text
    }

    /// A text that people read.
    public func text(_ name: String) -> String? { Self.displayText(json[name]?.string) }

    /// Whether a claim is true. Some write it as `"true"`, and then `"false"` is a text too: nothing else is true.
    public func isTrue(_ name: String) -> Bool { json[name] == .bool(true) || json[name] == .string("true") }

    /// An address with one `@`, of letters, digits and ASCII signs; nil for anything else. What looks like an `@` and is
    /// another character makes it none.
    public func email(_ name: String = "email") -> String? {
        guard let text = json[name]?.string, text.utf8.count <= 254 else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII ? (0x21...0x7E).contains(scalar.value) : scalar.properties.isAlphabetic
        }
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), isPlain else { return nil }
        return text
    }

    /// The text as it may be shown: hidden characters are gone, white space is one space.
    public static func displayText(_ text: String?) -> String? {
        guard let text else { return nil }
        var shown = String.UnicodeScalarView()
        var isSpaced = false
        // What is longer than this many characters is no name, and is not looked at to its end.
        for scalar in text.unicodeScalars.prefix(longestText * 8) {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                isSpaced = !shown.isEmpty
            } else if !scalar.isHidden {
                if isSpaced { shown.append(" ") }
                isSpaced = false
                shown.append(scalar)
            }
            if shown.count >= longestText { break }
        }
        let isVisible = shown.contains { !$0.isJoiner }
        return isVisible ? String(String.UnicodeScalarView(shown.prefix(longestText))) : nil
    }
}

extension Unicode.Scalar {
    /// Parts of words and of signs in many scripts, and nothing to see on their own.
    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

    /// Controls, directions and what no font shows: it could make a text look like another one.
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        case .format: !isJoiner
        default: false
        }
    }
}
