public import AdapterKit

extension TenantStore {
    /// Where a system stands. A new one starts at the end of the log; one with new settings is enabled again.
    /// - Parameter settings: A text that changes when the system's settings do; only a keyed hash of it is kept.
    public func subscription(system: String, settings: String) async throws -> Subscription {
        try await write { context in
            let lookup = context.lookup.lookup(.settings, system, settings)
            let known = try context.connection.first(Queries.subscription, [.text(system)]) { row in
                (cursor: row.integer(0), settings: row.bytes(1), isDisabled: !row.isNull(2))
            }
            guard let known else {
                let end = try context.connection.first(Queries.lastSequence, []) { $0.integer(0) } ?? 0
                try context.connection.run(Queries.subscribe, [.text(system), .integer(end), .bytes(lookup)])
                return Subscription(cursor: end, isDisabled: false)
            }
            guard known.settings != lookup else {
                return Subscription(cursor: known.cursor, isDisabled: known.isDisabled)
            }
            try context.connection.run(Queries.renew, [.bytes(lookup), .text(system)])
            return Subscription(cursor: known.cursor, isDisabled: false)
        }
    }

    /// The next events of the log for a system, and which conversations are held up.
    public func window(system: String, after cursor: Int64, limit: Int) async throws -> EventWindow {
        try await read { context in
            let events = try context.connection.rows(
                Queries.events, [.integer(cursor), .integer(Int64(limit))], EventRow.read
            ).map { try context.event($0) }
            let blocked = try context.connection.rows(Queries.blocked, [.text(system)]) { $0.integer(0) }
            return EventWindow(events: events, blocked: Set(blocked))
        }
    }

    /// Moves a system's cursor and keeps what did not arrive, in one transaction.
    public func advance(system: String, to cursor: Int64, failed: [FailedDelivery], at now: Timestamp) async throws {
        try await write(weight: 1 + failed.count) { context in
            try context.connection.run(Queries.advance, [.integer(cursor), .text(system)])
            for delivery in failed {
                try context.connection.run(
                    Queries.insertDelivery,
                    [
                        .integer(context.nextNumber(now)), .text(system), .integer(delivery.sequence),
                        .integer(delivery.conversation), .integer(Int64(delivery.attempts)),
                        .integer(delivery.availableAt.milliseconds), .text(delivery.failure?.code),
                        .text(delivery.failure?.title),
                    ])
            }
        }
    }

    /// The deliveries of a system that are due again, the oldest of each conversation only.
    public func due(system: String, limit: Int, at now: Timestamp) async throws -> [WaitingDelivery] {
        try await read { context in
            try context.connection.rows(
                Queries.due, [.text(system), .integer(now.milliseconds), .integer(Int64(limit))]
            ) { row in
                WaitingDelivery(
                    event: try context.event(EventRow.read(row)), attempts: Int(row.integer(7)), number: row.integer(8))
            }
        }
    }

    /// Writes down what became of a delivery that was due again.
    public func settle(_ delivery: WaitingDelivery, _ result: DeliveryResult, at now: Timestamp) async throws {
        try await write { context in
            switch result {
            case .delivered:
                try context.connection.run(Queries.deleteDelivery, [.integer(delivery.number)])
            case .again(let at, let failure, let counts):
                try context.connection.run(
                    Queries.postpone,
                    [
                        .integer(counts ? 1 : 0), .integer(at.milliseconds), .text(failure.code), .text(failure.title),
                        .integer(delivery.number),
                    ])
            case .dead(let failure):
                try context.connection.run(
                    Queries.bury,
                    [.integer(now.milliseconds), .text(failure.code), .text(failure.title), .integer(delivery.number)])
            }
        }
    }

    /// When the next delivery of a system becomes due: one that waits behind another of its conversation is none.
    public func nextDelivery(system: String) async throws -> Timestamp? {
        try await read { context in
            try context.connection.first(Queries.nextDelivery, [.text(system)]) { row in
                row.optionalInteger(0).map { Timestamp(milliseconds: $0) }
            } ?? nil
        }
    }

    /// Switches a system off and tells the tenant.
    public func disable(system: String, at now: Timestamp) async throws {
        try await write { context in
            let changed = try context.connection.run(Queries.disable, [.integer(now.milliseconds), .text(system)])
            guard changed > 0 else { return }
            try context.append(
                NewEvent(
                    type: .systemAlert,
                    data: [
                        "system": .string(system), "code": "gone",
                        "title": "The system answered 410 Gone and gets no more events until its settings change",
                    ], occurredAt: now))
        }
    }

