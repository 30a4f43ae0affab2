public import AdapterKit

extension TenantStore {
    /// Puts a message into the outbox, once per idempotency key.
    public func enqueue(_ new: NewMessage, at now: Timestamp) async throws -> EnqueueOutcome {
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
            let contact: Int64
            switch new.recipient {
            case .phone(let phone):
                contact = try context.resolveContact([ContactIdentity(.phone, phone)], name: nil, now: now).id
            case .contact(let text):
                guard let id = context.ids.number(.contact, text),
                    try context.connection.first(Queries.contactExists, [.integer(id)], { _ in true }) != nil
                else { return .unknownContact }
                contact = id
            }
            let conversation = try context.resolveConversation(contact: contact, channel: new.channel, now: now)
            let id = context.nextNumber(now)
            try context.connection.run(
                Queries.insertMessage,
                [
                    .integer(id), .integer(conversation), .integer(contact), .text(new.channel),
                    .text(new.content.type),
                    .bytes(
                        try new.content.json.map {
                            try context.seal($0.encoded, .messageContent, row: id, contact: contact)
                        }
                    ),
                    .bytes(key), .bytes(request), .integer(now.milliseconds),
                ])
            try context.connection.run(
                Queries.insertOutbox,
                [.integer(id), .text(new.channel), .integer(conversation), .integer(now.milliseconds)])
            context.noteOutbox(new.channel)
            return .queued(id: context.ids.text(.message, id))
        }
    }

    /// Takes up to `limit` messages of a channel that are due, the oldest of each conversation that has none leased. A
    /// message is leased to be sent at once: when its result is not settled before the hub stops, it is taken to be uncertain.
    public func lease(channel: String, limit: Int, at now: Timestamp) async throws -> [LeasedMessage] {
        try await write { context in
            let due = try context.connection.rows(
                Queries.due, [.text(channel), .integer(now.milliseconds), .integer(Int64(limit))]
            ) { row in (id: row.integer(0), attempts: row.integer(1)) }
            return try due.map { item in
                try context.connection.run(Queries.lease, [.integer(now.milliseconds), .integer(item.id)])
                try context.connection.run(Queries.setSending, [.integer(item.id)])
                return try context.leased(item.id, attempt: Int(item.attempts) + 1)
            }
        }
    }

    /// Writes down what became of a leased message.
    public func settle(_ leased: LeasedMessage, _ result: SendResult, at now: Timestamp) async throws {
        try await write { context in
            guard let message = try context.outboundMessage(leased.number) else { return }
            context.noteOutbox(message.channel)
            // A status that came before the answer has settled it already.
            let isBound = try context.connection.first(Queries.outboxItem, [.integer(message.id)]) { _ in true } == nil
            switch result {
            case .again where isBound, .failed where isBound, .uncertain where isBound: return
            case .again(let at, let counts):
                try context.connection.run(
                    Queries.release, [.integer(at.milliseconds), .integer(counts ? 1 : 0), .integer(message.id)])
                try context.connection.run(Queries.setQueued, [.integer(message.id)])
            case .accepted(let providerID):
                try context.connection.run(Queries.deleteFromOutbox, [.integer(message.id)])
                if !isBound { try context.bind(message, providerID: providerID) }
                try context.advance(message, to: .accepted, providerStatus: nil, failure: nil, at: now)
                var accepted = message
                accepted.status = max(message.status, .accepted)
                try context.applyParked(to: accepted, providerID: providerID)
            case .failed(let reason):
                try context.connection.run(Queries.deleteFromOutbox, [.integer(message.id)])
                try context.advance(message, to: .failed, providerStatus: nil, failure: reason, at: now)
            case .uncertain(let reason):
                try context.connection.run(Queries.deleteFromOutbox, [.integer(message.id)])
                try context.advance(message, to: .uncertain, providerStatus: nil, failure: reason, at: now)
            }
        }
    }

    /// Makes every leased message uncertain: whoever leased them is gone, and so is the answer. Returns how many.
    public func recoverLeases(at now: Timestamp) async throws -> Int {
        try await write { context in
            let leased = try context.connection.rows(Queries.leasedItems, []) { $0.integer(0) }
            for id in leased {
                try context.connection.run(Queries.deleteFromOutbox, [.integer(id)])
                guard let message = try context.outboundMessage(id) else { continue }
                try context.advance(
                    message, to: .uncertain, providerStatus: nil,
                    failure: FailureReason(code: "interrupted", title: "The hub stopped before the answer came"),
                    at: now)
            }
            return leased.count
        }
    }

    /// Settles an uncertain message by a person's word. Returns the message, or nil when there is no such message.
    /// - Throws: ``ResolutionRefused`` when the message is not uncertain.
    public func resolve(message text: String, as resolution: Resolution, at now: Timestamp) async throws
        -> MessageRecord?
    {
        try await write { context in
            guard let id = context.ids.number(.message, text), let message = try context.outboundMessage(id) else {
                return nil
            }
            guard message.status == .uncertain else { throw ResolutionRefused(status: message.status) }
            switch resolution {
            case .fail:
                try context.advance(
                    message, to: .failed, providerStatus: nil,
                    failure: FailureReason(code: "given_up", title: "Resolved as failed by a person"), at: now)
            case .resend:
                try context.connection.run(Queries.setQueued, [.integer(id)])
                try context.connection.run(
                    Queries.insertOutbox,
                    [.integer(id), .text(message.channel), .integer(message.conversation), .integer(now.milliseconds)])
                context.noteOutbox(message.channel)
            }
            return try context.read.message(id)
        }
    }

    /// When the next message of a channel becomes due: one that waits behind another of its conversation is none.
    public func nextDue(channel: String) async throws -> Timestamp? {
        try await read { context in
            try context.connection.first(Queries.nextDue, [.text(channel)]) { row in
                row.optionalInteger(0).map { Timestamp(milliseconds: $0) }
            } ?? nil
        }
    }

    private enum Queries {
        static let messageByIdempotency: SQL = "SELECT id, request_lookup FROM messages WHERE idempotency_lookup = $1"
        static let contactExists: SQL = "SELECT id FROM contacts WHERE id = $1"
        static let insertMessage: SQL = """
            INSERT INTO messages (
                id, conversation_id, contact_id, channel, direction, type, status, content, idempotency_lookup,
                request_lookup, created_at)
            VALUES ($1, $2, $3, $4, 'outbound', $5, 'queued', $6, $7, $8, $9)
            """
        static let insertOutbox: SQL = """
            INSERT INTO outbox (message_id, channel, conversation_id, attempts, available_at) VALUES ($1, $2, $3, 0, $4)
            """
        static let due: SQL = """
            SELECT message_id, attempts FROM outbox AS item
            WHERE channel = $1 AND available_at <= $2 AND leased_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.conversation_id = item.conversation_id
                    AND (other.message_id < item.message_id OR other.leased_at IS NOT NULL))
            ORDER BY message_id LIMIT $3
            """
        static let lease: SQL = "UPDATE outbox SET leased_at = $1 WHERE message_id = $2"
        static let release: SQL = """
            UPDATE outbox SET leased_at = NULL, available_at = $1, attempts = attempts + $2 WHERE message_id = $3
            """
        static let setSending: SQL = "UPDATE messages SET status = 'sending' WHERE id = $1 AND status = 'queued'"
        static let setQueued: SQL = """
            UPDATE messages SET status = 'queued', failure_code = NULL, failure_title = NULL, failure_detail = NULL
            WHERE id = $1 AND status IN ('sending', 'uncertain')
            """
        static let outboxItem: SQL = "SELECT message_id FROM outbox WHERE message_id = $1"
        static let deleteFromOutbox: SQL = "DELETE FROM outbox WHERE message_id = $1"
        static let leasedItems: SQL = "SELECT message_id FROM outbox WHERE leased_at IS NOT NULL ORDER BY message_id"
        static let nextDue: SQL = """
            SELECT MIN(available_at) FROM outbox AS item
            WHERE channel = $1 AND leased_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.conversation_id = item.conversation_id
                    AND (other.message_id < item.message_id OR other.leased_at IS NOT NULL))
            """
    }
}

