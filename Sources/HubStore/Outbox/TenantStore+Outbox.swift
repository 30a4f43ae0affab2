public import AdapterKit

extension TenantStore {
    /// Takes up to `limit` messages of a channel that are due, the oldest of each conversation that has none leased. A
    /// message is leased to be sent at once: when its result is not settled before the hub stops, it is taken to be uncertain.
    ///
    /// A template to somebody whom the business has not written to lately waits while the limit of such people is reached.
    public func lease(
        channel: String, limit: Int, introductions: IntroductionLimit? = nil, at now: Timestamp
    ) async throws -> [LeasedMessage] {
        try await write { context in
            let due = try context.connection.rows(
                Queries.due, [.text(channel), .integer(now.milliseconds), .integer(Int64(limit))]
            ) { row in
                (id: row.integer(0), attempts: row.integer(1), throttles: row.integer(2))
            }
            return try due.compactMap { item in
                guard try context.mayIntroduce(item.id, channel: channel, introductions, at: now) else { return nil }
                try context.connection.run(Queries.lease, [.integer(now.milliseconds), .integer(item.id)])
                try context.connection.run(Queries.setSending, [.integer(item.id)])
                return try context.leased(
                    item.id, attempt: Int(item.attempts) + 1, throttles: Int(item.throttles), at: now)
            }
        }
    }

    /// Writes down what became of a leased message.
    /// - Parameter window: the channel's rule for free answers, which may make an answer start a free entry.
    public func settle(
        _ leased: LeasedMessage, _ result: SendResult, window: SendWindow? = nil, at now: Timestamp
    ) async throws {
        try await write { context in
            guard let message = try context.outboundMessage(leased.number) else { return }
            context.noteOutbox(message.channel)
            // A status that came before the answer has settled it already.
            let isBound = try context.connection.first(Queries.outboxItem, [.integer(message.id)]) { _ in true } == nil
            switch result {
            case .again where isBound, .failed where isBound, .uncertain where isBound: return
            case .again(let at, let counts, let isThrottled):
                try context.connection.run(
                    Queries.release,
                    [
                        .integer(at.milliseconds), .integer(counts ? 1 : 0), .integer(isThrottled ? 1 : 0),
                        .integer(message.id),
                    ])
                try context.connection.run(Queries.setQueued, [.integer(message.id)])
            case .accepted(let acceptance):
                let providerID = acceptance.providerID
                try context.connection.run(Queries.deleteFromOutbox, [.integer(message.id)])
                if !isBound { try context.bind(message, providerID: providerID) }
                try context.note(acceptance, of: message, window, at: now)
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
        static let insertOutbox: SQL = """
            INSERT INTO outbox (message_id, channel, conversation_id, attempts, available_at) VALUES ($1, $2, $3, 0, $4)
            """
        static let due: SQL = """
            SELECT message_id, attempts, throttles FROM outbox AS item
            WHERE channel = $1 AND available_at <= $2 AND leased_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.conversation_id = item.conversation_id
                    AND (other.message_id < item.message_id OR other.leased_at IS NOT NULL))
            ORDER BY message_id LIMIT $3
            """
        static let lease: SQL = "UPDATE outbox SET leased_at = $1 WHERE message_id = $2"
        static let release: SQL = """
            UPDATE outbox SET leased_at = NULL, available_at = $1, attempts = attempts + $2,
                throttles = CASE WHEN $3 = 0 THEN throttles ELSE throttles + 1 END
            WHERE message_id = $4
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
