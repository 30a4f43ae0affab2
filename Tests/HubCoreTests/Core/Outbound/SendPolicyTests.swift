import AdapterKit
import HubStore
import Testing

@testable import HubCore

struct SendPolicyTests {
    private static let now = ManualClock.start
    private static let reason = FailureReason(code: "test", title: "As scripted")

    @Test(arguments: [
        (
            SendOutcome.accepted(providerID: "a"), 1, 0,
            SendPolicy.Decision(result: .accepted(Acceptance(providerID: "a")))
        ),
        (.rejected(reason), 1, 0, .init(result: .failed(reason))),
        (.uncertain(reason: reason), 1, 0, .init(result: .uncertain(reason))),
        (
            .throttled(scope: .recipient, retryAfter: nil), 1, 5,
            .init(result: .again(at: now + .seconds(1), counts: false, isThrottled: true))
        ),
        (
            .throttled(scope: .recipient, retryAfter: .seconds(9)), 1, 0,
            .init(result: .again(at: now + .seconds(9), counts: false, isThrottled: true))
        ),
        (
            .throttled(scope: .channel, retryAfter: nil), 1, 0,
            .init(result: .again(at: now, counts: false), pause: .seconds(2))
        ),
        (
            .throttled(scope: .channel, retryAfter: nil), 1, 3,
            .init(result: .again(at: now, counts: false), pause: .seconds(16))
        ),
        (
            .throttled(scope: .channel, retryAfter: .zero), 1, 3,
            .init(result: .again(at: now, counts: false), pause: .milliseconds(100))
        ),
        (.unavailable(reason: reason), 1, 9, .init(result: .again(at: now + .seconds(1), counts: true))),
        (.unavailable(reason: reason), 4, 0, .init(result: .again(at: now + .seconds(8), counts: true))),
        (.unavailable(reason: reason), 1000, 0, .init(result: .again(at: now + .seconds(300), counts: true))),
        (
            .misconfigured(reason), 1, 0,
            .init(result: .again(at: now, counts: false), pause: .seconds(60), alert: reason)
        ),
        (
            .misconfigured(reason), 1, 900,
            .init(result: .again(at: now, counts: false), pause: .seconds(300), alert: reason)
        ),
    ])
    func eachOutcomeHasItsDecision(outcome: SendOutcome, attempt: Int, failures: Int, decision: SendPolicy.Decision) {
        let decided = SendPolicy.decide(
            outcome, attempt: attempt, queuedAt: Self.now, channelFailures: failures, now: Self.now)
        #expect(decided == decision)
    }

    @Test func whatCannotBeHandedOverForADayHasFailed() {
        func decide(after age: Duration) -> SendResult {
            SendPolicy.decide(
                .unavailable(reason: Self.reason), attempt: 9, queuedAt: Self.now, channelFailures: 0,
                now: Self.now + age
            ).result
        }
        #expect(decide(after: .seconds(86_400)) == .failed(Self.reason))
        #expect(decide(after: .milliseconds(86_399_999)) != .failed(Self.reason))
    }
}

struct TokenBucketTests {
    @Test func aSecondsWorthPassesAtOnceAndThenTheRate() {
        let start = ManualClock.start
        var bucket = TokenBucket(perSecond: 10, at: start)
        #expect(bucket.available(at: start) == 10)
        bucket.take(10)
        #expect(bucket.available(at: start) == 0)
        #expect(bucket.wait == .milliseconds(100))
        #expect(bucket.available(at: start + .milliseconds(99)) == 0)
        #expect(bucket.available(at: start + .milliseconds(100)) == 1)
        #expect(bucket.available(at: start + .seconds(3600)) == 10)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        let start = ManualClock.start
        var bucket = TokenBucket(perSecond: 10, at: start)
        bucket.take(10)
        #expect(bucket.available(at: start + .seconds(-100)) == 0)
        #expect(bucket.available(at: start + .seconds(-99)) == 10)
    }
}
