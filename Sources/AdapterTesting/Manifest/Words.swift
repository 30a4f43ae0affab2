/// The forms of the words in a manifest.
enum Words {
    static func isLowerCaseOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Lower-case words that start with a letter, joined by single separators.
    static func isName(_ text: String, separator: Unicode.Scalar) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isLowerCaseOrDigit) }
    }

    /// `major.minor.patch`, with an optional `-pre` or `+build`.
    static func isVersion(_ text: String) -> Bool {
        let core = text.prefix { $0 != "-" && $0 != "+" }
        let parts = core.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 3
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy(isDigit) && (part.count == 1 || part.first != UInt8(ascii: "0"))
            }
    }

    /// Lower-case `type/subtype` (RFC 6838).
    static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { isLowerCaseOrDigit($0) || ".+-_".utf8.contains($0) }
            }
    }
}
