public import AdapterKit

extension TenantStore {
    /// Puts a message into the outbox, once per idempotency key, if its channel can take it.
    public func enqueue(_ new: NewMessage, checks: SendChecks, at now: Timestamp) async throws -> EnqueueOutcome {
        try await write { context in
            let lookup = context.lookup
            let key = lookup.lookup(.idempotencyKey, new.idempotencyKey)
            let request = lookup.lookup(.request, String(decoding: new.request, as: UTF8.self))
            let earlier = try context.connection.first(Queries.messageByIdempotency, [.bytes(key)]) {
                ($0.integer(0), $0.optionalBytes(1))
            }
            if let (id, known) = earlier {
                return known == request ? .repeated(id: context.ids.text(.message, id)) : .conflict
            }
            if let refusal = try context.refusal(of: new, checks, now: now) { return refusal }
            return .queued(id: try context.enqueue(new, key: key, request: request, now: now))
        }
    }

    private enum Queries {
        static let messageByIdempotency: SQL = "SELECT id, request_lookup FROM messages WHERE idempotency_lookup = $1"
    }
}

extension WriteContext {
    fileprivate func enqueue(_ new: NewMessage, key: [UInt8], request: [UInt8], now: Timestamp) throws -> String {
        let contact =
            switch new.recipient {
            case .phone(let phone): try resolveContact([ContactIdentity(.phone, phone)], name: nil, now: now).id
            case .contact(let text): ids.number(.contact, text) ?? 0
            }
        let conversation = try resolveConversation(contact: contact, channel: new.channel, now: now)
        let id = nextNumber(now)
        let details = new.repliesTo.map { MessageDetails(repliesTo: MessageReference(id: $0)).json }
        try connection.run(
            Queries.insertMessage,
            [
                .integer(id), .integer(conversation.id), .integer(contact), .text(new.channel), .text(new.content.type),
                .bytes(try new.content.json.map { try seal($0.encoded, .messageContent, row: id, contact: contact) }),
                .bytes(try details.map { try seal($0.encoded, .messageDetails, row: id, contact: contact) }),
                .integer(new.repliesTo.flatMap { ids.number(.message, $0) }), .bytes(key), .bytes(request),
                .integer(now.milliseconds),
            ])
        try connection.run(
            Queries.insertOutbox,
            [.integer(id), .text(new.channel), .integer(conversation.id), .integer(now.milliseconds)])
        noteOutbox(new.channel)
        return ids.text(.message, id)
    }

    private enum Queries {
        static let insertMessage: SQL = """
            INSERT INTO messages (
                id, conversation_id, contact_id, channel, direction, type, status, content, details, reply_to_id,
                idempotency_lookup, request_lookup, created_at)
            VALUES ($1, $2, $3, $4, 'outbound', $5, 'queued', $6, $7, $8, $9, $10, $11)
            """
        static let insertOutbox: SQL = """
            INSERT INTO outbox (message_id, channel, conversation_id, attempts, available_at) VALUES ($1, $2, $3, 0, $4)
            """
    }
}
