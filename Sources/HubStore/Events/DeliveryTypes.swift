public import AdapterKit

/// Where a system stands in the tenant's log.
public struct Subscription: Sendable, Equatable {
    /// Every event up to this one was delivered or has a delivery of its own.
    public var cursor: Int64
    /// The system said that it wants no more.
    public var isDisabled: Bool
}

/// The next events of the log for a system.
public struct EventWindow: Sendable {
    public var events: [EventRecord]
    /// Conversations with a delivery that still waits: later events of theirs have to wait behind it.
    public var blocked: Set<Int64>
}

/// An event whose delivery has to be tried again.
public struct WaitingDelivery: Sendable {
    public var event: EventRecord
    /// Attempts made so far.
    public var attempts: Int
    let number: Int64
}

/// What a delivery that did not arrive leaves behind.
public struct FailedDelivery: Sendable {
    public var sequence: Int64
    public var conversation: Int64?
    /// Attempts made so far; none when it only waits behind another.
    public var attempts: Int
    public var availableAt: Timestamp
    public var failure: FailureReason?

    public init(event: EventRecord, attempts: Int, availableAt: Timestamp, failure: FailureReason?) {
        sequence = event.sequence
        conversation = event.conversation
        self.attempts = attempts
        self.availableAt = availableAt
        self.failure = failure
    }
}

public enum DeliveryResult: Sendable, Equatable {
    case delivered
    case again(at: Timestamp, FailureReason, counts: Bool)
    case dead(FailureReason)
}

/// A delivery that was given up, as the API shows it.
public struct DeadLetter: Sendable {
    public var id: String
    public var system: String
    public var attempts: Int
    public var failure: FailureReason
    public var deadAt: Timestamp
    public var event: EventRecord

    /// The event is spliced in as the bytes that were to be delivered.
    public var json: JSON {
        .object([
            "id": .string(id), "system": .string(system), "attempts": .integer(attempts), "error": failure.json,
            "dead_at": .string(deadAt.description), "event": (try? JSON.parse(event.body)) ?? .null,
        ])
    }
}
