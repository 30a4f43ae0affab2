/// The last net under the logs: replaces what looks like a person or a secret.
///
/// It is not a licence to log. Code must not hand such things to a logger at all; this catches the line that slipped through
/// review, such as an error text of a library that quotes its input. It knows phone numbers written with `+`, e-mail addresses,
/// WhatsApp message ids (`wamid.`, with a phone number inside), webhook secrets (`whsec_`), access tokens of Meta (`EAA`)
/// and bearer tokens, and can know no name and no message text.
public enum Redaction {
    /// What stands for what was found.
    public static let mark = "(redacted)"

    /// The text with the mark in the place of each find.
    public static func redact(_ text: String) -> String {
        var text = text
        let result = text.withUTF8 { bytes -> [UInt8]? in
            guard bytes.contains(where: isSuspicious) else { return nil }
            return scan(bytes)
        }
        guard let result else { return text }
        return String(decoding: result, as: UTF8.self)
    }

    /// One of these bytes is in everything that is looked for, so a text without any is passed unread.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: " "),
            UInt8(ascii: "A"):
            true
        default: false
        }
    }

    /// The redacted bytes, or nil when nothing was found.
    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[index...])
            var start = index
            var length = 0
            if bytes[index] == UInt8(ascii: "@") {
                (start, length) = email(around: index, in: bytes, notBefore: copied)
            } else if bytes[index] == UInt8(ascii: "+") {
                length = phone(rest)
            } else if index == 0 || !isWord(bytes[index - 1]) {
                length = marked(rest)
            }
            if length > 0 {
                result.append(contentsOf: bytes[copied..<start])
                result.append(contentsOf: mark.utf8)
                copied = start + length
                index = copied
            } else {
                index += 1
            }
        }
        guard copied > 0 else { return nil }
        result.append(contentsOf: bytes[copied...])
        return result
    }

    /// `+` and seven or more digits, with at most one space, dash, dot or parenthesis pair between two of them.
    private static func phone(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var digits = 0
        var end = 1
        var gap = 0
        for index in 1..<max(1, bytes.count) {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                gap = 0
                end = index + 1
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"):
                gap += 1
                if gap > 2 { return digits >= 7 ? end : 0 }
            default:
                return digits >= 7 ? end : 0
            }
        }
        return digits >= 7 ? end : 0
    }

    /// The address around an `@`, if there is a local part before it and a domain with a dot behind it.
    private static func email(
        around at: Int, in bytes: UnsafeBufferPointer<UInt8>, notBefore floor: Int
    ) -> (start: Int, length: Int) {
        var start = at
        while start > floor, isLocal(bytes[start - 1]) { start -= 1 }
        var end = at + 1
        while end < bytes.count, isWord(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard start < at, bytes[at..<end].contains(UInt8(ascii: ".")) else { return (at, 0) }
        return (start, end - start)
    }

    /// A token behind one of the known marks.
    private static func marked(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        for prefix in prefixes where bytes.count >= prefix.text.count {
            let matches = zip(bytes, prefix.text).allSatisfy { byte, expected in
                byte == expected || prefix.ignoresCase && byte | 0x20 == expected
            }
            guard matches else { continue }
            var end = prefix.text.count
            while end < bytes.count, isToken(bytes[end]) { end += 1 }
            if end - prefix.text.count >= prefix.minimum { return end }
        }
        return 0
    }

    private static let prefixes: [(text: [UInt8], ignoresCase: Bool, minimum: Int)] = [
        (Array("wamid.".utf8), true, 1),
        (Array("whsec_".utf8), true, 1),
        (Array("bearer ".utf8), true, 1),
        (Array("EAA".utf8), false, 20),
    ]

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// What an address has before its `@` (RFC 5321 `atext`, and the dot).
    private static func isLocal(_ byte: UInt8) -> Bool { isWord(byte) || ".+!#$%&'*/=?^`{|}~".utf8.contains(byte) }

    /// Base64 in both alphabets, percent-encoding and JWTs.
    private static func isToken(_ byte: UInt8) -> Bool { isWord(byte) || ".+/=~%|".utf8.contains(byte) }
}
