/// Everything that one webhook said, by account.
public struct WebhookReceipt: Sendable, Equatable, Codable {
    public var batches: [InboundBatch]

    public init(batches: [InboundBatch]) { self.batches = batches }
}

/// The updates of one account, as they stood together in the body.
public struct InboundBatch: Sendable, Equatable, Codable {
    /// Nil when the body names none.
    public var account: ProviderAccount?
    public var updates: [InboundUpdate]
    /// A body that holds this batch alone and gives the same batch when it is received again. The host seals it when it
    /// has to keep the batch for later. A string is the body's own text, for one that is no JSON.
    public var replayBody: JSON
    /// Why the batch could not be read, without its content; its updates are then those that could.
    public var problem: String?

    public init(account: ProviderAccount?, updates: [InboundUpdate], replayBody: JSON, problem: String? = nil) {
        self.account = account
        self.updates = updates
        self.replayBody = replayBody
        self.problem = problem
    }
}

/// An account at the provider, as ``AccountSettings`` names it.
public enum ProviderAccount: Sendable, Hashable, Codable {
    case channel(String)
    case parent(String)
}

public enum InboundUpdate: Sendable, Equatable, Codable {
    case message(InboundMessage)
    case status(StatusUpdate)
    case notice(AccountNotice)
}

/// A message that a person wrote.
public struct InboundMessage: Sendable, Equatable, Codable {
    /// The provider's id, unique in the channel.
    public var providerID: String
    /// The names that the channel knows the sender by, the steadiest first; at least one.
    public var sender: [ContactIdentity]
    /// The sender's own name for themselves.
    public var profileName: String?
    public var content: MessageContent
    public var sentAt: Timestamp
    /// The provider's message object, whole.
    public var raw: JSON

    public init(
        providerID: String, sender: [ContactIdentity], profileName: String? = nil, content: MessageContent,
        sentAt: Timestamp, raw: JSON
    ) {
        self.providerID = providerID
        self.sender = sender
        self.profileName = profileName
        self.content = content
        self.sentAt = sentAt
        self.raw = raw
    }
}

/// What the provider says of a message that we sent.
public struct StatusUpdate: Sendable, Equatable, Codable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        case sent, delivered, read, failed
    }

    public var providerID: String
    /// Nil for a status that the channel has and we do not know: it is kept and moves nothing.
    public var status: Status?
    /// The provider's word for the status.
    public var providerStatus: String
    /// Which of several recipients it is about, for a group.
    public var participant: String?
    /// The ``OutboundMessage/id`` that the provider returned with the status, where it does.
    public var correlation: String?
    public var failure: FailureReason?
    public var occurredAt: Timestamp
    /// The provider's status object, whole.
    public var raw: JSON

    public init(
        providerID: String, status: Status?, providerStatus: String, participant: String? = nil,
        correlation: String? = nil, failure: FailureReason? = nil, occurredAt: Timestamp, raw: JSON
    ) {
        self.providerID = providerID
        self.status = status
        self.providerStatus = providerStatus
        self.participant = participant
        self.correlation = correlation
        self.failure = failure
        self.occurredAt = occurredAt
        self.raw = raw
    }
}

/// Something about the account itself, such as a template's review or a restriction.
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
