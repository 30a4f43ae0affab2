/// What a provider says of a person besides messages: other names, an address book.
public struct ContactUpdate: Sendable, Equatable, Codable {
    /// Names that the person is known by so far, the steadiest first.
    public var identities: [ContactIdentity]
    /// Names that the person is known by from now on as well.
    public var added: [ContactIdentity]
    /// Names that are not the person's any more, and may become somebody else's.
    public var retired: [ContactIdentity]
    /// What the business calls the person.
    public var name: String?
    /// It is from before the hub's time and is imported: a person whom nobody knows yet becomes a contact, and nobody is told.
    public var isImported: Bool
    /// Part of what tells a repeat from a second change of the same kind.
    public var occurredAt: Timestamp

    public init(
        identities: [ContactIdentity], added: [ContactIdentity] = [], retired: [ContactIdentity] = [],
        name: String? = nil, isImported: Bool = false, occurredAt: Timestamp
    ) {
        self.identities = identities
        self.added = added
        self.retired = retired
        self.name = name
        self.isImported = isImported
        self.occurredAt = occurredAt
    }
}

/// A person allows or forbids a purpose.
public struct ConsentUpdate: Sendable, Equatable, Codable {
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        /// Messages that advertise.
        case marketing
    }

    /// The names that the channel knows the person by, the steadiest first; at least one.
    public var person: [ContactIdentity]
    public var profileName: String?
    public var purpose: Purpose
    public var isGranted: Bool
    /// The provider's word, such as `stop`, `resume` or `signup`.
    public var word: String
    public var occurredAt: Timestamp

    public init(
        person: [ContactIdentity], profileName: String? = nil, purpose: Purpose, isGranted: Bool, word: String,
        occurredAt: Timestamp
    ) {
        self.person = person
        self.profileName = profileName
        self.purpose = purpose
        self.isGranted = isGranted
        self.word = word
        self.occurredAt = occurredAt
    }
}

/// News of a template: nil means that the news is of something else.
public struct TemplateUpdate: Sendable, Equatable, Codable {
    public var providerID: String?
    public var name: String
    /// Such as `en_US`.
    public var language: String
    public var status: MessageTemplate.Status?
    /// Why it was refused, paused or switched off, in the provider's words.
    public var reason: String?
    public var category: String?
    public var quality: String?
    public var occurredAt: Timestamp
    /// The provider's object, whole.
    public var raw: JSON

    public init(
        providerID: String?, name: String, language: String, status: MessageTemplate.Status? = nil,
        reason: String? = nil, category: String? = nil, quality: String? = nil, occurredAt: Timestamp, raw: JSON
    ) {
        self.providerID = providerID
        self.name = name
        self.language = language
        self.status = status
        self.reason = reason
        self.category = category
        self.quality = quality
        self.occurredAt = occurredAt
        self.raw = raw
    }
}

/// Something about the channel that its owner has to know.
public struct ChannelAlert: Sendable, Equatable, Codable {
    public enum Severity: String, Sendable, Codable, CaseIterable {
        case information, warning, critical
    }

    public enum Effect: String, Sendable, Codable, CaseIterable {
        /// It is told and stays in the channel's list of alerts.
        case none
        /// It is told, and earlier alerts of the code are over.
        case clears
        /// Nothing can be sent any more until somebody resumes the channel.
        case pauses
        /// It is told, and the channel goes on.
        case resumes
    }

    /// Stable, such as `account_update.DISABLED_UPDATE`.
    public var code: String
    /// For people, without personal data.
    public var title: String
    public var severity: Severity
    public var effect: Effect
    public var occurredAt: Timestamp
    /// The provider's object, whole.
    public var raw: JSON

    public init(
        code: String, title: String, severity: Severity, effect: Effect = .none, occurredAt: Timestamp, raw: JSON
    ) {
        self.code = code
        self.title = title
        self.severity = severity
        self.effect = effect
        self.occurredAt = occurredAt
        self.raw = raw
    }
}

/// What the provider allows a channel at the moment; nil is what was not said.
public struct ChannelLimits: Sendable, Equatable, Codable {
    /// Inbound and outbound together.
    public var messagesPerSecond: Int?
    /// How many people may be written to first in 24 hours, over all channels of the business; `Int.max` is no limit.
    public var newContactsPerDay: Int?
    /// The provider's word for the quality of what was sent, such as `GREEN`.
    public var quality: String?

    public init(messagesPerSecond: Int? = nil, newContactsPerDay: Int? = nil, quality: String? = nil) {
        self.messagesPerSecond = messagesPerSecond
        self.newContactsPerDay = newContactsPerDay
        self.quality = quality
    }
}

/// Something about the account without a model, kept as it came.
public struct AccountNotice: Sendable, Equatable, Codable {
    /// The provider's name for the kind of notice.
    public var kind: String
    public var occurredAt: Timestamp
    /// The provider's object, whole. A repeat is recognised by it.
    public var raw: JSON

    public init(kind: String, occurredAt: Timestamp, raw: JSON) {
        self.kind = kind
        self.occurredAt = occurredAt
        self.raw = raw
    }
}
