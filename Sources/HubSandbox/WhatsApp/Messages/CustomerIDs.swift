import Crypto
import FoundationEssentials

/// The ids by which webhooks name a customer: phone number, business-scoped user id, that of the parent, username.
struct CustomerIDs: Hashable, Sendable {
    /// The cases that Meta's own test tool plays.
    enum Mode: String, CaseIterable, Sendable {
        /// A phone number and a user id.
        case noUsername = "no_username"
        /// A username, and no phone number: `from`, `wa_id` and `recipient_id` are absent.
        case usernameOnly = "username_only"
        /// A username and a phone number.
        case usernameAndPhone = "username_and_phone"
        /// A phone number, a user id, and the user id at the parent of linked portfolios.
        case parent
    }

    /// Digits; nil when the business is not told.
    var phone: String?
    var userID: String
    var parentUserID: String?
    var username: String?

    /// - Parameter customer: digits, or a user id of a customer whose number nobody knows.
    init(of customer: String, userID: String? = nil, businessAccountID: String, mode: Mode) {
        let isPhone = customer.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let own = isPhone ? Recipient.userID(ofCustomer: customer, businessAccountID: businessAccountID) : customer
        self.userID = userID ?? own
        phone = isPhone && mode != .usernameOnly ? customer : nil
        if mode == .usernameOnly || mode == .usernameAndPhone { username = Self.username(of: customer) }
        if mode == .parent { parentUserID = Self.parent(of: self.userID) }
    }

    /// The `contacts` element.
    /// - Parameter name: the profile name; nil leaves it out.
    func contact(name: String?) -> JSON {
        [
            "profile": name == nil && username == nil
                ? nil : ["name": name.map { JSON($0) }, "username": username.map { JSON($0) }],
            "wa_id": phone.map { JSON($0) }, "user_id": JSON(userID),
            "parent_user_id": parentUserID.map { JSON($0) },
        ]
    }

    /// A username of a permitted form, the same for a customer each time and without their digits.
    static func username(of customer: String) -> String {
        let digest = SHA256.hash(data: Data(customer.utf8))
        return "user_" + digest.prefix(5).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The parent form of a user id: `US.ENT.…`.
    static func parent(of userID: String) -> String {
        let halves = userID.split(separator: ".", maxSplits: 1)
        guard halves.count == 2, !halves[1].hasPrefix("ENT.") else { return userID }
        let digest = SHA256.hash(data: Data("parent|\(halves[1])".utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return "\(halves[0]).ENT.\(number)"
    }
}
