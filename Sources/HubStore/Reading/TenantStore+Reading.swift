import AdapterKit

/// A page of a list: the newest first, and where the next page starts.
public struct Page<Element: Sendable>: Sendable {
    public var elements: [Element]
    /// The id to ask for the next page after; nil when this is the last.
    public var next: String?
}

extension TenantStore {
    /// The message, or nil when the tenant has none of that id.
    public func message(id text: String) async throws -> MessageRecord? {
        try await read { context in
            try context.ids.number(.message, text).flatMap { try context.message($0) }
        }
    }

    /// The newest conversations first. Nil when `after` is no id of a conversation.
    public func conversations(after: String?, limit: Int) async throws -> Page<ConversationRecord>? {
        try await read { context in
            guard let start = context.start(.conversation, after) else { return nil }
            let found = try context.connection.rows(
                Queries.conversations, [.integer(start), .integer(Int64(limit + 1))]
            ) {
                ConversationRecord(
                    id: context.ids.text(.conversation, $0.integer(0)),
                    contactID: context.ids.text(.contact, $0.integer(1)), channel: $0.text(2), state: $0.text(3),
                    lastMessageAt: Timestamp(milliseconds: $0.integer(4)),
                    createdAt: Timestamp(milliseconds: $0.integer(5)),
                    windowClosesAt: $0.optionalInteger(6).map { Timestamp(milliseconds: $0) },
                    freeEntryClosesAt: $0.optionalInteger(7).map { Timestamp(milliseconds: $0) })
            }
            return page(found, limit: limit, id: \.id)
        }
    }

    /// The newest messages of a conversation first. Nil when there is no such conversation, or `after` is no message's id.
    public func messages(conversation: String, after: String?, limit: Int) async throws -> Page<MessageRecord>? {
        try await read { context in
            guard let id = context.ids.number(.conversation, conversation),
                try context.connection.first(Queries.conversationExists, [.integer(id)], { _ in true }) != nil,
                let start = context.start(.message, after)
            else { return nil }
            let found = try context.connection.rows(
                Queries.messages, [.integer(id), .integer(start), .integer(Int64(limit + 1))], context.messageRecord)
            return page(found, limit: limit, id: \.id)
        }
    }

    /// The contact, or nil when the tenant has none of that id.
    public func contact(id text: String) async throws -> ContactRecord? {
        try await read { context in
            try context.ids.number(.contact, text).flatMap { try context.contact($0) }
        }
    }

    /// The newest contacts first. Nil when `after` is no contact's id.
    public func contacts(after: String?, limit: Int) async throws -> Page<ContactRecord>? {
        try await read { context in
            guard let start = context.start(.contact, after) else { return nil }
            let ids = try context.connection.rows(Queries.contacts, [.integer(start), .integer(Int64(limit + 1))]) {
                $0.integer(0)
            }
            return page(try ids.compactMap { try context.contact($0) }, limit: limit, id: \.id)
        }
    }

    private enum Queries {
        static let conversations: SQL = """
            SELECT id, contact_id, channel, state,
                COALESCE((
                    SELECT created_at FROM messages WHERE conversation_id = conversations.id ORDER BY id DESC LIMIT 1
                ), created_at),
                created_at, window_closes_at, free_entry_closes_at
            FROM conversations
            WHERE id < $1 ORDER BY id DESC LIMIT $2
            """
        static let conversationExists: SQL = "SELECT id FROM conversations WHERE id = $1"
        static let messages: SQL = """
            SELECT id, conversation_id, contact_id, channel, direction, type, status, failure_code, failure_title,
                failure_detail, provider_id, content, raw, sent_at, created_at, details, provider_state, pricing_model,
                pricing_type, pricing_category, edited_at, revoked_at
            FROM messages WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
            """
        static let contacts: SQL = "SELECT id FROM contacts WHERE id < $1 ORDER BY id DESC LIMIT $2"
    }
}

extension ReadContext {
    /// Where a page that follows `after` starts; the very first when there is no `after`, nil when it is no such id.
    func start(_ kind: IDKind, _ after: String?) -> Int64? {
        guard let after else { return .max }
        return ids.number(kind, after)
    }
}

/// Cuts a page from what was found with one element more than asked for.
func page<Element: Sendable>(_ found: [Element], limit: Int, id: (Element) -> String) -> Page<Element> {
    let elements = Array(found.prefix(limit))
    return Page(elements: elements, next: found.count > limit ? elements.last.map(id) : nil)
}
