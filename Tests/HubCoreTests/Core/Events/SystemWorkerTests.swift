import AdapterKit
import Synchronization
import Testing

@testable import HubCore
@testable import HubStore

struct SystemWorkerTests {
    private let reason = FailureReason(code: "http_500", title: "The system answered 500")
    private let world: TestTenant
    private var clock: ManualClock { world.clock }

    init() async throws {
        world = try TestTenant()
        try await world.subscribe()
    }

    private var failure: DeliveryOutcome { .failed(reason: reason, retryAfter: nil) }

    @Test func everyEventArrivesOnceInOrderOfItsConversation() async throws {
        try await world.receive("123123123")
        let script = SystemScript(clock: clock)
        try await world.withWorker(script) {
            try await eventually("all arrived") { script.delivered.count == 9 }
            try await world.receive("123")
            try await eventually("what is new arrived") { script.delivered.count == 12 }
        }
        #expect(Set(script.delivered.map(\.sequence)) == Set(1...12))
        for line in Dictionary(grouping: script.delivered, by: \.conversation).values {
            #expect(line.map(\.sequence) == line.map(\.sequence).sorted())
        }
        #expect(script.attempts.allSatisfy { $0.delivery.attempt == 1 && $0.delivery.type == "message.received" })
        #expect(try await world.store.subscription(system: "crm", settings: "one").cursor == 12)
    }

    @Test func oneConversationInTroubleHoldsUpNoOther() async throws {
        try await world.receive("112233")
        let script = SystemScript(clock: clock) { [failure] delivery in
            let sequence = (try? JSON.parse(delivery.body))?["sequence"]?.integer
            return sequence == 1 && delivery.attempt <= 2 ? failure : .delivered
        }
        try await world.withWorker(script) {
            try await eventually("the others arrived") { script.delivered.count == 4 }
            try await world.receive("1")
            try await eventually("the new event waits behind") {
                try await world.store.subscription(system: "crm", settings: "one").cursor == 7
            }
            #expect(Set(script.delivered.map(\.sequence)) == [3, 4, 5, 6])
            world.advance(.seconds(6))
            try await eventually("it is tried again") { script.attempts.count { $0.sequence == 1 } == 2 }
            try await eventually("it waits again") {
                try await world.store.nextDelivery(system: "crm").map { $0 > clock.now } ?? false
            }
            world.advance(.seconds(360))
            try await eventually("all arrived") { script.delivered.count == 7 }
        }
        #expect(script.delivered.suffix(3).map(\.sequence) == [1, 2, 7])
        let tries = script.attempts.filter { $0.sequence == 1 }
        #expect(tries.map(\.delivery.attempt) == [1, 2, 3])
        #expect(Set(tries.map(\.delivery.body)).count == 1 && Set(tries.map(\.delivery.id)).count == 1)
        #expect(tries.map { $0.at - ManualClock.start } == [.zero, .seconds(6), .seconds(366)])
    }

    @Test func aSystemThatFailsIsSparedAndThenTriedWithOneEvent() async throws {
        try await world.receive("0123456789")
        let isUp = Mutex(false)
        let script = SystemScript(clock: clock) { [failure] _ in isUp.withLock { $0 } ? .delivered : failure }
        try await world.withWorker(script) {
            func rested(_ what: Comment) async throws {
                // All ten are written down as waiting when the window has been gone through.
                try await eventually(what) {
                    try await world.store.subscription(system: "crm", settings: "one").cursor == 10
                }
            }
            try await rested("the window is over")
            // Five open the breaker; those under way meanwhile may fail too, and no more.
            let first = script.attempts.count
            #expect((CircuitBreaker.threshold...CircuitBreaker.threshold + 7).contains(first))
            world.advance(.seconds(6))
            try await eventually("one is let through") { script.attempts.count == first + 1 }
            world.advance(.seconds(3))
            isUp.withLock { $0 = true }
            world.advance(.seconds(9))
            try await eventually("it is let through") { script.delivered.count >= 1 }
            world.advance(.seconds(600))
            try await eventually("all arrived") { script.delivered.count == 10 }
            #expect(script.attempts.count { $0.at == ManualClock.start + .seconds(9) } == 0)
            #expect(script.attempts.count { $0.at == ManualClock.start + .seconds(6) } == 1)
        }
        #expect(Set(script.delivered.map(\.sequence)) == Set(1...10))
    }

    @Test func aSystemThatIsGoneGetsNoMoreUntilItsSettingsChange() async throws {
        try await world.receive("1")
        let script = SystemScript(clock: clock) { _ in .gone }
        try await world.withWorker(script) {
            try await eventually("it is switched off") {
                try await world.store.subscription(system: "crm", settings: "one").isDisabled
            }
            try await world.receive("23")
            world.advance(.seconds(86_400))
        }
        try await world.withWorker(script) { world.advance(.seconds(86_400)) }
        #expect(script.attempts.count == 1)
        #expect(try await world.events(.systemAlert).map { $0["system"] } == ["crm"])

        let renewed = SystemScript(clock: clock)
        try await world.withWorker(renewed, fingerprint: "two") {
            try await eventually("what waited arrives") { renewed.delivered.count == 3 }
        }
        #expect(Set(renewed.delivered.map(\.delivery.type)) == ["message.received"])
    }

