public import AdapterKit

extension TenantStore {
    /// How a channel stands.
    public func channel(_ name: String) async throws -> ChannelRecord {
        try await read { try $0.channel(name) }
    }

    /// Stores what a probe said. Alerts of an earlier probe that are not among its alerts are over.
    public func keep(_ probe: ChannelProbe, channel: String, at now: Timestamp) async throws {
        try await write(weight: 1 + probe.alerts.count) { context in
            _ = try context.ingest(probe.limits, channel: channel)
            try context.connection.run(
                Queries.probed,
                [
                    .text(channel), .integer(probe.credentialExpiresAt?.milliseconds),
                    .bytes(
                        try context.seal(
                            probe.facts.encoded, .channelFacts, row: context.read.row(channel: channel), contact: nil)),
                    .integer(now.milliseconds),
                ])
            let known = try context.read.channel(channel).alerts.map(\.code)
            for code in try context.connection.rows(Queries.probedAlerts, [.text(channel)], { $0.text(0) })
            where !probe.alerts.contains(where: { $0.code == code }) {
                try context.connection.run(Queries.clearAlert, [.text(channel), .text(code)])
            }
            for alert in probe.alerts where !known.contains(alert.code) {
                try context.raise(alert, channel: channel, isProbed: true)
            }
        }
    }

    /// Tells the owner of a channel that something is wrong with it, and that the channel rests for it.
    /// - Parameter pauses: Nothing is sent until ``resume(channel:at:)`` or the next message that is taken.
    /// It stays in the channel's list until then, or until a probe does not find it.
    public func alert(channel: String, _ reason: FailureReason, pauses: Bool, at now: Timestamp) async throws {
        try await write { context in
            let alert = ChannelAlert(
                code: reason.code, title: reason.title, severity: .critical, occurredAt: now, raw: .object([]))
            try context.raise(alert, channel: channel, isProbed: true)
            if pauses { try context.pause(channel, reason, needsResume: false, at: now) }
        }
    }

    /// Ends a channel's rest. Returns whether it rested.
    @discardableResult
    public func resume(channel: String, at now: Timestamp) async throws -> Bool {
        try await write { try $0.resume(channel) }
    }

    // MARK: Credentials

    public func credential(_ name: String, channel: String) async throws -> Secret? {
        try await read { context in
            let row = try context.connection.first(Queries.credential, [.text(channel), .text(name)]) {
                (id: $0.integer(0), value: $0.bytes(1))
            }
            return try row.map { row in
                Secret(
                    String(
                        decoding: try context.open(row.value, .credentialValue, row: row.id, contact: nil),
                        as: UTF8.self))
            }
        }
    }

    /// Keeps a credential in the place of an earlier one; nil forgets it.
    public func keep(_ credential: Secret?, as name: String, channel: String, at now: Timestamp) async throws {
        try await write { context in
            try context.connection.run(Queries.forgetCredential, [.text(channel), .text(name)])
            guard let credential else { return }
            let id = context.nextNumber(now)
            try context.connection.run(
                Queries.keepCredential,
                [
                    .integer(id), .text(channel), .text(name),
                    .bytes(try context.seal(credential.reveal(), .credentialValue, row: id, contact: nil)),
                    .integer(now.milliseconds),
                ])
        }
    }

    private enum Queries {
        static let probed: SQL = """
            INSERT INTO channel_states (channel, credential_expires_at, facts, probed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (channel) DO UPDATE SET
                credential_expires_at = excluded.credential_expires_at, facts = excluded.facts,
                probed_at = excluded.probed_at
            """
        static let probedAlerts: SQL = "SELECT code FROM channel_alerts WHERE channel = $1 AND is_probed = 1"
        static let clearAlert: SQL = "DELETE FROM channel_alerts WHERE channel = $1 AND code = $2"
        static let credential: SQL = "SELECT id, value FROM credentials WHERE channel = $1 AND name = $2"
        static let forgetCredential: SQL = "DELETE FROM credentials WHERE channel = $1 AND name = $2"
        static let keepCredential: SQL = """
            INSERT INTO credentials (id, channel, name, value, updated_at) VALUES ($1, $2, $3, $4, $5)
            """
    }
}