    /// The newest dead letters first. Nil when `after` is no dead letter's id.
    public func deadLetters(after: String?, limit: Int) async throws -> Page<DeadLetter>? {
        try await read { context in
            guard let start = context.start(.delivery, after) else { return nil }
            let found = try context.connection.rows(
                Queries.deadLetters, [.integer(start), .integer(Int64(limit + 1))]
            ) { row in
                DeadLetter(
                    id: context.ids.text(.delivery, row.integer(8)), system: row.text(9), attempts: Int(row.integer(7)),
                    failure: FailureReason(code: row.text(10), title: row.text(11)),
                    deadAt: Timestamp(milliseconds: row.integer(12)), event: try context.event(EventRow.read(row)))
            }
            return page(found, limit: limit, id: \.id)
        }
    }

    /// Makes a dead letter due again, with all its attempts. Returns its system, or nil when there is none of that id.
    public func replay(deadLetter text: String, at now: Timestamp) async throws -> String? {
        try await write { context in
            guard let id = context.ids.number(.delivery, text) else { return nil }
            return try context.connection.first(Queries.revive, [.integer(now.milliseconds), .integer(id)]) {
                $0.text(0)
            }
        }
    }

    private enum Queries {
        static let lastSequence: SQL = "SELECT COALESCE(MAX(sequence), 0) FROM events"
        static let subscription: SQL =
            "SELECT cursor, settings_lookup, disabled_at FROM subscriptions WHERE system = $1"
        static let subscribe: SQL = "INSERT INTO subscriptions (system, cursor, settings_lookup) VALUES ($1, $2, $3)"
        static let renew: SQL = "UPDATE subscriptions SET settings_lookup = $1, disabled_at = NULL WHERE system = $2"
        static let disable: SQL = """
            UPDATE subscriptions SET disabled_at = $1 WHERE system = $2 AND disabled_at IS NULL
            """
        static let events: SQL = """
            SELECT sequence, type, channel, conversation_id, contact_id, data, occurred_at FROM events
            WHERE sequence > $1 ORDER BY sequence LIMIT $2
            """
        static let blocked: SQL = """
            SELECT DISTINCT conversation_id FROM deliveries
            WHERE system = $1 AND dead_at IS NULL AND conversation_id IS NOT NULL
            """
        static let advance: SQL = "UPDATE subscriptions SET cursor = $1 WHERE system = $2"
        static let insertDelivery: SQL = """
            INSERT INTO deliveries (
                id, system, sequence, conversation_id, attempts, available_at, failure_code, failure_title)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (system, sequence) DO NOTHING
            """
        static let due: SQL = """
            SELECT e.sequence, e.type, e.channel, e.conversation_id, e.contact_id, e.data, e.occurred_at,
                d.attempts, d.id
            FROM deliveries AS d JOIN events AS e ON e.sequence = d.sequence
            WHERE d.system = $1 AND d.dead_at IS NULL AND d.available_at <= $2 AND NOT EXISTS (
                SELECT 1 FROM deliveries AS earlier
                WHERE earlier.system = d.system AND earlier.dead_at IS NULL
                    AND earlier.conversation_id = d.conversation_id AND earlier.sequence < d.sequence)
            ORDER BY d.sequence LIMIT $3
            """
        static let deleteDelivery: SQL = "DELETE FROM deliveries WHERE id = $1"
        static let postpone: SQL = """
            UPDATE deliveries SET attempts = attempts + $1, available_at = $2, failure_code = $3, failure_title = $4
            WHERE id = $5
            """
        static let bury: SQL = """
            UPDATE deliveries SET attempts = attempts + 1, dead_at = $1, failure_code = $2, failure_title = $3
            WHERE id = $4
            """
        static let nextDelivery: SQL = """
            SELECT MIN(d.available_at) FROM deliveries AS d
            WHERE d.system = $1 AND d.dead_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM deliveries AS earlier
                WHERE earlier.system = d.system AND earlier.dead_at IS NULL
                    AND earlier.conversation_id = d.conversation_id AND earlier.sequence < d.sequence)
            """
        static let deadLetters: SQL = """
            SELECT e.sequence, e.type, e.channel, e.conversation_id, e.contact_id, e.data, e.occurred_at,
                d.attempts, d.id, d.system, d.failure_code, d.failure_title, d.dead_at
            FROM deliveries AS d JOIN events AS e ON e.sequence = d.sequence
            WHERE d.dead_at IS NOT NULL AND d.id < $1 ORDER BY d.id DESC LIMIT $2
            """
        static let revive: SQL = """
            UPDATE deliveries SET dead_at = NULL, attempts = 0, available_at = $1 WHERE id = $2 AND dead_at IS NOT NULL
            RETURNING system
            """
    }
}
