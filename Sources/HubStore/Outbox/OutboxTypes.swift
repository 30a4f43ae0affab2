public import AdapterKit

/// A message that the API asks to send.
public struct NewMessage: Sendable {
    public enum Recipient: Sendable {
        /// E.164 with its plus.
        case phone(String)
        /// A contact's public id.
        case contact(String)
    }

    public var channel: String
    public var recipient: Recipient
    public var content: MessageContent
    /// The caller's name for the request, unique in the tenant.
    public var idempotencyKey: String
    /// The request's body, which a repeat has to equal.
    public var request: [UInt8]

    public init(
        channel: String, recipient: Recipient, content: MessageContent, idempotencyKey: String, request: [UInt8]
    ) {
        self.channel = channel
        self.recipient = recipient
        self.content = content
        self.idempotencyKey = idempotencyKey
        self.request = request
    }
}

public enum EnqueueOutcome: Sendable, Equatable {
    case queued(id: String)
    /// The same request was taken before, under this id.
    case repeated(id: String)
    /// Another request was taken under this idempotency key.
    case conflict
    case unknownContact
}

/// A message that is taken from the outbox and has to be sent now, once.
public struct LeasedMessage: Sendable {
    public var message: OutboundMessage
    /// Starts at 1.
    public var attempt: Int
    public var queuedAt: Timestamp
    let number: Int64
}

/// What the outbox is to do with a leased message after its send.
public enum SendResult: Sendable, Equatable {
    case accepted(providerID: String)
    case failed(FailureReason)
    case uncertain(FailureReason)
    /// Back to the queue, not before the given time; whether the attempt counts.
    case again(at: Timestamp, counts: Bool)
}

public enum Resolution: String, Sendable, CaseIterable {
    /// It did not arrive: send it again.
    case resend
    /// Leave it be: it failed.
    case fail
}