    @Test func aSystemThatAsksForTimeGetsIt() async throws {
        try await world.receive("1")
        let script = SystemScript(clock: clock) { [reason] delivery in
            delivery.attempt == 1 ? .failed(reason: reason, retryAfter: .seconds(120)) : .delivered
        }
        try await world.withWorker(script) {
            try await eventually("it was tried") {
                try await world.store.subscription(system: "crm", settings: "one").cursor == 1
            }
            try await world.receive("2")
            for _ in 0..<12 { world.advance(.seconds(10)) }
            try await eventually("both arrived") {
                script.attempts.count >= 2 && script.attempts.contains { $0.delivery.attempt == 2 }
            }
        }
        let times = script.attempts.map { $0.at - ManualClock.start }
        #expect(times.dropFirst().allSatisfy { $0 >= .seconds(120) }, "\(times)")
    }

    @Test func whatNeverArrivesIsADeadLetterAndCanBeReplayed() async throws {
        try await world.receive("11")
        let isUp = Mutex(false)
        let script = SystemScript(clock: clock) { [failure] delivery in
            let sequence = (try? JSON.parse(delivery.body))?["sequence"]?.integer
            return sequence == 1 && !isUp.withLock { $0 } ? failure : .delivered
        }
        try await world.withWorker(script) {
            for attempt in 1...DeliveryPolicy.schedule.count {
                try await eventually("attempt \(attempt)") { script.attempts.count == attempt }
                try await eventually("it waits") {
                    try await world.store.nextDelivery(system: "crm").map { $0 > clock.now } ?? false
                }
                world.advance(.seconds(13 * 3600))
            }
            try await eventually("the last attempt") {
                try await world.store.deadLetters(after: nil, limit: 10)?.elements.count == 1
            }
            world.advance(CircuitBreaker.longestPause * 2)
            try await eventually("the next one arrives") { script.delivered.count == 1 }
            let letter = try #require(try await world.store.deadLetters(after: nil, limit: 10)?.elements.first)
            #expect(letter.attempts == 8 && letter.failure == reason && letter.system == "crm")
            isUp.withLock { $0 = true }
            #expect(try await world.store.replay(deadLetter: letter.id, at: clock.now) == "crm")
            world.advance(.zero)
            try await eventually("it arrives after all") { script.delivered.count == 2 }
        }
        #expect(script.delivered.map(\.sequence) == [2, 1])
        #expect(script.attempts.map(\.delivery.attempt) == [1, 2, 3, 4, 5, 6, 7, 8, 1, 1])
        #expect(try await world.store.deadLetters(after: nil, limit: 10)?.elements.isEmpty == true)
    }

    @Test func afterACrashEveryEventArrivesUnderTheSameName() async throws {
        try await world.receive("1231234")
        let latch = Latch()
        let before = SystemScript(clock: clock) { delivery in
            let sequence = (try? JSON.parse(delivery.body))?["sequence"]?.integer ?? 0
            if sequence > 2 { await latch.pass() }
            return .delivered
        }
        // A worker that hangs in the middle and is never heard of again.
        let crashed = world.worker(before)
        let hanging = Task { await crashed.run() }
        try await eventually("some arrived") { before.delivered.count == 2 }
        let after = SystemScript(clock: clock)
        try await world.withWorker(after) { try await eventually("all arrived") { after.delivered.count == 7 } }
        #expect(Set(after.delivered.map(\.sequence)) == Set(1...7))
        for old in before.delivered {
            let new = try #require(after.delivered.first { $0.sequence == old.sequence })
            #expect(new.delivery.id == old.delivery.id && new.delivery.body == old.delivery.body)
        }
        latch.open()
        await crashed.stop()
        await hanging.value
    }

    @Test func aWorkerThatStopsLosesNothing() async throws {
        try await world.receive("1111222233334444")
        let latch = Latch()
        let before = SystemScript(clock: clock) { _ in
            await latch.pass()
            return .delivered
        }
        let worker = world.worker(before)
        let running = Task { await worker.run() }
        try await eventually("the worker is at it") { try await world.store.lastSequence() == 16 }
        await worker.stop()
        latch.open()
        await running.value
        let after = SystemScript(clock: clock)
        try await world.withWorker(after) {
            try await eventually("the rest arrived") {
                Set(before.delivered.map(\.sequence) + after.delivered.map(\.sequence)) == Set(1...16)
            }
        }
        #expect(before.delivered.count + after.delivered.count == 16, "what was under way is written down")
    }

    @Test func eventsOfOtherRoutesArePassedOver() async throws {
        try await world.store.alert(channel: "support", reason, pauses: false, at: clock.now)
        try await world.receive("1")
        let script = SystemScript(clock: clock)
        try await world.withWorker(script) { try await eventually("it arrived") { script.delivered.count == 1 } }
        #expect(script.attempts.map(\.sequence) == [2])
    }

    @Test func whatCannotBeWrittenDownIsNotHandedOverAgain() async throws {
        try await world.store.write { context in
            try context.connection.run(
                """
                CREATE TRIGGER refuse BEFORE UPDATE ON subscriptions BEGIN SELECT RAISE(ABORT, 'no'); END
                """, [])
        }
        try await world.receive("12")
        let script = SystemScript(clock: clock)
        try await world.withWorker(script) {
            try await eventually("both arrived") { script.delivered.count == 2 }
            // Waits out at least one more try of the worker to write down what it did.
            try await Task.sleep(for: .milliseconds(1200))
            try await world.store.write { try $0.connection.run("DROP TRIGGER refuse", []) }
            try await eventually("it is written down") {
                try await world.store.subscription(system: "crm", settings: "one").cursor == 2
            }
        }
        #expect(script.attempts.count == 2)
    }
}
