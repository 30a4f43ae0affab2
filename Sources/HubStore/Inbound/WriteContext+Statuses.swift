import AdapterKit

/// What a status has to know of its message.
struct MessageState {
    var id: Int64
    var conversation: Int64
    var contact: Int64
    var channel: String
    var status: MessageStatus
}

extension WriteContext {
    /// Stores a status unless it is there already, and moves its message forward. A status of a message that is not known
    /// yet is kept, and applied when the message's id appears.
    func ingest(_ update: StatusUpdate, channel: String, now: Timestamp) throws -> Bool {
        let providerLookup = lookup.lookup(.providerMessage, channel, update.providerID)
        let participant = update.participant.map { lookup.lookup(.participant, $0) } ?? []
        let known = try connection.first(
            Queries.status, [.bytes(providerLookup), .text(update.providerStatus), .bytes(participant)]
        ) { _ in true }
        guard known == nil else { return false }
        let message = try message(of: update, channel: channel, providerLookup: providerLookup)
        let row = nextNumber(now)
        try connection.run(
            Queries.insertStatus,
            [
                .integer(row), .integer(message?.id), .bytes(providerLookup), .text(update.providerStatus),
                .bytes(participant), .text(update.status?.rawValue), .text(update.failure?.code),
                .text(update.failure?.title),
                .bytes(try seal(update.raw.encoded, .statusRaw, row: row, contact: message?.contact)),
                .integer(update.occurredAt.milliseconds),
            ])
        if let message {
            try note(update, of: message, now: now)
            try advance(
                message, to: update.status.map { MessageStatus($0) }, providerStatus: update.providerStatus,
                failure: update.failure, pricing: update.pricing, at: update.occurredAt)
        }
        return true
    }

    /// What a status says besides: the price, a free entry, and other names of the person.
    private func note(_ update: StatusUpdate, of message: MessageState, now: Timestamp) throws {
        if let pricing = update.pricing {
            try connection.run(
                Queries.setPricing,
                [.text(pricing.model), .text(pricing.type), .text(pricing.category), .integer(message.id)])
        }
        if let until = update.freeEntryUntil {
            try connection.run(Queries.setFreeEntry, [.integer(until.milliseconds), .integer(message.conversation)])
        }
        // Every message has a first status: asking at each would be work for nothing.
        guard update.participant == nil, message.status < .sent else { return }
        if try addIdentities(update.recipient, to: message.contact, now: now) {
            try noteContact(message.contact, at: now)
        }
    }

    /// Moves a message to a later status and says so; an earlier or equal one changes nothing. A status that we do not
    /// know (nil) is told as the provider's word.
    func advance(
        _ message: MessageState, to status: MessageStatus?, providerStatus: String?, failure: FailureReason?,
        pricing: StatusUpdate.Pricing? = nil, at occurredAt: Timestamp
    ) throws {
        if let status {
            guard status > message.status else { return }
            try connection.run(
                Queries.setStatus,
                [
                    .text(status.rawValue), .text(failure?.code), .text(failure?.title),
                    .bytes(
                        try failure?.detail.map {
                            try seal($0, .messageFailureDetail, row: message.id, contact: message.contact)
                        }),
                    .integer(message.id),
                ])
        }
        let data = JSON.object([
            "message_id": .string(ids.text(.message, message.id)),
            "channel": .string(message.channel),
            "conversation_id": .string(ids.text(.conversation, message.conversation)),
            "contact_id": .string(ids.text(.contact, message.contact)),
            "status": .string((status ?? message.status).rawValue),
            "provider_status": providerStatus.map { .string($0) } ?? .null,
            "occurred_at": .string(occurredAt.description),
            "error": failure?.json ?? .null,
            "pricing": pricing?.json,
        ])
        for type in status == .failed ? [EventType.messageStatus, .messageFailed] : [.messageStatus] {
            try append(
                NewEvent(
                    type: type, channel: message.channel, conversation: message.conversation, contact: message.contact,
                    data: data, occurredAt: occurredAt))
        }
    }

    /// Gives an outbound message the provider's id, unless another message has it: a provider that gives one id twice
    /// must not keep the outcome of a send from being stored.
    func bind(_ message: MessageState, providerID: String) throws {
        let providerLookup = lookup.lookup(.providerMessage, message.channel, providerID)
        try connection.run(
            Queries.setProviderID,
            [
                .bytes(providerLookup),
                .bytes(try seal(providerID, .messageProviderID, row: message.id, contact: message.contact)),
                .integer(message.id),
            ])
    }

