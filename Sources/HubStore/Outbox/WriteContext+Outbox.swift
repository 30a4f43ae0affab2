import AdapterKit

extension WriteContext {
    private static let day: Int64 = 86_400_000

    func outboundMessage(_ id: Int64) throws -> MessageState? {
        try connection.first(Queries.outboundMessage, [.integer(id)], Self.messageState)
    }

    func leased(_ id: Int64, attempt: Int, throttles: Int, at now: Timestamp) throws -> LeasedMessage {
        let row = try connection.first(Queries.outgoing, [.integer(id)]) { row in
            (
                contact: row.integer(0), type: row.text(1), content: row.optionalBytes(2), createdAt: row.integer(3),
                channel: row.text(4), replyTo: row.optionalInteger(5), partner: row.integer(6)
            )
        }
        guard let row else { throw StoreError(.failed, "a message of the outbox is gone") }
        let content = MessageContent(
            type: row.type, json: try read.openJSON(row.content, .messageContent, row: id, contact: row.contact))
        var providerIDs: [String: String] = [:]
        let answered = row.replyTo.map { ids.text(.message, $0) }
        for message in [answered, content.reference?.id].compactMap(\.self) {
            providerIDs[message] = try providerID(ofMessage: message)
        }
        var missing: [String] = []
        for media in content.mediaIDs {
            let known = try read.providerMedia(media, channel: row.channel, at: now)
            providerIDs[media] = known
            if known == nil { missing.append(media) }
        }
        return LeasedMessage(
            message: OutboundMessage(
                id: ids.text(.message, id), recipient: try read.identities(contact: row.contact), content: content,
                repliesTo: answered, providerIDs: providerIDs),
            attempt: attempt, throttles: throttles, queuedAt: Timestamp(milliseconds: row.createdAt),
            recipient: row.partner, missingMedia: missing, number: id)
    }

    private func providerID(ofMessage text: String) throws -> String? {
        guard let id = ids.number(.message, text) else { return nil }
        let row = try connection.first(Queries.providerID, [.integer(id)]) { ($0.optionalBytes(0), $0.integer(1)) }
        return try row.flatMap { try read.openText($0.0, .messageProviderID, row: id, contact: $0.1) }
    }

    /// What the provider says when it takes a message: names of the person, and whether it is held back.
    func note(_ acceptance: Acceptance, of message: MessageState, _ window: SendWindow?, at now: Timestamp) throws {
        if let state = acceptance.state {
            try connection.run(Queries.setProviderState, [.text(state), .integer(message.id)])
        }
        if try addIdentities(acceptance.identities, to: message.contact, now: now) {
            try noteContact(message.contact, at: now)
        }
        guard let window, let freeEntry = window.freeEntry else { return }
        // The first answer to somebody whom an advertisement led here.
        try connection.run(
            Queries.startFreeEntry,
            [
                .integer((now + freeEntry).milliseconds), .integer(message.conversation),
                .integer(now.milliseconds - window.duration.wholeMilliseconds),
            ])
    }

    /// Whether a message may go to its person now, or waits because the business wrote first to as many as it may.
    /// Who is let through is counted.
    func mayIntroduce(_ id: Int64, channel: String, _ limit: IntroductionLimit?, at now: Timestamp) throws -> Bool {
        let first = try connection.first(Queries.introduction, [.integer(id), .integer(now.milliseconds)]) {
            $0.integer(0)
        }
        guard let contact = first else { return true }
        if let limit, limit.perDay < .max {
            let since = now.milliseconds - Self.day
            let recent = try limit.channels.flatMap { channel in
                try connection.rows(Queries.introductions, [.text(channel), .integer(since)]) {
                    (contact: $0.integer(0), at: $0.integer(1))
                }
            }
            let people = Set(recent.map(\.contact))
            if !people.contains(contact), people.count >= limit.perDay {
                let free = (recent.map(\.at).min() ?? now.milliseconds) + Self.day
                try connection.run(Queries.wait, [.integer(max(free, now.milliseconds + 1000)), .integer(id)])
                return false
            }
        }
        try connection.run(Queries.introduce, [.text(channel), .integer(contact), .integer(now.milliseconds)])
        return true
    }

    private enum Queries {
        static let outboundMessage: SQL = """
            SELECT id, conversation_id, contact_id, channel, status FROM messages
            WHERE id = $1 AND direction = 'outbound'
            """
        static let outgoing: SQL = """
            SELECT contact_id, type, content, created_at, channel, reply_to_id, conversation_id FROM messages WHERE id = $1
            """
        static let providerID: SQL = "SELECT provider_id, contact_id FROM messages WHERE id = $1"
        static let setProviderState: SQL = "UPDATE messages SET provider_state = $1 WHERE id = $2"
        static let startFreeEntry: SQL = """
            UPDATE conversations SET free_entry_closes_at = $1
            WHERE id = $2 AND referred_at >= $3
                AND (free_entry_closes_at IS NULL OR free_entry_closes_at < referred_at)
            """
        static let introduction: SQL = """
            SELECT messages.contact_id FROM messages JOIN conversations ON conversations.id = messages.conversation_id
            WHERE messages.id = $1 AND messages.type = 'template'
                AND (conversations.window_closes_at IS NULL OR conversations.window_closes_at <= $2)
            """
        static let introductions: SQL = """
            SELECT contact_id, introduced_at FROM introductions WHERE channel = $1 AND introduced_at > $2
            """
        static let introduce: SQL = """
            INSERT INTO introductions (channel, contact_id, introduced_at) VALUES ($1, $2, $3)
            ON CONFLICT (channel, contact_id) DO UPDATE SET introduced_at = excluded.introduced_at
            """
        static let wait: SQL = "UPDATE outbox SET available_at = $1 WHERE message_id = $2"
    }
}
