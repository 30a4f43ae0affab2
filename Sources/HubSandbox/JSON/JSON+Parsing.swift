extension JSON {
    /// Why a text is not JSON, and the byte where reading stopped.
    struct ParsingError: Error, CustomStringConvertible {
        let reason: String
        let offset: Int

        var description: String { "not valid JSON: \(reason) at byte \(offset)" }
    }

    /// Values nested deeper than this are refused.
    static let maximumDepth = 64

    /// Parses one JSON text in UTF-8.
    static func parse(_ bytes: [UInt8]) throws(ParsingError) -> JSON {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.failure("text after the value") }
        return value
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var position = 0

    func failure(_ reason: String) -> JSON.ParsingError { JSON.ParsingError(reason: reason, offset: position) }

    mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    mutating func value(depth: Int) throws(JSON.ParsingError) -> JSON {
        guard depth < JSON.maximumDepth else { throw failure("nested too deep") }
        skipSpace()
        guard position < bytes.count else { throw failure("a value is missing") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"):
            return .object(
                try list(closedBy: "}") { (parser) throws(JSON.ParsingError) in
                    parser.skipSpace()
                    let name = try parser.string()
                    parser.skipSpace()
                    guard parser.take(":") else { throw parser.failure("':' is missing") }
                    return JSON.Member(name: name, value: try parser.value(depth: depth + 1))
                })
        case UInt8(ascii: "["):
            return .array(
                try list(closedBy: "]") { (parser) throws(JSON.ParsingError) in try parser.value(depth: depth + 1) })
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSON.ParsingError) -> JSON {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("not a value") }
        position += word.utf8.count
        return value
    }

    private mutating func list<Element>(
        closedBy end: Unicode.Scalar, _ element: (inout JSONParser) throws(JSON.ParsingError) -> Element
    ) throws(JSON.ParsingError) -> [Element] {
        position += 1
        skipSpace()
        var elements: [Element] = []
        if take(end) { return elements }
        while true {
            elements.append(try element(&self))
            skipSpace()
            if take(",") { continue }
            guard take(end) else { throw failure("',' or '\(end)' is missing") }
            return elements
        }
    }

    private mutating func number() throws(JSON.ParsingError) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSON.ParsingError) {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        guard position > start else { throw failure("not a value") }
    }

    mutating func string() throws(JSON.ParsingError) -> String {
        guard take("\"") else { throw failure("a string is missing") }
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else { throw failure("not UTF-8") }
                return valid
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw failure("a control character in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON.ParsingError) {
        let plain: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
        ]
        guard position < bytes.count else { throw failure("a string does not end") }
        if let byte = plain[bytes[position]] {
            text.append(byte)
            position += 1
            return
        }
        var units = [try unit()]
        // A high surrogate needs its low half, else the text is lost to U+FFFD.
        if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: #"\u"#.utf8) {
            position += 1
            units.append(try unit())
        }
        text += String(decoding: units, as: UTF16.self).utf8
    }

    private mutating func unit() throws(JSON.ParsingError) -> UInt16 {
        guard take("u"), position + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw failure("an unknown escape") }
        position += 4
        return unit
    }
}
