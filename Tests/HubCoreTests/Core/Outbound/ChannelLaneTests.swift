import AdapterKit
import HubStore
import Synchronization
import Testing

@testable import HubCore

struct ChannelLaneTests {
    private let reason = FailureReason(code: "test", title: "As scripted")
    private let world: TestTenant
    private var clock: ManualClock { world.clock }

    init() throws { world = try TestTenant() }

    @Test func messagesToOnePersonGoInOrderAndOneAtATime() async throws {
        var queued: [String: [String]] = [:]
        for number in 0..<40 {
            let phone = "+1650555000\(number % 4)"
            queued[phone, default: []].append(try await world.queue("\(number)", to: phone))
        }
        let script = ChannelScript(clock: clock)
        try await world.withLane(script) { try await eventually("all are sent") { script.sent.count == 40 } }
        #expect(Dictionary(grouping: script.sent, by: \.phone).mapValues { $0.map(\.id) } == queued)
        #expect(script.mostOfOnePhone == 1)
        for id in queued.values.joined() { #expect(try await world.status(id) == .accepted) }
    }

    @Test func noMoreThanSixteenAreUnderWayAtOnce() async throws {
        var ids: [String] = []
        for number in 10..<50 { ids.append(try await world.queue("\(number)", to: "+165055500\(number)")) }
        let latch = Latch()
        let script = ChannelScript(clock: clock) { message, _ in
            await latch.pass()
            return .accepted(providerID: "wamid.\(message.id)")
        }
        try await world.withLane(script) {
            defer { latch.open() }
            try await eventually("the lane is full") { script.underWay == 16 }
            world.advance(.seconds(60))
            var sending = 0
            for id in ids where try await world.status(id) == .sending { sending += 1 }
            #expect(sending == 16)
            latch.open()
            try await eventually("all are sent") { script.sent.count == 40 }
        }
        #expect(script.most == 16)
    }

    @Test func aThrottledChannelRestsAndTheMessageLosesNoAttempt() async throws {
        let id = try await world.queue("1")
        let other = try await world.queue("2", to: "+16505550000")
        let script = ChannelScript(clock: clock) { _, _ in .throttled(scope: .channel, retryAfter: .seconds(30)) }
        try await world.withLane(script) {
            try await eventually("both were tried") { script.sent.count == 2 }
            for round in 2...4 {
                try await eventually("none is under way") {
                    let statuses = [try await world.status(id), try await world.status(other)]
                    return statuses == [.queued, .queued]
                }
                world.advance(.seconds(29))
                world.advance(.seconds(1))
                try await eventually("both were tried again") { script.sent.count == 2 * round }
            }
        }
        let times = Set(script.sent.map { $0.at - ManualClock.start })
        #expect(times == [.zero, .seconds(30), .seconds(60), .seconds(90)])
        let leased = try await world.store.lease(channel: "support", limit: 10, at: clock.now)
        #expect(leased.map(\.attempt) == [1, 1])
    }

    @Test func sixteenThrottledAtOnceMakeOneRest() async throws {
        for number in 10..<26 { _ = try await world.queue("\(number)", to: "+165055500\(number)") }
        let latch = Latch()
        let script = ChannelScript(clock: clock) { message, time in
            await latch.pass()
            return time == 1 ? .throttled(scope: .channel, retryAfter: nil) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            defer { latch.open() }
            try await eventually("all are under way") { script.underWay == 16 }
            latch.open()
            try await eventually("all are back") {
                try await world.store.nextDue(channel: "support") != nil && script.underWay == 0
            }
            // The answers are settled one after the other: only when all are back is the rest as long as it gets.
            try await eventually("all are queued") {
                var queued = 0
                for id in Set(script.sent.map(\.id)) where try await world.status(id) == .queued { queued += 1 }
                return queued == 16
            }
            world.advance(SendPolicy.channelPause)
            try await eventually("all are sent") { script.sent.count == 32 }
        }
    }

    @Test func aThrottledRecipientHoldsUpNobodyElse() async throws {
        _ = try await world.queue("1")
        let script = ChannelScript(clock: clock) { message, time in
            message.recipient.first?.value == "+16505551234" && time == 1
                ? .throttled(scope: .recipient, retryAfter: .seconds(6)) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            try await eventually("the first was tried") { script.sent.count == 1 }
            let other = try await world.queue("2", to: "+16505550000")
            try await eventually("the other is sent") { try await world.status(other) == .accepted }
            world.advance(.seconds(6))
            try await eventually("the first is sent") { script.sent.count == 3 }
        }
        #expect(script.sent.map { $0.at - ManualClock.start } == [.zero, .zero, .seconds(6)])
    }

    @Test func aMisconfiguredChannelPausesAndSaysSoOnce() async throws {
        let id = try await world.queue("1")
        let script = ChannelScript(clock: clock) { [reason] message, time in
            time <= 3 ? .misconfigured(reason) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            for (time, pause) in [(1, 60), (2, 120), (3, 240)] {
                try await eventually("it was tried") { script.sent.count == time }
                try await eventually("it is back") { try await world.status(id) == .queued }
                world.advance(.seconds(pause))
            }
            try await eventually("it is sent") { try await world.status(id) == .accepted }
        }
        let times = script.sent.map { $0.at - ManualClock.start }
        #expect(times == [.zero, .seconds(60), .seconds(180), .seconds(420)])
        #expect(try await world.events(.channelAlert).map { $0["code"] } == ["test"])
    }

    @Test func aPersonEndsAPause() async throws {
        let id = try await world.queue("1")
        let script = ChannelScript(clock: clock) { [reason] message, time in
            time == 1 ? .misconfigured(reason) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            try await eventually("it rests") { try await world.store.channel("support").pause != nil }
            try await eventually("it is back") { try await world.status(id) == .queued }
            try await world.store.resume(channel: "support", at: clock.now)
            try await eventually("it is sent") { try await world.status(id) == .accepted }
        }
        #expect(script.sent.map { $0.at - ManualClock.start } == [.zero, .zero])
        #expect(try await world.store.channel("support").alerts.isEmpty)
    }

    @Test func whatTheProviderForbidsIsNotTriedAgain() async throws {
        let alert = ChannelAlert(
            code: "banned", title: "Banned", severity: .critical, effect: .pauses, occurredAt: clock.now, raw: ["a": 1])
        try await world.store.ingest([.alert(alert)], channel: .support, at: clock.now)
        let id = try await world.queue("1")
        let script = ChannelScript(clock: clock)
        try await world.withLane(script) {
            world.advance(.seconds(3600))
            world.advance(.seconds(3600))
            #expect(script.sent.isEmpty)
            try await world.store.resume(channel: "support", at: clock.now)
            world.advance(.seconds(1))
            try await eventually("it is sent") { try await world.status(id) == .accepted }
        }
        #expect(script.sent.count == 1)
    }

    @Test func aFloodToOnePersonWaitsAndOthersPass() async throws {
        for number in 0..<50 { _ = try await world.queue("\(number)") }
        let other = try await world.queue("other", to: "+16505550000")
        let script = ChannelScript(clock: clock)
        try await world.withLane(script, pairRate: PairRate(interval: .seconds(6), burst: 45)) {
            try await eventually("the burst is through") { script.sent.count == 46 }
            #expect(try await world.status(other) == .accepted)
            world.advance(.seconds(6))
            try await eventually("one more is") { script.sent.count == 47 }
            world.advance(.seconds(60))
            try await eventually("and the rest") { script.sent.count == 51 }
        }
    }

    @Test func thePairRateBorrowsFromTheTimeAfterABurst() {
        var table = PairRateTable(PairRate(interval: .seconds(6), burst: 3))
        let now = ManualClock.start
        #expect((0..<3).map { _ in table.wait(for: 1, at: now) } == [nil, nil, nil])
        #expect(table.wait(for: 1, at: now) == now + .seconds(6))
        #expect(table.wait(for: 2, at: now) == nil)
        #expect(table.wait(for: 1, at: now + .seconds(6)) == nil)
        #expect(table.wait(for: 1, at: now + .seconds(6)) == now + .seconds(12))
        #expect(table.wait(for: 1, at: now + .seconds(1000)) == nil)
    }

    @Test func whatCameInCountsAgainstTheRate() {
        var bucket = TokenBucket(perSecond: 80, at: ManualClock.start)
        bucket.take(60)
        #expect(bucket.available(at: ManualClock.start) == 20)
        bucket.take(10_000)
        // A flood that comes in is waited for, for a second beyond what is usual.
        #expect(bucket.available(at: ManualClock.start + .seconds(1)) == 0)
        #expect(bucket.available(at: ManualClock.start + .seconds(2)) == 80)
        bucket.change(perSecond: 20)
        #expect(bucket.available(at: ManualClock.start + .seconds(2)) == 20)
    }

    @Test func anUncertainSendIsNeverRepeated() async throws {
        let id = try await world.queue("1")
        let script = ChannelScript(clock: clock) { [reason] message, _ in
            message.id == id ? .uncertain(reason: reason) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            try await eventually("its end is in doubt") { try await world.status(id) == .uncertain }
            world.advance(.seconds(7 * 86_400))
            let next = try await world.queue("2")
            try await eventually("the next one is sent") { try await world.status(next) == .accepted }
        }
        #expect(script.sent.count { $0.id == id } == 1)
        #expect(try await world.status(id) == .uncertain)
    }

    @Test func anUnavailableProviderIsAskedAgain() async throws {
        let id = try await world.queue("1")
        let script = ChannelScript(clock: clock) { [reason] message, time in
            time <= 3 ? .unavailable(reason: reason) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            for (time, pause) in [(1, 1), (2, 2), (3, 4)] {
                try await eventually("it was tried") { script.sent.count == time }
                try await eventually("it is back") { try await world.status(id) == .queued }
                world.advance(.seconds(pause))
            }
            try await eventually("it is sent") { try await world.status(id) == .accepted }
        }
        #expect(script.sent.map { $0.at - ManualClock.start } == [.zero, .seconds(1), .seconds(3), .seconds(7)])
    }

    @Test func aRejectedMessageFailsAndTheNextOneGoes() async throws {
        let id = try await world.queue("1")
        let next = try await world.queue("2")
        let script = ChannelScript(clock: clock) { [reason] message, _ in
            message.id == id ? .rejected(reason) : .accepted(providerID: message.id)
        }
        try await world.withLane(script) {
            try await eventually("the next one is sent") { try await world.status(next) == .accepted }
        }
        #expect(try await world.status(id) == .failed)
        #expect(try await world.events(.messageFailed).map { $0["error"]?["code"] } == ["test"])
    }

    @Test func aLaneThatStopsWaitsForTheSendsUnderWay() async throws {
        let id = try await world.queue("1")
        let latch = Latch()
        let script = ChannelScript(clock: clock) { message, _ in
            await latch.pass()
            return .accepted(providerID: message.id)
        }
        let opening = Mutex<Task<Void, any Error>?>(nil)
        try await world.withLane(script) {
            try await eventually("it is under way") { script.underWay == 1 }
            // The body ends here and the lane is told to stop, before the provider answers.
            let task = Task { [world] in
                defer { latch.open() }
                try await eventually("it is still being sent") { try await world.status(id) == .sending }
            }
            opening.withLock { $0 = task }
        }
        try await opening.withLock { $0 }?.value
        #expect(try await world.status(id) == .accepted)
    }
}
