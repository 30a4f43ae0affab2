/// Writes text into a JSON line so that it can neither end the line, nor leave its string, nor trick a terminal.
enum LogText {
    /// Appends the text in quotes, cut at about `limit` bytes of UTF-8.
    ///
    /// Escaped are quotes, backslashes, all control characters, line separators, and the marks that turn the direction of
    /// writing (Unicode's Bidi_Control), with which a line could be made to look like another one.
    static func appendQuoted(_ text: String, limit: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var length = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            if length + width > limit {
                bytes.append(contentsOf: "…".utf8)
                break
            }
            length += width
            switch scalar {
            case "\"", "\\":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            case "\n": bytes.append(contentsOf: #"\n"#.utf8)
            case "\r": bytes.append(contentsOf: #"\r"#.utf8)
            case "\t": bytes.append(contentsOf: #"\t"#.utf8)
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{061C}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}",
                "\u{2066}"..."\u{2069}":
                appendEscape(scalar.value, to: &bytes)
            default:
                if scalar.isASCII {
                    bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `\uXXXX`; all that is escaped lies in the first plane.
    private static func appendEscape(_ value: UInt32, to bytes: inout [UInt8]) {
        let digits = String(value, radix: 16)
        bytes.append(contentsOf: #"\u"#.utf8)
        bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
        bytes.append(contentsOf: digits.utf8)
    }
}
