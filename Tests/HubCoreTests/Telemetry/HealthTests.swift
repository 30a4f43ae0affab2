import Synchronization
import Testing

@testable import HubCore

struct HealthTests {
    /// A clock that stands until it is moved.
    private final class Uptime: Sendable {
        private let now = Mutex(Duration.zero)
        var value: Duration { now.withLock { $0 } }
        func advance(_ duration: Duration) { now.withLock { $0 += duration } }
    }

    private let uptime = Uptime()
    private let health: Health

    init() { health = Health { [uptime] in uptime.value } }

    @Test func anIdleActivityIsNeverStalled() {
        let activity = health.begin("writer:acme")
        uptime.advance(.seconds(3600))
        #expect(health.stalled(longerThan: .seconds(10)).isEmpty)
        activity.busy()
        activity.idle()
        uptime.advance(.seconds(3600))
        #expect(health.stalled(longerThan: .seconds(10)).isEmpty)
    }

    @Test func listsThoseBusyLongerThanTheLimitSortedAndOnce() {
        for name in ["writer:globex", "writer:acme", "writer:acme"] { health.begin(name).busy() }
        uptime.advance(.seconds(10))
        health.begin("lane:acme").busy()
        #expect(health.stalled(longerThan: .seconds(10)).isEmpty)
        uptime.advance(.milliseconds(1))
        #expect(health.stalled(longerThan: .seconds(10)) == ["writer:acme", "writer:globex"])
    }

    @Test func aNewTurnStartsTheClockAnew() {
        let activity = health.begin("writer:acme")
        activity.busy()
        uptime.advance(.seconds(9))
        activity.busy()
        uptime.advance(.seconds(9))
        #expect(health.stalled(longerThan: .seconds(10)).isEmpty)
    }

    @Test func anEndedActivityIsForgotten() {
        let activity = health.begin("writer:acme")
        activity.busy()
        health.end(activity)
        uptime.advance(.seconds(60))
        #expect(health.stalled(longerThan: .seconds(1)).isEmpty)
    }

    @Test func aTurnEndsWhenItsWorkThrows() async {
        struct Failure: Error {}
        let activity = health.begin("writer:acme")
        await #expect(throws: Failure.self) {
            try await activity.whileBusy {
                uptime.advance(.seconds(60))
                #expect(health.stalled(longerThan: .seconds(1)) == ["writer:acme"])
                throw Failure()
            }
        }
        #expect(health.stalled(longerThan: .seconds(1)).isEmpty)
    }

    @Test func readyOnlyBetweenStartAndStopAndWhileAllMoves() {
        #expect(!health.isReady())
        health.setStarted()
        #expect(health.isReady())
        let activity = health.begin("writer:acme")
        activity.busy()
        uptime.advance(.seconds(31))
        #expect(!health.isReady())
        activity.idle()
        #expect(health.isReady())
        health.setStopping()
        health.setStarted()
        #expect(!health.isReady())
    }
}
