/// Joins a business system: one function.
public protocol SystemAdapter: Adapter {
    /// Hands over one event and says whether it arrived. The host calls it again after ``DeliveryOutcome/failed(reason:retryAfter:)``.
    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome
}

/// One event on its way to a business system.
public struct EventDelivery: Sendable, Equatable, Codable {
    /// The event's id, the same at every attempt.
    public var id: String
    /// Such as `message.received`.
    public var type: String
    /// The event as JSON, byte for byte the same at every attempt.
    public var body: [UInt8]
    /// Starts at 1.
    public var attempt: Int

    public init(id: String, type: String, body: [UInt8], attempt: Int) {
        self.id = id
        self.type = type
        self.body = body
        self.attempt = attempt
    }
}

public enum DeliveryOutcome: Sendable, Equatable, Codable {
    case delivered
    /// To be tried again on the schedule, and not before `retryAfter` when the system asked for that.
    case failed(reason: FailureReason, retryAfter: Duration?)
    /// The system wants no more events at all.
    case gone
}
