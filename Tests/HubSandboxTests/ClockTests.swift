import Synchronization
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ClockTests {
    @Test func `who waits wakes when the clock is moved past their time, and not before`() async throws {
        let clock = SandboxClock()
        let woken = Mutex(false)
        let deadline = clock.milliseconds + 3_600_000
        async let waiting: Void = {
            try await clock.sleep(untilMilliseconds: deadline)
            woken.withLock { $0 = true }
        }()
        // Not far enough: whoever waits looks and goes on waiting.
        clock.advance(milliseconds: 1_800_000)
        try await Task.sleep(for: .milliseconds(50))
        #expect(!woken.withLock { $0 })
        clock.advance(milliseconds: 1_800_000)
        try await waiting
        #expect(clock.milliseconds >= deadline)
    }

    @Test func `cancelling ends the wait`() async {
        let clock = SandboxClock()
        let task = Task { try await clock.sleep(for: .seconds(3600)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `the control call moves it, and a reset takes it back`() async throws {
        try await withSandbox { sandbox in
            let before = try #require(try await sandbox.call(.get, "/_sandbox/whatsapp/clock").json["now_ms"]?.integer)
            let moved = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": 86_400_000])
            #expect(try #require(moved.json["now_ms"]?.integer) >= before + 86_400_000)
            #expect(moved.json["advanced_ms"]?.integer == 86_400_000)
            let refused = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": -1])
            #expect(refused.status == 400)
            _ = try await sandbox.call(.post, "/_sandbox/reset")
            #expect(try await sandbox.call(.get, "/_sandbox/whatsapp/clock").json["advanced_ms"]?.integer == 0)
        }
    }

    @Test func `a webhook that waits hours for its retry comes when the clock is moved`() async throws {
        try await withSandbox(change: { $0.retries = .init(base: .seconds(3600), ceiling: .seconds(7200), limit: 5) }) {
            sandbox in
            await sandbox.hub.answerNext(500, 500)
            _ = try await sandbox.inbound()
            // The first retry comes at once; the second an hour later.
            #expect(await sandbox.hub.posts(2).count == 2)
            var count = 2
            while count < 3 {
                _ = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": 3_600_000])
                try await Task.sleep(for: .milliseconds(20))
                count = await sandbox.hub.posts.count
            }
            #expect(Set(await sandbox.hub.posts.map(\.body)).count == 1)
        }
    }
}
