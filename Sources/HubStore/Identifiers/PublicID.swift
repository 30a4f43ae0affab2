/// What a public id stands for.
public enum IDKind: String, Sendable {
    case message = "msg"
    case contact = "ctc"
    case conversation = "cnv"
    case event = "evt"
    case delivery = "dlv"
    case media = "med"
    case template = "tpl"
    case person = "per"
    case identity = "idn"
    case session = "ses"
    case invitation = "inv"
    case apiKey = "key"
    case grant = "grt"
    case audit = "aud"
}

/// Writes and reads public ids: the kind, the row's number and the tenant's tag, as 26 characters of Crockford's base32.
///
/// The tag makes ids unique over tenants, and an id of another tenant simply is not an id here.
struct IDCoder: Sendable {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let values: [UInt8: UInt64] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt64($0)) })
    private static let digits = 13

    let tag: UInt64

    func text(_ kind: IDKind, _ number: Int64) -> String {
        let prefix = kind.rawValue.utf8
        return String(unsafeUninitializedCapacity: prefix.count + 1 + 2 * Self.digits) { buffer in
            var position = 0
            for byte in prefix {
                buffer[position] = byte
                position += 1
            }
            buffer[position] = UInt8(ascii: "_")
            position += 1
            for value in [UInt64(bitPattern: number), tag] {
                for digit in (0..<Self.digits).reversed() {
                    buffer[position] = Self.alphabet[Int(value >> (5 * UInt64(digit)) & 31)]
                    position += 1
                }
            }
            return position
        }
    }

    /// The row's number, or nil when the text is no id of this kind and tenant.
    func number(_ kind: IDKind, _ text: String) -> Int64? {
        let prefix = kind.rawValue + "_"
        guard text.hasPrefix(prefix) else { return nil }
        let bytes = Array(text.utf8.dropFirst(prefix.utf8.count))
        guard bytes.count == 2 * Self.digits else { return nil }
        var halves: [UInt64] = []
        for half in [bytes[..<Self.digits], bytes[Self.digits...]] {
            var value: UInt64 = 0
            for byte in half {
                guard let digit = Self.values[byte], value >> 59 == 0 else { return nil }
                value = value << 5 | digit
            }
            halves.append(value)
        }
        guard halves[1] == tag, halves[0] <= UInt64(Int64.max) else { return nil }
        return Int64(halves[0])
    }
}
