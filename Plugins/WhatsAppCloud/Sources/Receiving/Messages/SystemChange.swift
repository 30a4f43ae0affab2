import AdapterKit

/// What a system message tells of a person's names.
///
/// Meta named the kinds and members anew more than once: `user_changed_number` and `user_changed_user_id` of today, the
/// older `customer_changed_number` with `new_wa_id` and `customer`, and `customer_identity_changed`, which changes no name.
struct SystemChange {
    let kind: String
    private let body: String?
    /// The names that the contact has in the hub: it must be found by them, so that it keeps its history.
    private(set) var known: [ContactIdentity] = []
    private(set) var added: [ContactIdentity] = []
    private(set) var retired: [ContactIdentity] = []

    init(_ message: MessageObject) {
        let system = message.raw["system"] ?? .null
        kind = system["type"]?.string ?? "unknown"
        body = system["body"]?.string
        let isNumber = kind.hasSuffix("changed_number")
        guard isNumber || kind.hasSuffix("changed_user_id") else {
            known = message.from.identities
            return
        }
        let new = PersonIDs(
            phone: (system["wa_id"] ?? system["new_wa_id"])?.identifier, userID: system["user_id"]?.identifier,
            parentUserID: system["parent_user_id"]?.identifier)
        let previous = PersonIDs(
            phone: system["customer"]?.identifier, userID: system["previous_user_id"]?.identifier,
            parentUserID: system["previous_parent_user_id"]?.identifier)
        let added = new.identities
        // Whether the message names its sender by the old or by the new names is not documented: what is new is told apart.
        for identity in previous.identities + message.from.identities where !added.contains(identity) {
            known.add(identity)
        }
        self.added = added
        let hasNew = Set(added.map(\.kind))
        retired = known.filter { identity in
            switch identity.kind {
            // A second number beside a changed user id may be the same one, spelled another way.
            case .phone: isNumber && hasNew.contains(.phone)
            default: hasNew.contains(identity.kind)
            }
        }
        known = known.steadiestFirst
        if known.isEmpty { (known, self.added) = (added, []) }
    }

    var notice: MessageContent.SystemNotice {
        MessageContent.SystemNotice(kind: kind, body: body, identities: added)
    }
}
