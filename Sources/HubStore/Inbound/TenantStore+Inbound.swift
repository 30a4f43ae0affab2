public import AdapterKit

/// What became of the updates of one batch.
public struct IngestSummary: Sendable, Equatable {
    public var messages = 0
    public var statuses = 0
    public var notices = 0
    /// Updates that were in the store already.
    public var repeats = 0
}

extension TenantStore {
    /// Stores the updates of one channel in one transaction: all of them are on disk when this returns, or none.
    @discardableResult
    public func ingest(_ updates: [InboundUpdate], channel: String, at now: Timestamp) async throws -> IngestSummary {
        try await write(weight: updates.count) { context in
            var summary = IngestSummary()
            for update in updates {
                switch update {
                case .message(let message):
                    let isNew = try context.ingest(message, channel: channel, now: now)
                    if isNew { summary.messages += 1 } else { summary.repeats += 1 }
                case .status(let status):
                    let isNew = try context.ingest(status, channel: channel, now: now)
                    if isNew { summary.statuses += 1 } else { summary.repeats += 1 }
                case .notice(let notice):
                    let isNew = try context.ingest(notice, channel: channel)
                    if isNew { summary.notices += 1 } else { summary.repeats += 1 }
                }
            }
            return summary
        }
    }
}

extension WriteContext {
    /// Stores a message unless it is there already; says whether it was new.
    func ingest(_ message: InboundMessage, channel: String, now: Timestamp) throws -> Bool {
        let providerLookup = lookup.lookup(.providerMessage, channel, message.providerID)
        let known = try connection.first(Queries.messageByProvider, [.bytes(providerLookup)]) { _ in true }
        guard known == nil else { return false }
        let contact = try resolveContact(message.sender, name: message.profileName, now: now)
        let conversation = try resolveConversation(contact: contact.id, channel: channel, now: now)
        let id = nextNumber(now)
        let record = MessageRecord(
            id: ids.text(.message, id), channel: channel, conversationID: ids.text(.conversation, conversation),
            contactID: ids.text(.contact, contact.id), direction: .inbound, status: .received,
            body: MessageBody(message.content, raw: message.raw), providerID: message.providerID,
            createdAt: now, sentAt: message.sentAt)
        try connection.run(
            Queries.insertMessage,
            [
                .integer(id), .integer(conversation), .integer(contact.id), .text(channel), .text(message.content.type),
                .bytes(providerLookup),
                .bytes(try seal(message.providerID, .messageProviderID, row: id, contact: contact.id)),
                .bytes(
                    try record.body.content.map { try seal($0.encoded, .messageContent, row: id, contact: contact.id) }),
                .bytes(try seal(message.raw.encoded, .messageRaw, row: id, contact: contact.id)),
                .integer(message.sentAt.milliseconds), .integer(now.milliseconds),
            ])
        let sender = ContactRecord(
            id: record.contactID, name: contact.name, identities: message.sender, createdAt: nil, updatedAt: nil)
        try append(
            NewEvent(
                type: .messageReceived, channel: channel, conversation: conversation, contact: contact.id,
                data: .object([
                    "channel": .string(channel), "conversation_id": .string(record.conversationID),
                    "contact": sender.json, "message": record.json,
                ]), occurredAt: now))
        return true
    }

    /// Stores a notice about the account unless it is there already.
    func ingest(_ notice: AccountNotice, channel: String) throws -> Bool {
        let raw = notice.raw.text
        let added = try connection.run(
            Queries.insertNotice,
            [
                .bytes(lookup.lookup(.notice, channel, notice.kind, String(notice.occurredAt.milliseconds), raw)),
                .integer(notice.occurredAt.milliseconds),
            ])
        guard added > 0 else { return false }
        let isTemplate = notice.kind.contains("template")
        try append(
            NewEvent(
                type: isTemplate ? .templateUpdated : .channelAlert, channel: channel,
                data: .object([
                    "channel": .string(channel), "code": .string(notice.kind),
                    "title": .string("The provider says something about the account"), "notice": notice.raw,
                ]), occurredAt: notice.occurredAt))
        return true
    }

    private enum Queries {
        static let messageByProvider: SQL = "SELECT id FROM messages WHERE provider_lookup = $1"
        static let insertMessage: SQL = """
            INSERT INTO messages (
                id, conversation_id, contact_id, channel, direction, type, status, provider_lookup, provider_id, content,
                raw, sent_at, created_at)
            VALUES ($1, $2, $3, $4, 'inbound', $5, 'received', $6, $7, $8, $9, $10, $11)
            """
        static let insertNotice: SQL = """
            INSERT INTO notices (lookup, occurred_at) VALUES ($1, $2) ON CONFLICT (lookup) DO NOTHING
            """
    }
}