    /// Applies the statuses that are kept for the message's provider id, the oldest first, and returns the message as it
    /// is then.
    @discardableResult
    func applyParked(to message: MessageState, providerID: String) throws -> MessageState {
        let providerLookup = lookup.lookup(.providerMessage, message.channel, providerID)
        let parked = try connection.rows(Queries.parked, [.bytes(providerLookup)]) { row in
            ParkedStatus(
                id: row.integer(0), status: row.optionalText(1).flatMap(StatusUpdate.Status.init), word: row.text(2),
                failure: row.optionalText(3).map { FailureReason(code: $0, title: row.optionalText(4) ?? "") },
                raw: row.bytes(5), occurredAt: Timestamp(milliseconds: row.integer(6)))
        }
        var message = message
        for status in parked {
            // Sealed for the tenant while nobody knew whose it was; from now on for the contact.
            let raw = try read.open(status.raw, .statusRaw, row: status.id, contact: nil)
            try connection.run(
                Queries.claim,
                [
                    .integer(message.id), .bytes(try seal(raw, .statusRaw, row: status.id, contact: message.contact)),
                    .integer(status.id),
                ])
            let next = status.status.map { MessageStatus($0) }
            try advance(message, to: next, providerStatus: status.word, failure: status.failure, at: status.occurredAt)
            if let next { message.status = max(message.status, next) }
        }
        return message
    }

    /// The message that a status is about: by the provider's id, or by the id that we gave the send.
    private func message(of update: StatusUpdate, channel: String, providerLookup: [UInt8]) throws -> MessageState? {
        if let message = try connection.first(Queries.messageByProvider, [.bytes(providerLookup)], Self.messageState) {
            return message
        }
        guard let correlation = update.correlation, let id = ids.number(.message, correlation) else { return nil }
        guard
            let message = try connection.first(
                Queries.unboundMessage, [.integer(id), .text(channel)], Self.messageState)
        else { return nil }
        try bind(message, providerID: update.providerID)
        // The provider has it, so it must not be sent again, whatever became of the answer.
        try connection.run(Queries.deleteFromOutbox, [.integer(id)])
        noteOutbox(channel)
        // Earlier statuses may have come without our id.
        return try applyParked(to: message, providerID: update.providerID)
    }

    static func messageState(_ row: any SQLRow) throws -> MessageState {
        guard let status = MessageStatus(rawValue: row.text(4)) else {
            throw StoreError(.failed, "a message has an unknown status")
        }
        return MessageState(
            id: row.integer(0), conversation: row.integer(1), contact: row.integer(2), channel: row.text(3),
            status: status)
    }

    private struct ParkedStatus {
        var id: Int64
        var status: StatusUpdate.Status?
        var word: String
        var failure: FailureReason?
        var raw: [UInt8]
        var occurredAt: Timestamp
    }

    private enum Queries {
        static let status: SQL = """
            SELECT id FROM message_statuses
            WHERE provider_lookup = $1 AND provider_status = $2 AND participant_lookup = $3
            """
        static let insertStatus: SQL = """
            INSERT INTO message_statuses (
                id, message_id, provider_lookup, provider_status, participant_lookup, status, failure_code,
                failure_title, raw, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        static let parked: SQL = """
            SELECT id, status, provider_status, failure_code, failure_title, raw, occurred_at FROM message_statuses
            WHERE provider_lookup = $1 AND message_id IS NULL ORDER BY occurred_at, id
            """
        static let claim: SQL = "UPDATE message_statuses SET message_id = $1, raw = $2 WHERE id = $3"
        static let setStatus: SQL = """
            UPDATE messages SET status = $1, failure_code = $2, failure_title = $3, failure_detail = $4 WHERE id = $5
            """
        static let setPricing: SQL = """
            UPDATE messages SET pricing_model = COALESCE($1, pricing_model), pricing_type = COALESCE($2, pricing_type),
                pricing_category = COALESCE($3, pricing_category)
            WHERE id = $4
            """
        static let setFreeEntry: SQL = "UPDATE conversations SET free_entry_closes_at = $1 WHERE id = $2"
        static let setProviderID: SQL = """
            UPDATE messages SET provider_lookup = $1, provider_id = $2
            WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM messages AS other WHERE other.provider_lookup = $1)
            """
        static let messageByProvider: SQL = """
            SELECT id, conversation_id, contact_id, channel, status FROM messages
            WHERE provider_lookup = $1 AND direction = 'outbound'
            """
        static let unboundMessage: SQL = """
            SELECT id, conversation_id, contact_id, channel, status FROM messages
            WHERE id = $1 AND channel = $2 AND direction = 'outbound' AND provider_lookup IS NULL
            """
        static let deleteFromOutbox: SQL = "DELETE FROM outbox WHERE message_id = $1"
    }
}
