/// Media types (RFC 6838) as they may be kept in the clear.
///
/// A type that comes from outside may carry anything in its parameters, such as a file name. Only what says how to read
/// the bytes stays.
enum MediaType {
    /// Longer ones are no types.
    private static let maximumLength = 127
    private static let parameters: Set<String> = ["charset", "codecs"]

    /// The type in lower case with the parameters that are kept, such as `audio/ogg; codecs=opus`; nil for what is none.
    static func normalized(_ text: String) -> String? {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
        guard let essence = parts.first, essence.utf8.count <= maximumLength else { return nil }
        let names = essence.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }) else { return nil }
        return ([essence.lowercased()] + parts.dropFirst().compactMap(parameter)).joined(separator: "; ")
    }

    private static func parameter(_ part: Substring) -> String? {
        guard let equals = part.firstIndex(of: "=") else { return nil }
        let name = trimmed(part[..<equals]).lowercased()
        var value = trimmed(part[part.index(after: equals)...])
        if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
        guard parameters.contains(name), (1...64).contains(value.utf8.count),
            value.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") })
        else { return nil }
        return value.utf8.allSatisfy(isNameByte) ? "\(name)=\(value)" : "\(name)=\"\(value)\""
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    /// RFC 6838, 4.2.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }
}
