import AdapterKit
import HubStore
import Testing

@testable import HubCore

struct DeliveryPolicyTests {
    private let reason = FailureReason(code: "http_500", title: "The system answered 500")
    private let now = ManualClock.start

    private func after(_ attempts: Int, retryAfter: Duration? = nil, jitter: Double = 0) -> DeliveryResult {
        DeliveryPolicy.afterFailure(
            attempts: attempts, reason: reason, retryAfter: retryAfter, jitter: jitter, now: now)
    }

    @Test func theScheduleSpansADayAtLeast() {
        let whole = DeliveryPolicy.schedule.reduce(.zero, +)
        #expect(whole == .seconds(27 * 3600 + 35 * 60 + 5))
        #expect(DeliveryPolicy.schedule == DeliveryPolicy.schedule.sorted())
    }

    @Test func eachAttemptHasItsPauseAndTheLastHasNone() {
        for (index, pause) in DeliveryPolicy.schedule.enumerated() {
            #expect(after(index + 1) == .again(at: now + pause, reason, counts: true))
            #expect(after(index + 1, jitter: 1) == .again(at: now + pause * 1.2, reason, counts: true))
        }
        #expect(after(DeliveryPolicy.schedule.count + 1) == .dead(reason))
        #expect(after(DeliveryPolicy.schedule.count + 1, retryAfter: .seconds(9)) == .dead(reason))
    }

    @Test func whatTheSystemAsksForCountsWhenItIsLonger() {
        #expect(after(1, retryAfter: .seconds(60)) == .again(at: now + .seconds(60), reason, counts: true))
        #expect(after(2, retryAfter: .seconds(60)) == .again(at: now + .seconds(300), reason, counts: true))
    }
}

struct CircuitBreakerTests {
    private let now = ManualClock.start

    private func failing(_ count: Int, at now: Timestamp) -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<count { breaker.failed(retryAfter: nil, jitter: 0, now: now) }
        return breaker
    }

    @Test func fiveFailuresInARowOpenIt() {
        #expect(failing(4, at: now).state(at: now) == .closed)
        #expect(failing(5, at: now).state(at: now) == .open(until: now + .seconds(5)))
        #expect(
            failing(13, at: now).state(at: now) == .open(until: now + .seconds(5)), "those under way count no further")
    }

    @Test func aSuccessClosesItAndForgets() {
        var breaker = failing(4, at: now)
        breaker.succeeded()
        breaker.failed(retryAfter: nil, jitter: 0, now: now)
        #expect(breaker.state(at: now) == .closed)
        breaker = failing(5, at: now)
        breaker.succeeded()
        #expect(breaker == CircuitBreaker())
    }

    @Test func eachFailedTrialDoublesThePauseUpToTheLongest() {
        var breaker = failing(5, at: now)
        var time = now
        var pauses: [Duration] = []
        for _ in 0..<9 {
            guard case .open(let until) = breaker.state(at: time) else { break }
            pauses.append(until - time)
            #expect(breaker.state(at: until + .milliseconds(-1)) == .open(until: until))
            #expect(breaker.state(at: until) == .halfOpen)
            time = until
            breaker.failed(retryAfter: nil, jitter: 0, now: time)
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300].map { .seconds($0) })
    }

    @Test func theSystemsOwnWishOpensItAtOnce() {
        var breaker = CircuitBreaker()
        breaker.failed(retryAfter: .seconds(120), jitter: 0, now: now)
        #expect(breaker.state(at: now) == .open(until: now + .seconds(120)))
        breaker.failed(retryAfter: .seconds(60), jitter: 0, now: now)
        #expect(breaker.state(at: now) == .open(until: now + .seconds(120)))
    }

    @Test func jitterMakesAPauseAFifthLonger() {
        var breaker = failing(4, at: now)
        breaker.failed(retryAfter: nil, jitter: 1, now: now)
        #expect(breaker.state(at: now) == .open(until: now + .seconds(6)))
    }
}
