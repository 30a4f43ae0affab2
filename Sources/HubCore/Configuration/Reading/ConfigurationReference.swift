/// A value that stands elsewhere: `${env:NAME}` or `${file:PATH}`.
enum ConfigurationReference: Equatable {
    case environment(name: String)
    case file(path: String)

    /// The largest file that a value is taken from.
    static let maximumFileBytes = 64 * 1024

    enum Parsed: Equatable {
        case literal
        case reference(ConfigurationReference)
        /// It was meant as a reference and is none.
        case fault(String)
    }

    static func parse(_ text: String) -> Parsed {
        guard text.contains("${") else { return .literal }
        guard text.hasPrefix("${"), text.hasSuffix("}"),
            text.dropFirst(2).dropLast().allSatisfy({ !"{}$".contains($0) })
        else { return .fault("${...} has to be the whole value") }
        let inside = text.dropFirst(2).dropLast()
        guard let colon = inside.firstIndex(of: ":") else { return .fault("must be ${env:NAME} or ${file:PATH}") }
        let name = inside[inside.index(after: colon)...]
        switch inside[..<colon] {
        case "env":
            guard isVariable(name) else { return .fault("${env:NAME} needs the name of a variable") }
            return .reference(.environment(name: String(name)))
        case "file":
            guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
                return .fault("${file:PATH} needs the path of a file")
            }
            return .reference(.file(path: String(name)))
        default: return .fault("must be ${env:NAME} or ${file:PATH}")
        }
    }

    private static func isVariable(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