/// A message that is not uncertain cannot be resolved.
public struct ResolutionRefused: Error, Sendable {
    public let status: MessageStatus
}

extension WriteContext {
    func outboundMessage(_ id: Int64) throws -> MessageState? {
        try connection.first(Queries.outboundMessage, [.integer(id)], Self.messageState)
    }

    func leased(_ id: Int64, attempt: Int) throws -> LeasedMessage {
        let row = try connection.first(Queries.outgoing, [.integer(id)]) { row in
            (contact: row.integer(0), type: row.text(1), content: row.optionalBytes(2), createdAt: row.integer(3))
        }
        guard let row else { throw StoreError(.failed, "a message of the outbox is gone") }
        let content = try read.openJSON(row.content, .messageContent, row: id, contact: row.contact)
        return LeasedMessage(
            message: OutboundMessage(
                id: ids.text(.message, id), recipient: try read.identities(contact: row.contact),
                content: MessageContent(type: row.type, json: content)),
            attempt: attempt, queuedAt: Timestamp(milliseconds: row.createdAt), number: id)
    }

    private enum Queries {
        static let outboundMessage: SQL = """
            SELECT id, conversation_id, contact_id, channel, status FROM messages
            WHERE id = $1 AND direction = 'outbound'
            """
        static let outgoing: SQL = "SELECT contact_id, type, content, created_at FROM messages WHERE id = $1"
    }
}
