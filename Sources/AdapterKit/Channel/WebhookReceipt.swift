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

/// One thing that a webhook says.
public enum InboundUpdate: Sendable, Equatable, Codable {
    case message(InboundMessage)
    case status(StatusUpdate)
    case contact(ContactUpdate)
    case consent(ConsentUpdate)
    case template(TemplateUpdate)
    case alert(ChannelAlert)
    case limits(ChannelLimits)
    case notice(AccountNotice)
}
