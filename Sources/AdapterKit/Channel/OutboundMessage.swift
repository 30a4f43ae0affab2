/// A message on its way to a person.
public struct OutboundMessage: Sendable, Equatable, Codable {
    /// The hub's id. A provider that lets the caller name a send gets it, so that a status can be joined to the message
    /// even when the answer to the send was lost.
    public var id: String
    /// The identities of the recipient, the steadiest first; the adapter takes the one that it can reach.
    public var recipient: [ContactIdentity]
    public var content: MessageContent

    public init(id: String, recipient: [ContactIdentity], content: MessageContent) {
        self.id = id
        self.recipient = recipient
        self.content = content
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

    /// The provider took it, under its id.
    case accepted(providerID: String)
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
