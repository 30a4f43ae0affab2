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
    /// The public id of the message that this one answers.
    public var repliesTo: String?
    /// The caller's name for the request, unique in the tenant.
    public var idempotencyKey: String
    /// The request's body, which a repeat has to equal.
    public var request: [UInt8]

    public init(
        channel: String, recipient: Recipient, content: MessageContent, repliesTo: String? = nil,
        idempotencyKey: String, request: [UInt8]
    ) {
        self.channel = channel
        self.recipient = recipient
        self.content = content
        self.repliesTo = repliesTo
        self.idempotencyKey = idempotencyKey
        self.request = request
    }
}

/// What a channel asks of a message before it is queued.
public struct SendChecks: Sendable {
    /// The channel, with the window that free answers need; nil is no window.
    public var channel: StoreChannel
    /// What the channel takes of each kind of media; empty is everything.
    public var media: [MediaRule]
    /// What is wrong with a send of a template. Pure.
    public var template: @Sendable (MessageContent.Template, MessageTemplate) -> [RequestProblem]

    public init(
        channel: StoreChannel, media: [MediaRule] = [],
        template: @escaping @Sendable (MessageContent.Template, MessageTemplate) -> [RequestProblem] = { _, _ in [] }
    ) {
        self.channel = channel
        self.media = media
        self.template = template
    }
}

public enum EnqueueOutcome: Sendable, Equatable {
    case queued(id: String)
    /// The same request was taken before, under this id.
    case repeated(id: String)
    /// Another request was taken under this idempotency key.
    case conflict
    /// It names something that is not there or does not fit: all of it at once.
    case refused([RequestProblem])
    /// The person has not written lately, so only a template may be sent: these can be.
    case windowClosed(since: Timestamp?, templates: [TemplateName])
    /// The person stopped messages that advertise.
    case marketingStopped(since: Timestamp)
}

/// What a send names a template by.
public struct TemplateName: Sendable, Hashable {
    public var name: String
    /// Such as `en_US`.
    public var language: String
}

/// A message that is taken from the outbox and has to be sent now, once.
public struct LeasedMessage: Sendable {
    public var message: OutboundMessage
    /// Starts at 1.
    public var attempt: Int
    /// How often in a row the provider asked to send it later.
    public var throttles: Int
    public var queuedAt: Timestamp
    /// Tells one recipient from another, for as long as the hub runs.
    public var recipient: Int64
    /// The public ids of media that the provider has to be handed first.
    public var missingMedia: [String]
    let number: Int64
}

/// How many people a business may write to first.
public struct IntroductionLimit: Sendable, Equatable {
    /// The channels that are counted together.
    public var channels: [String]
    /// In 24 hours.
    public var perDay: Int

    public init(channels: [String], perDay: Int) {
        self.channels = channels
        self.perDay = perDay
    }
}

/// What the outbox is to do with a leased message after its send.
public enum SendResult: Sendable, Equatable {
    case accepted(Acceptance)
    case failed(FailureReason)
    case uncertain(FailureReason)
    /// Back to the queue, not before the given time; whether it counts as an attempt, and whether it was the provider
    /// who asked for patience.
    case again(at: Timestamp, counts: Bool, isThrottled: Bool = false)
}

public enum Resolution: String, Sendable, CaseIterable {
    /// It did not arrive: send it again.
    case resend
    /// Leave it be: it failed.
    case fail
}

/// A message that is not uncertain cannot be resolved.
public struct ResolutionRefused: Error, Sendable {
    public let status: MessageStatus
}
