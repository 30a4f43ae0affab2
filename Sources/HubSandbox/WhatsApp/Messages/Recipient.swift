import Crypto
import FoundationEssentials

/// Whom a send reaches, after WhatsApp's own reading of `to` or `recipient`.
enum Recipient: Hashable, Sendable {
    /// International digits without `+`: the `wa_id`.
    case phone(String)
    /// A business-scoped user id, e.g. `US.13491208655302741918`.
    case user(String)
    /// A group's id.
    case group(String)

    /// Reads a phone number as WhatsApp does: `+`, `-`, brackets and spaces are dropped.
    ///
    /// Without a leading `+`, digits that do not begin with the business number's own country code get it put in front.
    /// The message then goes to a stranger or to nobody: the trap is real and clients must send `+` and the full number.
    /// - Returns: nil when the text is no phone number.
    static func phone(from input: String, businessDigits: String) -> Recipient? {
        let international = input.trimmingPrefix(while: { $0 == " " }).hasPrefix("+")
        let digits = input.filter { !" +-()".contains($0) }
        guard (5...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let ownCode = CallingCode.prefix(of: businessDigits)
        return .phone(international || digits.hasPrefix(ownCode) ? digits : ownCode + digits)
    }

    /// Reads a business-scoped user id: two letters, a dot, letters, digits and dots.
    static func user(from input: String) -> Recipient? {
        guard input.wholeMatch(of: /[A-Z]{2}\.[A-Za-z0-9.]{1,150}/) != nil else { return nil }
        return .user(input)
    }

    /// The user id that a customer has at one business account: the same each time, different at each account.
    static func userID(ofCustomer digits: String, businessAccountID: String) -> String {
        let digest = SHA256.hash(data: Data("\(businessAccountID)|\(digits)".utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return "\(CallingCode.country(of: digits)).\(number)"
    }
}
