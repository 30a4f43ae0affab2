/// A message on its way to a person.
public struct OutboundMessage: Sendable, Equatable, Codable {
    /// The hub's id. A provider that lets the caller name a send gets it, so that a status can be joined to the message
    /// even when the answer to the send was lost.
    public var id: String
    /// The identities of the recipient, the steadiest first; the adapter takes the one that it can reach.
    public var recipient: [ContactIdentity]
    public var content: MessageContent
    /// The hub's id of the message that this one answers.
    public var repliesTo: String?
    /// The provider's ids of the messages and media that the message names by the hub's ids, by these.
    public var providerIDs: [String: String]

    public init(
        id: String, recipient: [ContactIdentity], content: MessageContent, repliesTo: String? = nil,
        providerIDs: [String: String] = [:]
    ) {
        self.id = id
        self.recipient = recipient
        self.content = content
        self.repliesTo = repliesTo
        self.providerIDs = providerIDs
    }
}

/// What became of a send. Closed, because everything downstream depends on it.
public enum SendOutcome: Sendable, Equatable, Codable {
    public enum Scope: String, Sendable, Codable {
        /// Only messages to this recipient have to wait.
        case recipient
        /// The whole channel has to wait.
        case channel
    }

    /// The provider took it.
    case accepted(Acceptance)
    /// The provider will never take this message.
    case rejected(FailureReason)
    /// Too fast: it was not taken, and waiting costs no attempt.
    case throttled(scope: Scope, retryAfter: Duration?)
    /// It was not taken, and may be tried again.
    case unavailable(reason: FailureReason)
    /// It may have been taken: it is not tried again until a status or a person says so.
    case uncertain(reason: FailureReason)
    /// The channel cannot send at all until its owner changes something.
    case misconfigured(FailureReason)

    /// The provider took it, under its id.
    public static func accepted(providerID: String) -> SendOutcome { .accepted(Acceptance(providerID: providerID)) }
}

/// What the provider says when it takes a message.
public struct Acceptance: Sendable, Equatable, Codable {
    /// The provider's id of the message.
    public var providerID: String
    /// The provider's word when the message is taken but held back, such as `held_for_quality_assessment`.
    public var state: String?
    /// Names of the recipient that the provider knows besides those that the message was sent to.
    public var identities: [ContactIdentity]

    public init(providerID: String, state: String? = nil, identities: [ContactIdentity] = []) {
        self.providerID = providerID
        self.state = state
        self.identities = identities
    }
}

/// Why something failed.
public struct FailureReason: Sendable, Hashable, Codable {
    /// Stable, such as the provider's number `131026` or our word `no_answer`.
    public var code: String
    /// For people, without personal data.
    public var title: String
    /// The provider's own words, which may hold personal data: kept sealed, never logged.
    public var detail: String?

    public init(code: String, title: String, detail: String? = nil) {
        self.code = code
        self.title = title
        self.detail = detail
    }
}
