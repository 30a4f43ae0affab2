public import AdapterKit

/// How a channel stands: what it is allowed, whether it rests, and what its owner has to know.
public struct ChannelRecord: Sendable, Equatable {
    /// Why nothing is sent, and since when.
    public struct Pause: Sendable, Equatable {
        public var reason: FailureReason
        public var since: Timestamp
        /// Only a person's word ends it; else the hub tries again by itself.
        public var needsResume: Bool
    }

    public struct Alert: Sendable, Equatable {
        public var code: String
        public var title: String
        public var severity: ChannelAlert.Severity
        public var raisedAt: Timestamp
    }

    public var limits = ChannelLimits()
    public var pause: Pause?
    public var alerts: [Alert] = []
    public var credentialExpiresAt: Timestamp?
    /// What the last probe said besides.
    public var facts: JSON?
    public var probedAt: Timestamp?

    public init() {}

    public var json: JSON {
        .object([
            "status": .string(pause == nil ? "active" : "paused"),
            "pause": pause?.json ?? .null,
            "limits": limits.json,
            "alerts": .array(alerts.map(\.json)),
            "credential_expires_at": credentialExpiresAt.map { .string($0.description) } ?? .null,
            "facts": facts ?? .null,
            "probed_at": probedAt.map { .string($0.description) } ?? .null,
        ])
    }
}

extension ChannelRecord.Pause {
    var json: JSON {
        .object([
            "code": .string(reason.code), "title": .string(reason.title), "since": .string(since.description),
            "needs_resume": .bool(needsResume),
        ])
    }
}

extension ChannelRecord.Alert {
    var json: JSON {
        .object([
            "code": .string(code), "title": .string(title), "severity": .string(severity.rawValue),
            "raised_at": .string(raisedAt.description),
        ])
    }
}

extension ChannelLimits {
    var json: JSON {
        let people: JSON? = newContactsPerDay.map { $0 == .max ? "unlimited" : .integer($0) }
        return .object([
            "messages_per_second": messagesPerSecond.map { .integer($0) } ?? .null,
            "new_contacts_per_day": people ?? .null,
            "quality": quality.map { .string($0) } ?? .null,
        ])
    }
}
