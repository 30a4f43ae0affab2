import AdapterKit

extension TenantStore {
    /// The messages of a conversation in the order in which they came, the oldest first. What somebody said who was
    /// erased is left out of its entry.
    /// - Parameter after: the id of the message to go on from; nil for the start.
    /// - Returns: nil when there is no such conversation, or `after` is no message's id.
    public func transcript(conversation: String, after: String?, limit: Int) async throws -> [TranscriptEntry]? {
        try await read { context in
            guard let id = context.ids.number(.conversation, conversation),
                try context.connection.first(Queries.conversationExists, [.integer(id)], { _ in true }) != nil
            else { return nil }
            var start: Int64 = 0
            if let after {
                guard let number = context.ids.number(.message, after) else { return nil }
                start = number
            }
            return try context.connection.rows(
                Queries.messages, [.integer(id), .integer(start), .integer(Int64(limit))], context.transcriptEntry
            ).map { try context.withMedia($0) }
        }
    }

    private enum Queries {
        static let conversationExists: SQL = "SELECT id FROM conversations WHERE id = $1"
        static let messages: SQL = """
            SELECT messages.id, messages.contact_id, messages.direction, messages.type, messages.content,
                messages.sent_at, messages.created_at, contacts.name
            FROM messages JOIN contacts ON contacts.id = messages.contact_id
            WHERE messages.conversation_id = $1 AND messages.id > $2 ORDER BY messages.id LIMIT $3
            """
    }
}

extension ReadContext {
    fileprivate func transcriptEntry(_ row: any SQLRow) throws -> TranscriptEntry {
        let id = row.integer(0)
        let contact = row.integer(1)
        guard let direction = MessageRecord.Direction(rawValue: row.text(2)) else {
            throw StoreError(.failed, "a message has an unknown direction")
        }
        var entry = TranscriptEntry(
            messageID: ids.text(.message, id), direction: direction,
            at: Timestamp(milliseconds: row.optionalInteger(5) ?? row.integer(6)), type: row.text(3), mediaIDs: [])
        do {
            entry.content = try openJSON(row.optionalBytes(4), .messageContent, row: id, contact: contact)
            if direction == .inbound {
                entry.author = try openText(row.optionalBytes(7), .contactName, row: contact, contact: contact)
            }
        } catch let error as StoreError where error.code == .unsealable {
            return entry
        }
        entry.text = entry.content.flatMap(Self.words)
        return entry
    }

    private static func words(_ content: JSON) -> String? {
        let body = content["body"]
        let words = [
            body, body?["text"], content["caption"], content["text"], content["button_reply"]?["title"],
            content["list_reply"]?["title"],
        ]
        return words.lazy.compactMap { $0?.string }.first
    }

    /// What a person wrote is not searched for ids: they could name anybody's media.
    fileprivate func withMedia(_ entry: TranscriptEntry) throws -> TranscriptEntry {
        var entry = entry
        switch entry.direction {
        case .inbound:
            guard let id = ids.number(.message, entry.messageID) else { return entry }
            entry.mediaIDs = try connection.rows(Queries.media, [.integer(id)]) { ids.text(.media, $0.integer(0)) }
        case .outbound: entry.mediaIDs = MessageContent(type: entry.type, json: entry.content).mediaIDs
        }
        return entry
    }

    private enum Queries {
        static let media: SQL = "SELECT id FROM media WHERE message_id = $1 ORDER BY id"
    }
}
