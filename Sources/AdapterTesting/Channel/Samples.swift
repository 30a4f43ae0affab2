public import AdapterKit

/// A webhook as the provider sends it.
public struct WebhookSample: Sendable {
    /// What the report calls it.
    public var name: String
    /// The raw body, as the provider signs it.
    public var body: [UInt8]
    /// How many messages, statuses and notices it holds.
    public var items: Int

    public init(_ name: String, _ body: String, items: Int) {
        self.name = name
        self.body = Array(body.utf8)
        self.items = items
    }
}

/// The provider's check of a webhook address.
public struct HandshakeSample: Sendable {
    /// The query of a genuine check.
    public var query: [String: String]
    /// The name of the parameter with our token.
    public var token: String
    /// The name of the parameter with the text to repeat.
    public var challenge: String

    public init(query: [String: String], token: String, challenge: String) {
        self.query = query
        self.token = token
        self.challenge = challenge
    }
}

/// A message and what the provider answers to it.
public struct SendSample: Sendable {
    /// An answer and the outcome that it means.
    public struct Answer: Sendable {
        /// What the report calls it.
        public var name: String
        /// What the provider answers.
        public var answer: HTTPAnswer
        /// What that means.
        public var outcome: OutcomeKind

        public init(_ name: String, _ answer: HTTPAnswer, _ outcome: OutcomeKind) {
            self.name = name
            self.answer = answer
            self.outcome = outcome
        }
    }

    /// A message that the adapter can send.
    public var message: OutboundMessage
    /// The answers to a good send in order; the last one is the acceptance.
    public var accepting: [HTTPAnswer]
    /// The id in the acceptance.
    public var providerID: String
    /// Other answers in place of the acceptance.
    public var answers: [Answer]

    public init(message: OutboundMessage, accepting: [HTTPAnswer], providerID: String, answers: [Answer] = []) {
        self.message = message
        self.accepting = accepting
        self.providerID = providerID
        self.answers = answers
    }
}

/// A ``SendOutcome`` without its details.
public enum OutcomeKind: String, Sendable, Codable, CaseIterable {
    case accepted, rejected, throttled, unavailable, uncertain, misconfigured

    /// The kind of `outcome`.
    public init(_ outcome: SendOutcome) {
        self =
            switch outcome {
            case .accepted: .accepted
            case .rejected: .rejected
            case .throttled: .throttled
            case .unavailable: .unavailable
            case .uncertain: .uncertain
            case .misconfigured: .misconfigured
            }
    }
}
