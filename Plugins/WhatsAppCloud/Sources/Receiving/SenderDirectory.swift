import AdapterKit

/// Who wrote the messages of one change: joins `messages[]` to `contacts[]`.
struct SenderDirectory {
    private let contacts: [JSON]
    /// Whether all messages of the change name one sender; only then does a lone contact speak for all of them.
    private let hasOneSender: Bool

    init(contacts: [JSON], messages: [JSON]) {
        self.contacts = contacts
        hasOneSender = messages.dropFirst().allSatisfy {
            $0["from"] == messages.first?["from"] && $0["from_user_id"] == messages.first?["from_user_id"]
        }
    }

    /// The sender's identities, the business-scoped user id before the phone numbers, and the contact they match.
    ///
    /// Since 2026 `from` and `wa_id` may be missing, or hold the user id itself. `wa_id` may differ from `from` (the
    /// ninth digit of Brazilian and Mexican numbers): then both are kept.
    func sender(of message: JSON) -> (identities: [ContactIdentity], contact: JSON?) {
        let contact = contact(of: message)
        let given = [
            message["from_user_id"]?.string.flatMap(Self.userID), contact?["user_id"]?.string.flatMap(Self.userID),
            message["from"]?.identifier.flatMap(Self.identity), contact?["wa_id"]?.identifier.flatMap(Self.identity),
        ]
        var identities: [ContactIdentity] = []
        for kind in [ContactIdentity.Kind.whatsappUserID, .phone] {
            for case let identity? in given where identity.kind == kind && !identities.contains(identity) {
                identities.append(identity)
            }
        }
        return (identities, contact)
    }

    private func contact(of message: JSON) -> JSON? {
        let from = message["from"]?.identifier
        let userID = message["from_user_id"]?.string ?? from
        let match = contacts.first {
            (from != nil && $0["wa_id"]?.identifier == from) || (userID != nil && $0["user_id"]?.string == userID)
        }
        if let match { return match }
        guard contacts.count == 1, let only = contacts.first, hasOneSender else { return nil }
        // Two user ids that differ are two people, whatever else is missing.
        if let own = message["from_user_id"]?.string, let other = only["user_id"]?.string, own != other { return nil }
        return only
    }

    private static func userID(_ text: String) -> ContactIdentity? {
        text.isEmpty ? nil : ContactIdentity(.whatsappUserID, text)
    }

    /// A phone number, or a user id such as `US.13491208655302741918` in its place.
    private static func identity(_ text: String) -> ContactIdentity? {
        if let phone = PhoneNumber(text) { return ContactIdentity(.phone, phone.e164) }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 2, !parts[1].isEmpty,
            parts[0].allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        return ContactIdentity(.whatsappUserID, text)
    }
}
