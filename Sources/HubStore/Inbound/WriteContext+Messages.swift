import AdapterKit

extension WriteContext {
    /// Stores a message unless it is there already; says whether it was new.
    func ingest(_ message: InboundMessage, channel: StoreChannel, now: Timestamp) throws -> Bool {
        let providerLookup = lookup.lookup(.providerMessage, channel.name, message.providerID)
        let known = try connection.first(Queries.messageByProvider, [.bytes(providerLookup)]) { row in
            (id: row.integer(0), contact: row.integer(1), type: row.text(2))
        }
        if let known {
            return try fillPlaceholder(known.id, type: known.type, contact: known.contact, with: message, channel, now)
        }
        let isImported = message.origin.isHistory
        let contact = try resolveContact(
            message.sender, name: message.profileName, username: message.username, isSilent: isImported, now: now)
        // What is written in a group stands in the group's conversation, and stays its author's.
        let partner =
            try message.group.map { try resolveContact([$0], name: nil, isSilent: true, now: now).id } ?? contact.id
        let conversation = try resolveConversation(contact: partner, channel: channel.name, now: now)
        let id = nextNumber(now)
        var content = message.content
        content.reference = try content.reference.map { try resolved($0, channel.name) }
        if let media = message.media, let kind = content.mediaKind {
            content.attach(
                media: try addMedia(
                    media, kind: kind, contact: contact.id, message: id, channel: channel.name, isSilent: isImported,
                    now: now
                ).publicID)
        }
        var details = message.details
        details.repliesTo = try details.repliesTo.map { try resolved($0, channel.name) }
        let record = MessageRecord(
            id: ids.text(.message, id), channel: channel.name, conversationID: ids.text(.conversation, conversation.id),
            contactID: ids.text(.contact, contact.id), direction: message.origin.direction,
            status: message.origin.status,
            body: MessageBody(content, raw: message.raw), providerID: message.providerID,
            details: details.json(group: message.group), createdAt: now, sentAt: message.sentAt)
        try connection.run(
            Queries.insertMessage,
            [
                .integer(id), .integer(conversation.id), .integer(contact.id), .text(channel.name),
                .text(record.direction.rawValue), .text(content.type), .text(record.status.rawValue),
                .bytes(providerLookup),
                .bytes(try seal(message.providerID, .messageProviderID, row: id, contact: contact.id)),
                .bytes(
                    try record.body.content.map { try seal($0.encoded, .messageContent, row: id, contact: contact.id) }),
                .bytes(try seal(message.raw.encoded, .messageRaw, row: id, contact: contact.id)),
                .bytes(try record.details.map { try seal($0.encoded, .messageDetails, row: id, contact: contact.id) }),
                .integer(message.sentAt.milliseconds), .integer(now.milliseconds),
            ])
        try markOriginal(of: content, at: message.sentAt, contact: contact.id)
        if message.origin == .person, message.group == nil {
            try openWindow(conversation, for: message, channel.window)
        }
        guard let type = message.origin.event else { return true }
        let sender = ContactRecord(
            id: record.contactID, name: contact.name, identities: message.sender, username: message.username)
        try append(
            NewEvent(
                type: type, channel: channel.name, conversation: conversation.id, contact: contact.id,
                data: .object([
                    "channel": .string(channel.name), "conversation_id": .string(record.conversationID),
                    "contact": sender.json, "message": record.json,
                ]), occurredAt: now))
        return true
    }

    /// History comes in two parts: first the messages, later the media of those that have some.
    private func fillPlaceholder(
        _ id: Int64, type: String, contact: Int64, with message: InboundMessage, _ channel: StoreChannel,
        _ now: Timestamp
    ) throws -> Bool {
        guard type == "media_placeholder", message.origin.isHistory, let media = message.media,
            let kind = message.content.mediaKind
        else { return false }
        var content = message.content
        content.attach(
            media: try addMedia(
                media, kind: kind, contact: contact, message: id, channel: channel.name, isSilent: true, now: now
            ).publicID)
        try connection.run(
            Queries.fillPlaceholder,
            [
                .text(content.type),
                .bytes(try content.json.map { try seal($0.encoded, .messageContent, row: id, contact: contact) }),
                .bytes(try seal(message.raw.encoded, .messageRaw, row: id, contact: contact)), .integer(id),
            ])
        return true
    }

