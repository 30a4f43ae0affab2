import FoundationEssentials

/// Makes message ids of the form that WhatsApp uses: `wamid.` and the base64 of a small binary record.
///
/// The record holds the other party's digits in clear, as real ids do: an id is personal data and must not be logged.
enum MessageID {
    /// Who wrote the message; real ids differ in one byte and in length.
    enum Author: Sendable {
        case business, customer
    }

    /// - Parameter party: the customer's digits, or the user id of a customer without a number.
    static func make(party: String, author: Author) -> String {
        let kind: UInt8 = author == .business ? 0x11 : 0x12
        let token = hexadecimal(count: author == .business ? 18 : 20)
        let party = Array(party.utf8.prefix(255))
        var record: [UInt8] = [0x1C, 0x18, UInt8(party.count)]
        record += party
        record += [0x15, 0x02, 0x00, kind, 0x18, UInt8(token.utf8.count)]
        record += token.utf8
        record.append(0x00)
        return "wamid." + Data(record).base64EncodedString()
    }

    /// Whether a text has the form of a message id.
    static func isWellFormed(_ id: String) -> Bool {
        guard id.hasPrefix("wamid."), let record = Data(base64Encoded: String(id.dropFirst(6))) else { return false }
        return record.count > 12 && record.starts(with: [0x1C, 0x18])
    }

    /// The customer's digits or user id that an id carries, or nil when the text is no id.
    static func party(of id: String) -> String? {
        guard isWellFormed(id), let record = Data(base64Encoded: String(id.dropFirst(6))) else { return nil }
        let bytes = Array(record)
        let end = 3 + Int(bytes[2])
        return end < bytes.count ? String(decoding: bytes[3..<end], as: UTF8.self) : nil
    }

    private static func hexadecimal(count: Int) -> String {
        String((0..<count).map { _ in "0123456789ABCDEF".randomElement() ?? "0" })
    }
}
