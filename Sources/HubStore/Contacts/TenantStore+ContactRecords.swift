public import AdapterKit

extension TenantStore {
    /// Keeps what a business system knows of a contact, in the place of what it said before under the same id.
    /// Returns false when there is no such contact.
    @discardableResult
    public func attach(_ record: NewContactRecord, at now: Timestamp) async throws -> Bool {
        try await write { try $0.attach(record, at: now) }
    }

    /// What business systems know of a contact, the newest last. None when there is no such contact.
    public func records(of contact: String) async throws -> [ContactRecordEntry] {
        try await read { context in
            guard let id = context.ids.number(.contact, contact) else { return [] }
            return try context.connection.rows(Queries.records, [.integer(id)]) { row in
                let number = row.integer(0)
                let externalID = try context.open(row.bytes(2), .recordExternalID, row: number, contact: id)
                return ContactRecordEntry(
                    contactID: contact, system: row.text(1), externalID: String(decoding: externalID, as: UTF8.self),
                    data: try JSON.parse(try context.open(row.bytes(3), .recordData, row: number, contact: id)),
                    updatedAt: Timestamp(milliseconds: row.integer(4)))
            }
        }
    }

    /// Forgets one record. Returns false when there is none.
    @discardableResult
    public func detach(system: String, externalID: String) async throws -> Bool {
        try await write { try $0.detach(system, externalID) }
    }

    /// Forgets all that a system said of contacts. Returns how many records.
    @discardableResult
    public func detachAll(system: String) async throws -> Int {
        try await write { try $0.detachAll(system) }
    }

    /// The contact with a phone number.
    /// - Parameter phone: in E.164 with its plus.
    public func contact(byPhone phone: String) async throws -> ContactRecord? {
        try await read { context in
            let lookup = context.store.keys.lookup.lookup(.identity, ContactIdentity.Kind.phone.rawValue, phone)
            let id = try context.connection.first(Queries.byIdentity, [.bytes(lookup)]) { $0.integer(0) }
            return try id.flatMap { try context.contact($0) }
        }
    }

    /// The contact whom a business system knows by an e-mail. Nil also when it is one of several contacts.
    public func contact(byEmail email: String) async throws -> ContactRecord? {
        try await read { context in
            let lookup = context.store.keys.lookup.emailLookup(email)
            let ids = try context.connection.rows(Queries.byEmail, [.bytes(lookup)]) { $0.integer(0) }
            return ids.count == 1 ? try context.contact(ids[0]) : nil
        }
    }

    /// Tells of an order in the tenant's log, in the conversation that the contact wrote in last.
    /// Returns false when there is no such contact.
    @discardableResult
    public func tell(_ order: OrderUpdate) async throws -> Bool {
        try await write { try $0.tell(order) }
    }

    private enum Queries {
        static let records: SQL = """
            SELECT id, system, external_id, data, updated_at FROM contact_records WHERE contact_id = $1 ORDER BY id
            """
        static let byIdentity: SQL = "SELECT contact_id FROM contact_identities WHERE lookup = $1"
        static let byEmail: SQL = "SELECT DISTINCT contact_id FROM contact_records WHERE email_lookup = $1 LIMIT 2"
    }
}

extension LookupKey {
    /// Of an address as people compare them: shops do not keep the case that was typed.
    fileprivate func emailLookup(_ email: String) -> [UInt8] { lookup(.recordEmail, email.lowercased()) }
}

extension WriteContext {
    func attach(_ record: NewContactRecord, at now: Timestamp) throws -> Bool {
        guard let contact = ids.number(.contact, record.contact),
            try connection.first(Queries.contact, [.integer(contact)], { _ in true }) != nil
        else { return false }
        let key = lookup.lookup(.contactRecord, record.system, record.externalID)
        let known = try connection.first(Queries.byKey, [.bytes(key)]) { $0.integer(0) }
        let id = known ?? nextNumber(now)
        // Sealed anew as a whole: the contact may be another, whose key is.
        let values: [SQLValue] = [
            .integer(contact), .bytes(record.email.map { lookup.emailLookup($0) }),
            .bytes(try seal(record.externalID, .recordExternalID, row: id, contact: contact)),
            .bytes(try seal(record.data.encoded, .recordData, row: id, contact: contact)), .integer(now.milliseconds),
            .integer(id),
        ]
        if known == nil {
            try connection.run(Queries.insert, values + [.text(record.system), .bytes(key)])
        } else {
            try connection.run(Queries.update, values)
        }
        return true
    }

    func detach(_ system: String, _ externalID: String) throws -> Bool {
        try connection.run(Queries.detach, [.bytes(lookup.lookup(.contactRecord, system, externalID))]) > 0
    }

    func detachAll(_ system: String) throws -> Int { try connection.run(Queries.detachAll, [.text(system)]) }

    @discardableResult
    func tell(_ order: OrderUpdate) throws -> Bool {
        guard let contact = ids.number(.contact, order.contact),
            try connection.first(Queries.contact, [.integer(contact)], { _ in true }) != nil
        else { return false }
        let conversation = try connection.first(Queries.conversation, [.integer(contact)]) {
            (id: $0.integer(0), channel: $0.text(1))
        }
        try append(
            NewEvent(
                type: .orderUpdated, channel: conversation?.channel, conversation: conversation?.id, contact: contact,
                data: .object([
                    "system": .string(order.system), "channel": conversation.map { .string($0.channel) } ?? .null,
                    "conversation_id": conversation.map { .string(ids.text(.conversation, $0.id)) } ?? .null,
                    "contact_id": .string(order.contact), "order": order.order,
                ]), occurredAt: order.occurredAt))
        return true
    }

    private enum Queries {
        static let contact: SQL = "SELECT id FROM contacts WHERE id = $1"
        static let byKey: SQL = "SELECT id FROM contact_records WHERE lookup = $1"
        static let insert: SQL = """
            INSERT INTO contact_records (
                contact_id, email_lookup, external_id, data, updated_at, id, system, lookup)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """
        static let update: SQL = """
            UPDATE contact_records SET contact_id = $1, email_lookup = $2, external_id = $3, data = $4, updated_at = $5
            WHERE id = $6
            """
        static let detach: SQL = "DELETE FROM contact_records WHERE lookup = $1"
        static let detachAll: SQL = "DELETE FROM contact_records WHERE system = $1"
        static let conversation: SQL = """
            SELECT id, channel FROM conversations WHERE contact_id = $1
            ORDER BY COALESCE((SELECT MAX(id) FROM messages WHERE conversation_id = conversations.id), id) DESC
            LIMIT 1
            """
    }
}
