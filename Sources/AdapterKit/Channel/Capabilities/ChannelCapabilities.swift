/// A channel with rules for what it can carry, which are checked before a message is queued.
public protocol ContentRules: ChannelAdapter {
    /// Everything that the provider would refuse the message for, and that can be told without asking it. Pure.
    /// Pointers start at the message, such as `/interactive/action/buttons/3`.
    func problems(of content: MessageContent) -> [RequestProblem]
}

/// A channel that shows people what was read, and that somebody writes.
public protocol ReadMarks: ChannelAdapter {
    /// Marks a message that came in, and all before it, as read.
    /// - Parameter isTyping: also shows for a moment that an answer is being written.
    func markRead(_ providerID: String, isTyping: Bool) async throws(ProviderFailure)
}

/// A channel that can keep people from writing.
public protocol Blocking: ChannelAdapter {
    func setBlocked(_ isBlocked: Bool, _ person: [ContactIdentity]) async throws(ProviderFailure)
}

/// A channel that can be asked how it is.
public protocol HealthProbe: ChannelAdapter {
    /// Asks the provider for limits and for what is wrong. The host calls it at start, and a few times a day.
    func probe() async throws(ProviderFailure) -> ChannelProbe
}

/// What a channel said of itself.
public struct ChannelProbe: Sendable, Equatable, Codable {
    public var limits: ChannelLimits
    /// What its owner has to know; an alert of an earlier probe that is not among them is over.
    public var alerts: [ChannelAlert]
    /// When the credential stops working, where it does.
    public var credentialExpiresAt: Timestamp?
    /// More that is good to know, as `comfile whatsapp health` shows it. Nothing secret, nothing of a person.
    public var facts: JSON

    public init(
        limits: ChannelLimits, alerts: [ChannelAlert] = [], credentialExpiresAt: Timestamp? = nil,
        facts: JSON = .object([])
    ) {
        self.limits = limits
        self.alerts = alerts
        self.credentialExpiresAt = credentialExpiresAt
        self.facts = facts
    }
}

/// A channel whose account can be set up and looked after from here.
public protocol ChannelOperations: ChannelAdapter {
    /// What can be done. Names are snake_case words and unique.
    static var operations: [ChannelOperation] { get }

    /// Does it. The parameters were checked against the operation's.
    /// - Returns: What the provider answered, without secrets.
    func perform(_ operation: String, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON
}

/// One thing that can be done with a channel's account.
public struct ChannelOperation: Sendable, Codable, Equatable {
    public var name: String
    /// One sentence.
    public var summary: String
    /// Whether it only asks.
    public var isReadOnly: Bool
    public var parameters: SettingsSchema

    public init(_ name: String, isReadOnly: Bool = false, summary: String, parameters: [SettingsField] = []) {
        self.name = name
        self.summary = summary
        self.isReadOnly = isReadOnly
        self.parameters = SettingsSchema(parameters)
    }
}