    /// Adds the hub's id to a message that only the provider's id is known of.
    private func resolved(_ reference: MessageReference, _ channel: String) throws -> MessageReference {
        guard let providerID = reference.providerID else { return reference }
        let known = try connection.first(
            Queries.messageByProvider, [.bytes(lookup.lookup(.providerMessage, channel, providerID))]
        ) { $0.integer(0) }
        return MessageReference(id: known.map { ids.text(.message, $0) }, providerID: providerID)
    }

    /// Notes on a message that its author changed it or took it back. Nobody else's message is touched.
    private func markOriginal(of content: MessageContent, at time: Timestamp, contact: Int64) throws {
        let query: SQL
        switch content {
        case .edit: query = Queries.markEdited
        case .revoke: query = Queries.markRevoked
        default: return
        }
        guard let id = content.reference?.id.flatMap({ ids.number(.message, $0) }) else { return }
        try connection.run(query, [.integer(time.milliseconds), .integer(id), .integer(contact)])
    }

    /// The window counts from the provider's time, and a message that comes late shortens none.
    private func openWindow(_ conversation: ResolvedConversation, for message: InboundMessage, _ window: SendWindow?)
        throws
    {
        guard let window, message.opensWindow else { return }
        let closesAt = (message.sentAt + window.duration).milliseconds
        if closesAt > conversation.windowClosesAt ?? .min {
            try connection.run(Queries.openWindow, [.integer(closesAt), .integer(conversation.id)])
        }
        if message.details.referral != nil {
            try connection.run(
                Queries.noteReferral, [.integer(message.sentAt.milliseconds), .integer(conversation.id)])
        }
    }

    private enum Queries {
        static let messageByProvider: SQL = "SELECT id, contact_id, type FROM messages WHERE provider_lookup = $1"
        static let insertMessage: SQL = """
            INSERT INTO messages (
                id, conversation_id, contact_id, channel, direction, type, status, provider_lookup, provider_id, content,
                raw, details, sent_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """
        static let fillPlaceholder: SQL = "UPDATE messages SET type = $1, content = $2, raw = $3 WHERE id = $4"
        static let markEdited: SQL = "UPDATE messages SET edited_at = $1 WHERE id = $2 AND contact_id = $3"
        static let markRevoked: SQL = "UPDATE messages SET revoked_at = $1 WHERE id = $2 AND contact_id = $3"
        static let openWindow: SQL = "UPDATE conversations SET window_closes_at = $1 WHERE id = $2"
        static let noteReferral: SQL = """
            UPDATE conversations SET referred_at = $1
            WHERE id = $2 AND (referred_at IS NULL OR referred_at < $1)
            """
    }
}

extension MessageDetails {
    /// Nil when there is nothing to say.
    fileprivate func json(group: ContactIdentity?) -> JSON? {
        guard !isEmpty || group != nil else { return nil }
        return .object(json.members + (group.map { [.init("group_id", .string($0.value))] } ?? []))
    }
}

extension InboundMessage.Origin {
    var isHistory: Bool {
        if case .history = self { true } else { false }
    }

    var direction: MessageRecord.Direction {
        switch self {
        case .person, .history(isFromBusiness: false, _): .inbound
        case .businessApp, .history(isFromBusiness: true, _): .outbound
        }
    }

    var status: MessageStatus {
        switch self {
        case .person, .history(isFromBusiness: false, _): .received
        case .businessApp: .sent
        case .history(isFromBusiness: true, let status): status.map { MessageStatus($0) } ?? .sent
        }
    }

    var event: EventType? {
        switch self {
        case .person: .messageReceived
        case .businessApp: .messageEchoed
        case .history: nil
        }
    }
}
