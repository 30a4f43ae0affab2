import AdapterKit
import HubStore

/// When a delivery is tried again. Pure but for the jitter, which is given.
enum DeliveryPolicy {
    /// The pause after each failed attempt; after the last one comes the dead letter. 27 hours 35 minutes in all.
    static let schedule: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(10 * 3600),
    ]

    /// - Parameters:
    ///   - attempts: Attempts made, the failed one included.
    ///   - jitter: 0 to 1: spreads the retries over the 20 % that follow the scheduled time.
    static func afterFailure(
        attempts: Int, reason: FailureReason, retryAfter: Duration?, jitter: Double, now: Timestamp
    ) -> DeliveryResult {
        guard attempts <= schedule.count else { return .dead(reason) }
        let pause = schedule[max(attempts, 1) - 1] * (1 + 0.2 * jitter)
        return .again(at: now + max(pause, retryAfter ?? .zero), reason, counts: true)
    }
}