extension WriteContext {
    /// Tells of an alert and keeps it in the channel's list.
    func raise(_ alert: ChannelAlert, channel: String, isProbed: Bool) throws {
        switch alert.effect {
        case .none:
            try connection.run(
                Queries.setAlert,
                [
                    .text(channel), .text(alert.code), .text(alert.title), .text(alert.severity.rawValue),
                    .integer(isProbed ? 1 : 0), .integer(alert.occurredAt.milliseconds),
                ])
        case .clears: try connection.run(Queries.clearAlert, [.text(channel), .text(alert.code)])
        case .pauses:
            try pause(
                channel, FailureReason(code: alert.code, title: alert.title), needsResume: true, at: alert.occurredAt)
        case .resumes: _ = try resume(channel)
        }
        try append(
            NewEvent(
                type: .channelAlert, channel: channel,
                data: .object([
                    "channel": .string(channel), "code": .string(alert.code), "title": .string(alert.title),
                    "severity": .string(alert.severity.rawValue), "effect": .string(alert.effect.rawValue),
                    "notice": alert.raw == .object([]) ? JSON?.none : alert.raw,
                ]), occurredAt: alert.occurredAt))
    }

    /// What a person has to end stays so, whatever the hub finds by itself.
    func pause(_ channel: String, _ reason: FailureReason, needsResume: Bool, at time: Timestamp) throws {
        try connection.run(
            Queries.pause,
            [
                .text(channel), .text(reason.code), .text(reason.title), .integer(time.milliseconds),
                .integer(needsResume ? 1 : 0),
            ])
        noteOutbox(channel)
    }

    func resume(_ channel: String) throws -> Bool {
        let code = try connection.first(Queries.pausedFor, [.text(channel)]) { $0.text(0) }
        guard let code else { return false }
        try connection.run(Queries.resume, [.text(channel)])
        try connection.run(Queries.clearAlert, [.text(channel), .text(code)])
        noteOutbox(channel)
        return true
    }

    private enum Queries {
        static let setAlert: SQL = """
            INSERT INTO channel_alerts (channel, code, title, severity, is_probed, raised_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (channel, code) DO UPDATE SET
                title = excluded.title, severity = excluded.severity, raised_at = excluded.raised_at
            """
        static let clearAlert: SQL = "DELETE FROM channel_alerts WHERE channel = $1 AND code = $2"
        static let pause: SQL = """
            INSERT INTO channel_states (channel, paused_code, paused_title, paused_at, needs_resume)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (channel) DO UPDATE SET
                paused_code = excluded.paused_code, paused_title = excluded.paused_title,
                paused_at = excluded.paused_at, needs_resume = excluded.needs_resume
            WHERE channel_states.needs_resume = 0 OR excluded.needs_resume = 1
            """
        static let pausedFor: SQL = """
            SELECT paused_code FROM channel_states WHERE channel = $1 AND paused_code IS NOT NULL
            """
        static let resume: SQL = """
            UPDATE channel_states SET paused_code = NULL, paused_title = NULL, paused_at = NULL, needs_resume = 0
            WHERE channel = $1
            """
    }
}

extension ReadContext {
    /// Binds what is sealed of a channel to it, as its row has a name and no number.
    fileprivate func row(channel: String) -> Int64 {
        store.keys.lookup.lookup(.settings, "channel", channel).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    func channel(_ name: String) throws -> ChannelRecord {
        var record = ChannelRecord()
        let state = try connection.first(Queries.state, [.text(name)]) { row in
            record.pause = row.optionalText(0).map { code in
                ChannelRecord.Pause(
                    reason: FailureReason(code: code, title: row.optionalText(1) ?? ""),
                    since: Timestamp(milliseconds: row.integer(2)), needsResume: row.integer(3) != 0)
            }
            record.limits = ChannelLimits(
                messagesPerSecond: row.optionalInteger(4).map { Int($0) },
                newContactsPerDay: row.optionalInteger(5).map { Int($0) }, quality: row.optionalText(6))
            record.credentialExpiresAt = row.optionalInteger(7).map { Timestamp(milliseconds: $0) }
            record.probedAt = row.optionalInteger(9).map { Timestamp(milliseconds: $0) }
            return row.optionalBytes(8)
        }
        record.facts = try openJSON(state ?? nil, .channelFacts, row: row(channel: name), contact: nil)
        record.alerts = try connection.rows(Queries.alerts, [.text(name)]) { row in
            ChannelRecord.Alert(
                code: row.text(0), title: row.text(1),
                severity: ChannelAlert.Severity(rawValue: row.text(2)) ?? .warning,
                raisedAt: Timestamp(milliseconds: row.integer(3)))
        }
        return record
    }

    private enum Queries {
        static let state: SQL = """
            SELECT paused_code, paused_title, paused_at, needs_resume, messages_per_second, new_contacts_per_day, quality,
                credential_expires_at, facts, probed_at
            FROM channel_states WHERE channel = $1
            """
        static let alerts: SQL = """
            SELECT code, title, severity, raised_at FROM channel_alerts WHERE channel = $1 ORDER BY raised_at, code
            """
    }
}
