import AdapterKit

extension ContactIdentity {
    /// Longer than any id that Meta describes (160), shorter than what could do harm.
    private static let longestID = 256

    /// A phone number, or in its place a user id such as `US.13491208655302741918`: since 2026 both were seen in `from`
    /// and `wa_id`.
    init?(cloud text: String) {
        if let phone = PhoneNumber(text) {
            self.init(.phone, phone.e164)
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 2, !parts[1].isEmpty, text.utf8.count <= Self.longestID,
            parts[0].allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        self.init(parts[1].starts(with: "ENT.".utf8) ? .whatsappParentUserID : .whatsappUserID, text)
    }

    /// An id in the member that is made for it.
    init?(_ kind: Kind, cloud text: String?) {
        guard let text, !text.isEmpty, text.utf8.count <= Self.longestID else { return nil }
        self.init(kind, text)
    }
}

extension [ContactIdentity] {
    /// Adds an identity that is not among them.
    mutating func add(_ identity: ContactIdentity?) {
        if let identity, !contains(identity) { append(identity) }
    }

    /// The steadiest first: the user id, the user id over several portfolios, the phone numbers.
    var steadiestFirst: [ContactIdentity] {
        guard count > 1 else { return self }
        let order: [ContactIdentity.Kind] = [.whatsappUserID, .whatsappParentUserID, .phone, .whatsappGroup]
        return order.flatMap { kind in filter { $0.kind == kind } }
    }
}
