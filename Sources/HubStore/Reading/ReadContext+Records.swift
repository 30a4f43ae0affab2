import AdapterKit

extension ReadContext {
    func identities(contact: Int64) throws -> [ContactIdentity] {
        try connection.rows(Queries.identities, [.integer(contact)]) { row in
            (id: row.integer(0), kind: row.text(1), value: row.bytes(2))
        }.compactMap { row in
            guard let kind = ContactIdentity.Kind(rawValue: row.kind) else { return nil }
            let value = try open(row.value, .identityValue, row: row.id, contact: contact)
            return ContactIdentity(kind, String(decoding: value, as: UTF8.self))
        }
    }

    func contact(_ id: Int64) throws -> ContactRecord? {
        let row = try connection.first(Queries.contact, [.integer(id)]) { row in
            (
                name: row.optionalBytes(0), createdAt: row.integer(1), updatedAt: row.integer(2),
                username: row.optionalBytes(3)
            )
        }
        return try row.map { row in
            ContactRecord(
                id: ids.text(.contact, id), name: try openText(row.name, .contactName, row: id, contact: id),
                identities: try identities(contact: id),
                username: try openText(row.username, .contactUsername, row: id, contact: id),
                consents: try consents(contact: id), createdAt: Timestamp(milliseconds: row.createdAt),
                updatedAt: Timestamp(milliseconds: row.updatedAt))
        }
    }

    private func consents(contact: Int64) throws -> [ContactRecord.Consent] {
        try connection.rows(Queries.consents, [.integer(contact)]) { row in
            ContactRecord.Consent(
                channel: row.text(0), purpose: row.text(1), isGranted: row.integer(2) != 0,
                changedAt: Timestamp(milliseconds: row.integer(3)))
        }
    }

    func message(_ id: Int64) throws -> MessageRecord? {
        try connection.first(Queries.message, [.integer(id)], messageRecord)
    }

    /// Reads a row of ``messageColumns``.
    func messageRecord(_ row: any SQLRow) throws -> MessageRecord {
        let id = row.integer(0)
        let contact = row.integer(2)
        guard let direction = MessageRecord.Direction(rawValue: row.text(4)),
            let status = MessageStatus(rawValue: row.text(6))
        else { throw StoreError(.failed, "a message has an unknown direction or status") }
        let content = try openJSON(row.optionalBytes(11), .messageContent, row: id, contact: contact)
        // The provider's object is shown only where there is no model of it.
        let raw = content == nil ? try openJSON(row.optionalBytes(12), .messageRaw, row: id, contact: contact) : nil
        let detail = try openText(row.optionalBytes(9), .messageFailureDetail, row: id, contact: contact)
        return MessageRecord(
            id: ids.text(.message, id), channel: row.text(3), conversationID: ids.text(.conversation, row.integer(1)),
            contactID: ids.text(.contact, contact), direction: direction, status: status,
            failure: row.optionalText(7).map {
                FailureReason(code: $0, title: row.optionalText(8) ?? "", detail: detail)
            },
            body: MessageBody(type: row.text(5), content: content, raw: raw),
            providerID: try openText(row.optionalBytes(10), .messageProviderID, row: id, contact: contact),
            details: try openJSON(row.optionalBytes(15), .messageDetails, row: id, contact: contact),
            providerState: row.optionalText(16),
            pricing: row.isNull(17) && row.isNull(18) && row.isNull(19)
                ? nil
                : StatusUpdate.Pricing(
                    model: row.optionalText(17), type: row.optionalText(18), category: row.optionalText(19)),
            createdAt: Timestamp(milliseconds: row.integer(14)),
            sentAt: row.optionalInteger(13).map { Timestamp(milliseconds: $0) },
            editedAt: row.optionalInteger(20).map { Timestamp(milliseconds: $0) },
            revokedAt: row.optionalInteger(21).map { Timestamp(milliseconds: $0) })
    }

    private enum Queries {
        static let identities: SQL = "SELECT id, kind, value FROM contact_identities WHERE contact_id = $1 ORDER BY id"
        static let contact: SQL = "SELECT name, created_at, updated_at, username FROM contacts WHERE id = $1"
        static let consents: SQL = """
            SELECT channel, purpose, is_granted, changed_at FROM consents WHERE contact_id = $1
            ORDER BY channel, purpose
            """
        static let message: SQL = """
            SELECT id, conversation_id, contact_id, channel, direction, type, status, failure_code, failure_title,
                failure_detail, provider_id, content, raw, sent_at, created_at, details, provider_state, pricing_model,
                pricing_type, pricing_category, edited_at, revoked_at
            FROM messages WHERE id = $1
            """
    }
}
