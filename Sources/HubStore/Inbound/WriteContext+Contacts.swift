import AdapterKit

/// A contact and what was found of it.
struct ResolvedContact {
    var id: Int64
    var name: String?
    var isNew: Bool
}

/// A conversation and until when a free answer is possible, in milliseconds.
struct ResolvedConversation {
    var id: Int64
    var windowClosesAt: Int64?
}

extension WriteContext {
    /// Finds the contact by the first of the identities that is known, or makes one; adds identities that are new.
    ///
    /// An identity that already belongs to another contact stays there: phone numbers pass from person to person, so two
    /// contacts are never joined on their own. For the same reason a contact that is known by another identity of a
    /// steadier kind is somebody else, though the phone number is the same.
    /// - Parameter isSilent: no event tells of what changed.
    func resolveContact(
        _ sender: [ContactIdentity], name: String?, username: String? = nil, isSilent: Bool = false, now: Timestamp
    ) throws -> ResolvedContact {
        let identities = sender.enumerated().filter { !sender[..<$0.offset].contains($0.element) }.map(\.element)
        let lookups = identities.map { lookup.lookup(.identity, $0.kind.rawValue, $0.value) }
        let known = try lookups.map { lookup in
            try connection.first(Queries.identityOwner, [.bytes(lookup)]) { row in
                (id: row.integer(0), nameLookup: row.optionalBytes(1))
            }
        }
        let owners = known.map { $0?.id }
        let found = try owner(of: identities, owners)
        let isNew = found == nil
        let id = found ?? nextNumber(now)
        if isNew {
            _ = store.keys.makeKey(contact: id)
            try connection.run(Queries.insertContact, [.integer(id), .integer(now.milliseconds)])
        }
        var isChanged = false
        for (index, identity) in identities.enumerated() where owners[index] == nil {
            try addIdentity(identity, lookup: lookups[index], to: id, now: now)
            isChanged = true
        }
        if isChanged, !isNew { try connection.run(Queries.touchContact, [.integer(now.milliseconds), .integer(id)]) }
        let nameLookup = known.first { $0?.id == id }??.nameLookup
        let named = try updateName(name, username, knownBy: nameLookup, contact: id, now: now)
        if !isNew, !isSilent, isChanged || named.isChanged { try noteContact(id, at: now) }
        return ResolvedContact(id: id, name: named.name, isNew: isNew)
    }

    /// The contact of the first identity that is known.
    func knownContact(_ identities: [ContactIdentity]) throws -> Int64? {
        for identity in identities {
            if let owner = try owner(of: identity) { return owner }
        }
        return nil
    }

    func owner(of identity: ContactIdentity) throws -> Int64? {
        let lookup = lookup.lookup(.identity, identity.kind.rawValue, identity.value)
        return try connection.first(Queries.identityOwner, [.bytes(lookup)]) { $0.integer(0) }
    }

    /// Gives a contact the identities that nobody has. Says whether there were any.
    func addIdentities(_ identities: [ContactIdentity], to contact: Int64, now: Timestamp) throws -> Bool {
        var isChanged = false
        for identity in identities where try owner(of: identity) == nil {
            let lookup = lookup.lookup(.identity, identity.kind.rawValue, identity.value)
            try addIdentity(identity, lookup: lookup, to: contact, now: now)
            isChanged = true
        }
        return isChanged
    }

    /// Tells that a contact changed.
    func noteContact(_ id: Int64, at now: Timestamp) throws {
        try append(
            NewEvent(
                type: .contactUpdated, contact: id, data: .object(["contact": try read.contact(id)?.json]),
                occurredAt: now))
    }

    private func addIdentity(_ identity: ContactIdentity, lookup: [UInt8], to contact: Int64, now: Timestamp) throws {
        let row = nextNumber(now)
        try connection.run(
            Queries.insertIdentity,
            [
                .integer(row), .integer(contact), .text(identity.kind.rawValue), .bytes(lookup),
                .bytes(try seal(identity.value, .identityValue, row: row, contact: contact)),
            ])
    }

    private func owner(of identities: [ContactIdentity], _ owners: [Int64?]) throws -> Int64? {
        guard let index = owners.firstIndex(where: { $0 != nil }), let owner = owners[index] else { return nil }
        let steadier = Set(identities[..<index].map(\.kind)).subtracting([identities[index].kind])
        // A user id is scoped to one of the business's portfolios and the parent id to all of them: of the same person,
        // neither speaks against the other.
        guard identities[index].kind == .phone, !steadier.isEmpty else { return owner }
        let kinds = try connection.rows(Queries.identityKinds, [.integer(owner)]) { $0.text(0) }
        return kinds.contains { kind in steadier.contains { $0.rawValue == kind } } ? nil : owner
    }

    private func updateName(
        _ name: String?, _ username: String?, knownBy known: [UInt8]?, contact: Int64, now: Timestamp
    ) throws -> (name: String?, isChanged: Bool) {
        guard let name, !name.isEmpty else {
            let sealed = try connection.first(Queries.contactName, [.integer(contact)]) { $0.optionalBytes(0) } ?? nil
            return (try read.openText(sealed, .contactName, row: contact, contact: contact), false)
        }
        let digest = username.map { lookup.lookup(.contactName, name, $0) } ?? lookup.lookup(.contactName, name)
        guard digest != known else { return (name, false) }
        try connection.run(
            Queries.renameContact,
            [
                .bytes(try seal(name, .contactName, row: contact, contact: contact)),
                .bytes(try username.map { try seal($0, .contactUsername, row: contact, contact: contact) }),
                .bytes(digest), .integer(now.milliseconds), .integer(contact),
            ])
        return (name, true)
    }

    /// Finds the contact's conversation on the channel, or opens one.
    func resolveConversation(contact: Int64, channel: String, now: Timestamp) throws -> ResolvedConversation {
        let known = try connection.first(Queries.conversation, [.integer(contact), .text(channel)]) {
            ResolvedConversation(id: $0.integer(0), windowClosesAt: $0.optionalInteger(1))
        }
        if let known { return known }
        let id = nextNumber(now)
        try connection.run(
            Queries.insertConversation, [.integer(id), .integer(contact), .text(channel), .integer(now.milliseconds)])
        return ResolvedConversation(id: id)
    }

    private enum Queries {
        static let identityOwner: SQL = """
            SELECT contact_id, name_lookup FROM contact_identities JOIN contacts ON contacts.id = contact_id
            WHERE lookup = $1
            """
        static let insertContact: SQL = "INSERT INTO contacts (id, created_at, updated_at) VALUES ($1, $2, $2)"
        static let insertIdentity: SQL = """
            INSERT INTO contact_identities (id, contact_id, kind, lookup, value) VALUES ($1, $2, $3, $4, $5)
            """
        static let identityKinds: SQL = "SELECT kind FROM contact_identities WHERE contact_id = $1"
        static let touchContact: SQL = "UPDATE contacts SET updated_at = $1 WHERE id = $2"
        static let contactName: SQL = "SELECT name FROM contacts WHERE id = $1"
        static let renameContact: SQL = """
            UPDATE contacts SET name = $1, username = COALESCE($2, username), name_lookup = $3, updated_at = $4
            WHERE id = $5
            """
        static let conversation: SQL = """
            SELECT id, window_closes_at FROM conversations WHERE contact_id = $1 AND channel = $2
            """
        static let insertConversation: SQL = """
            INSERT INTO conversations (id, contact_id, channel, state, created_at) VALUES ($1, $2, $3, 'open', $4)
            """
    }
}
