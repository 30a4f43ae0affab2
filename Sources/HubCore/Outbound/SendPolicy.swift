import AdapterKit
import HubStore

/// What a channel's lane does after each outcome of a send. Pure.
struct SendPolicy: Sendable {
    /// A message that cannot be handed over for so long has failed.
    static let lifetime: Duration = .seconds(24 * 3600)
    static let channelPause: Duration = .seconds(2)
    static let longestPause: Duration = .seconds(300)
    /// Between messages to one person, however often the provider asks for patience.
    static let longestRecipientPause: Duration = .seconds(3600)

    /// What becomes of the message, and until when the channel has to rest.
    struct Decision: Equatable {
        var result: SendResult
        var pause: Duration?
        /// The channel cannot send until its owner changes something.
        var alert: FailureReason?
    }

    static func decide(
        _ outcome: SendOutcome, attempt: Int, throttles: Int = 0, queuedAt: Timestamp, channelFailures: Int,
        now: Timestamp
    ) -> Decision {
        let isExpired = now - queuedAt >= lifetime
        switch outcome {
        case .throttled where isExpired, .misconfigured where isExpired:
            // Said days late, most things do more harm than good.
            return Decision(
                result: .failed(FailureReason(code: "expired", title: "It could not be sent within 24 hours")))
        case .accepted(let acceptance):
            return Decision(result: .accepted(acceptance))
        case .rejected(let reason):
            return Decision(result: .failed(reason))
        case .uncertain(let reason):
            return Decision(result: .uncertain(reason))
        case .throttled(.recipient, let retryAfter):
            let pause = max(retryAfter ?? recipientPause(throttles), .milliseconds(100))
            return Decision(result: .again(at: now + pause, counts: false, isThrottled: true))
        case .throttled(.channel, let retryAfter):
            let pause = max(retryAfter ?? backoff(channelPause, channelFailures), .milliseconds(100))
            return Decision(result: .again(at: now, counts: false), pause: pause)
        case .unavailable(let reason):
            guard !isExpired else { return Decision(result: .failed(reason)) }
            return Decision(result: .again(at: now + backoff(.seconds(1), attempt - 1), counts: true))
        case .misconfigured(let reason):
            return Decision(
                result: .again(at: now, counts: false), pause: backoff(.seconds(60), channelFailures), alert: reason)
        }
    }

    /// 4^n seconds for the n-th time in a row, from 0, as WhatsApp asks for its pair rate.
    static func recipientPause(_ throttles: Int) -> Duration {
        min(.seconds(1 << (2 * min(max(throttles, 0), 10))), longestRecipientPause)
    }

    /// `first`, doubled for each failure before, at most ``longestPause``.
    static func backoff(_ first: Duration, _ failures: Int) -> Duration {
        min(first * (1 << min(max(failures, 0), 20)), longestPause)
    }
}
