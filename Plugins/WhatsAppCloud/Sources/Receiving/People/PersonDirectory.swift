import AdapterKit

/// The ids by which a message, a status or a call names a person. Any may be missing, and since 2026 `phone` may hold a
/// user id.
struct PersonIDs: Equatable {
    var phone: String?
    var userID: String?
    var parentUserID: String?

    var identities: [ContactIdentity] {
        var identities: [ContactIdentity] = []
        identities.add(ContactIdentity(.whatsappUserID, cloud: userID))
        identities.add(ContactIdentity(.whatsappParentUserID, cloud: parentUserID))
        identities.add(phone.flatMap { ContactIdentity(cloud: $0) })
        return identities
    }
}

/// Somebody whom a change tells of.
struct Person {
    /// The steadiest first; empty when nobody could be told.
    var identities: [ContactIdentity]
    var profileName: String?
    var username: String?
}

/// Joins the people whom a change names by ids to its `contacts[]`.
struct PersonDirectory {
    private let contacts: [Contact]
    /// By each id; only for many, as a few are found faster by looking.
    private let index: [String: Int]
    private static let fewest = 8

    init(_ contacts: [JSON]) {
        self.contacts = contacts.map(Contact.init)
        guard contacts.count > Self.fewest else {
            index = [:]
            return
        }
        var index: [String: Int] = [:]
        for (position, contact) in self.contacts.enumerated() {
            for id in [contact.ids.phone, contact.ids.userID].compactMap(\.self) where index[id] == nil {
                index[id] = position
            }
        }
        self.index = index
    }

    /// The person for whom a lone contact speaks, although their ids differ: the one whom all items of the change name.
    /// An item that names nobody is none of theirs, unless all are such.
    func spokenFor(_ items: some Sequence<PersonIDs>) -> PersonIDs? {
        guard contacts.count == 1 else { return nil }
        var only = PersonIDs()
        for ids in items where ids != PersonIDs() {
            guard only == PersonIDs() || only == ids else { return nil }
            only = ids
        }
        return only
    }

    /// The person's identities, and the name of the contact that they match.
    ///
    /// `wa_id` may differ from the number that wrote (the ninth digit of Brazilian and Mexican numbers): both are kept.
    /// - Parameter isOnly: All items of the change name this one person.
    func person(_ ids: PersonIDs, isOnly: Bool) -> Person {
        var identities = ids.identities
        guard let contact = contact(ids, isOnly: isOnly) else {
            return Person(identities: identities.steadiestFirst)
        }
        for identity in contact.ids.identities { identities.add(identity) }
        return Person(
            identities: identities.steadiestFirst, profileName: contact.name, username: contact.username)
    }

    private func contact(_ ids: PersonIDs, isOnly: Bool) -> Contact? {
        let userID = ids.userID ?? ids.phone
        let match: Contact? =
            if contacts.count > Self.fewest {
                [ids.userID, ids.phone].lazy.compactMap { $0.flatMap { index[$0] } }.first.map { contacts[$0] }
            } else {
                contacts.first {
                    (ids.phone != nil && $0.ids.phone == ids.phone) || (userID != nil && $0.ids.userID == userID)
                }
            }
        if let match { return match }
        guard isOnly, contacts.count == 1, let only = contacts.first else { return nil }
        // Two user ids that differ are two people, whatever else is missing.
        if let own = ids.userID, let other = only.ids.userID, own != other { return nil }
        return only
    }

    /// `{"profile": {"name", "username"?}, "wa_id"?, "user_id"?, "parent_user_id"?}`.
    private struct Contact {
        var ids = PersonIDs()
        var name: String?
        var username: String?

        init(_ contact: JSON) {
            guard case .object(let members) = contact else { return }
            for member in members {
                switch member.name {
                case "wa_id": ids.phone = member.value.identifier
                case "user_id": ids.userID = member.value.identifier
                case "parent_user_id": ids.parentUserID = member.value.identifier
                case "profile":
                    name = Self.name(member.value["name"])
                    username = Self.name(member.value["username"])
                default: break
                }
            }
        }

        /// WhatsApp's names have at most 25 characters and usernames 35. Each message of the contact carries them, so one
        /// that is no name at all is cut.
        private static func name(_ name: JSON?) -> String? {
            guard let name = name?.string, !name.isEmpty else { return nil }
            return name.utf8.count <= 1024 ? name : String(name.unicodeScalars.prefix(256))
        }
    }
}
