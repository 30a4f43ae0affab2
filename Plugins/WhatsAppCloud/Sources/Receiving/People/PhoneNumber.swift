/// A phone number in E.164.
struct PhoneNumber {
    /// Such as `+16505551234`.
    let e164: String

    /// Takes digits with or without a plus, and the spaces, dashes and brackets that people put between them.
    init?(_ text: String) {
        var digits: [UInt8] = [UInt8(ascii: "+")]
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"): break
            default: return nil
            }
        }
        // E.164 has at most 15 digits; some of WhatsApp's own test numbers have more.
        guard (6...21).contains(digits.count) else { return nil }
        e164 = String(decoding: digits, as: UTF8.self)
    }
}
