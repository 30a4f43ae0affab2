/// Refuses the one thing that is expensive before a budget can be counted: a mapping's key that is itself a collection.
///
/// The parser hashes keys while it composes, with all that is inside them. A key made of aliases to aliases would
/// keep it busy for years, and one of collections nested hundreds deep for minutes. No file of ours has such keys,
/// so the raw text is searched for what could begin one; it may suspect too much, never too little.
enum ComplexKeyGuard {
    /// A file with aliases may hold nothing that could be such a key, any other file this many (in texts and comments).
    static let maximumSuspects = 64

    static func check(_ text: String) throws(YAMLDocument.Problem) {
        var text = text
        let suspects = text.withUTF8 { scan($0) }
        guard let first = suspects.first else { return }
        guard suspects.mayHaveAlias || suspects.count > maximumSuspects else { return }
        let position = YAMLSyntax.position(ofByte: first, in: text)
        throw YAMLDocument.Problem(
            position: position,
            message: suspects.mayHaveAlias
                ? "a file with aliases (*name) may not have a list, a mapping or an alias as a key"
                : "too many keys that are lists or mappings")
    }

    private struct Suspects {
        var first: Int?
        var count = 0
        var mayHaveAlias = false
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Suspects {
        var suspects = Suspects()
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "*"):
                let end = bytes[(index + 1)...].firstIndex { !isNameByte($0) } ?? bytes.endIndex
                guard end > index + 1 else { continue }
                suspects.mayHaveAlias = true
                guard isFollowedByColon(bytes, end) else { continue }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard isFollowedByColon(bytes, index + 1) else { continue }
            case UInt8(ascii: "?"):
                guard index == 0 || mayEndToken(bytes[index - 1]) else { continue }
            default: continue
            }
            suspects.first = suspects.first ?? index
            suspects.count += 1
        }
        return suspects
    }

    private static func isFollowedByColon(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        bytes[start...].first { !isSpace($0) } == UInt8(ascii: ":")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    /// Whether a new token may begin behind this byte. Line breaks and byte order marks beyond ASCII may, too.
    private static func mayEndToken(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte >= 0x80 || "[]{},:?-\"'".utf8.contains(byte)
    }

    /// What an anchor's name is made of.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
