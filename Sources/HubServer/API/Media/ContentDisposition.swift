/// `Content-Disposition` (RFC 6266), with file names of any script (RFC 8187).
enum ContentDisposition {
    /// - Parameter isInline: whether a browser may show it instead of saving it.
    static func field(isInline: Bool, filename given: String) -> String {
        let filename = bare(given)
        let plain = String(
            String.UnicodeScalarView(
                filename.unicodeScalars.map { scalar in
                    scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F
                        && !"\"\\%".unicodeScalars.contains(scalar)
                        ? scalar : "_"
                }))
        return "\(isInline ? "inline" : "attachment"); filename=\"\(plain)\"; filename*=UTF-8''\(encoded(filename))"
    }

    /// The name without a folder in front of it (RFC 6266, 4.3), and without what ends or turns a line of text.
    private static func bare(_ filename: String) -> String {
        let name = filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "file"
        return String(
            String.UnicodeScalarView(
                name.unicodeScalars.filter { scalar in
                    scalar.properties.generalCategory != .control
                        && !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
                }))
    }

    /// The file name of a field that came in; `filename*` comes before `filename`.
    static func filename(_ field: String) -> String? {
        var plain: String?
        for part in parts(field).dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = part[..<equals].lowercased()
            let value = String(part[part.index(after: equals)...])
            if name == "filename*", let decoded = decoded(value) { return decoded }
            if name == "filename" { plain = unquoted(value) }
        }
        return plain
    }

    /// The parts between semicolons that stand in no quotes, trimmed.
    private static func parts(_ field: String) -> [String] {
        var parts: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in field {
            if character == ";", !isQuoted {
                parts.append("")
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            parts[parts.count - 1].append(character)
        }
        return parts.map { part in
            String(part.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
    }

    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        var text = ""
        var isEscaped = false
        for character in value.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            isEscaped = false
            text.append(character)
        }
        return text
    }

    /// `UTF-8'language'percent-encoded`; nil for another charset or what is no UTF-8.
    private static func decoded(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(parts[2].utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Every byte but the `attr-char` of RFC 8187.
    private static func encoded(_ text: String) -> String {
        let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~".utf8)
        return text.utf8.map { byte in
            if kept.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%\(digits.count == 1 ? "0" : "")\(digits)"
        }.joined()
    }
}
