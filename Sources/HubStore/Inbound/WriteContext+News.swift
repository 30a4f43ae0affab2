import AdapterKit

extension WriteContext {
    /// Changes the names that a person is known by, once per news.
    func ingest(_ update: ContactUpdate, channel: String, now: Timestamp) throws -> Bool {
        if update.isImported {
            let contact = try resolveContact(
                update.identities + update.added, name: nil, isSilent: true, now: now)
            if contact.name == nil, update.name != nil {
                _ = try resolveContact(update.identities, name: update.name, isSilent: true, now: now)
            }
            return contact.isNew
        }
        // A repeat must not move a number that has become somebody else's since.
        let words = [update.identities, update.added, update.retired].map { identities in
            identities.map { "\($0.kind.rawValue)=\($0.value)" }.joined(separator: "\n")
        }
        guard try isNews(channel, "contact", words.joined(separator: "\u{1}"), update.occurredAt) else { return false }
        guard let contact = try knownContact(update.identities) else { return true }
        var isChanged = try addIdentities(update.added, to: contact, now: now)
        for identity in update.retired {
            let lookup = lookup.lookup(.identity, identity.kind.rawValue, identity.value)
            let count = try connection.run(Queries.retireIdentity, [.bytes(lookup), .integer(contact)])
            isChanged = isChanged || count > 0
        }
        // A user id goes with the number: kept, the old one would make a stranger of the person under the new number.
        if update.changesNumberAlone {
            isChanged = try connection.run(Queries.retireUserIDs, [.integer(contact)]) > 0 || isChanged
        }
        if isChanged { try noteContact(contact, at: now) }
        return true
    }

    /// Stores what a person allows or forbids; the later word counts.
    func ingest(_ update: ConsentUpdate, channel: String, now: Timestamp) throws -> Bool {
        // A repeat must not speak for somebody who has the number now.
        let words = [update.purpose.rawValue, update.word] + update.person.map { "\($0.kind.rawValue)=\($0.value)" }
        guard try isNews(channel, "consent", words.joined(separator: "\n"), update.occurredAt) else { return false }
        let contact = try resolveContact(update.person, name: update.profileName, isSilent: true, now: now)
        let changed = try connection.run(
            Queries.setConsent,
            [
                .integer(contact.id), .text(channel), .text(update.purpose.rawValue),
                .integer(update.isGranted ? 1 : 0), .integer(update.occurredAt.milliseconds),
            ])
        guard changed > 0 else { return true }
        try connection.run(Queries.touchContact, [.integer(now.milliseconds), .integer(contact.id)])
        try noteContact(contact.id, at: now)
        return true
    }

    /// Stores an alert unless it is there already, and pauses or resumes the channel where it says so.
    func ingest(_ alert: ChannelAlert, channel: String) throws -> Bool {
        guard try isNews(channel, alert.code, alert.raw.text, alert.occurredAt) else { return false }
        try raise(alert, channel: channel, isProbed: false)
        return true
    }

    /// Stores what the provider allows from now on; what it did not say stays as it was.
    func ingest(_ limits: ChannelLimits, channel: String) throws -> Bool {
        let changed = try connection.run(
            Queries.setLimits,
            [
                .text(channel), .integer(limits.messagesPerSecond.map(Int64.init)),
                .integer(limits.newContactsPerDay.map(Int64.init)), .text(limits.quality),
            ])
        noteOutbox(channel)
        return changed > 0
    }

    /// Stores a notice about the account unless it is there already.
    func ingest(_ notice: AccountNotice, channel: String) throws -> Bool {
        guard try isNews(channel, notice.kind, notice.raw.text, notice.occurredAt) else { return false }
        try append(
            NewEvent(
                type: .channelAlert, channel: channel,
                data: .object([
                    "channel": .string(channel), "code": .string(notice.kind),
                    "title": .string("The provider says something about the account"),
                    "severity": .string(ChannelAlert.Severity.information.rawValue), "notice": notice.raw,
                ]), occurredAt: notice.occurredAt))
        return true
    }

    /// Whether this is heard for the first time.
    func isNews(_ channel: String, _ kind: String, _ words: String, _ time: Timestamp) throws -> Bool {
        try connection.run(
            Queries.insertNotice,
            [
                .bytes(lookup.lookup(.notice, channel, kind, String(time.milliseconds), words)),
                .integer(time.milliseconds),
            ]) > 0
    }

    private enum Queries {
        static let retireIdentity: SQL = "DELETE FROM contact_identities WHERE lookup = $1 AND contact_id = $2"
        static let retireUserIDs: SQL = """
            DELETE FROM contact_identities
            WHERE contact_id = $1 AND kind IN ('whatsapp_user_id', 'whatsapp_parent_user_id')
            """
        static let setConsent: SQL = """
            INSERT INTO consents (contact_id, channel, purpose, is_granted, changed_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (contact_id, channel, purpose)
            DO UPDATE SET is_granted = excluded.is_granted, changed_at = excluded.changed_at
            WHERE excluded.changed_at >= consents.changed_at
            """
        static let touchContact: SQL = "UPDATE contacts SET updated_at = $1 WHERE id = $2"
        static let setLimits: SQL = """
            INSERT INTO channel_states (channel, messages_per_second, new_contacts_per_day, quality)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (channel) DO UPDATE SET
                messages_per_second = COALESCE(excluded.messages_per_second, channel_states.messages_per_second),
                new_contacts_per_day = COALESCE(excluded.new_contacts_per_day, channel_states.new_contacts_per_day),
                quality = COALESCE(excluded.quality, channel_states.quality)
            """
        static let insertNotice: SQL = """
            INSERT INTO notices (lookup, occurred_at) VALUES ($1, $2) ON CONFLICT (lookup) DO NOTHING
            """
    }
}

extension ContactUpdate {
    fileprivate var changesNumberAlone: Bool {
        retired.contains { $0.kind == .phone } && added.contains { $0.kind == .phone }
            && !added.contains { $0.kind != .phone }
    }
}
