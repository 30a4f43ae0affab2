import AdapterKit
import HubStore
import Logging
import Metrics

/// Sends one channel's messages: in order for each recipient, at the channel's rate, and no more at once than its share.
///
/// Each tenant's channel has a lane of its own, so one that hangs or floods takes nothing from the others.
actor ChannelLane {
    /// Sends under way at once.
    private static let limit = 16
    /// After the store could not be read or written.
    private static let storePause: Duration = .seconds(1)
    /// What the provider allows is looked up again after this.
    private static let limitsLifetime: Duration = .seconds(5)
    /// Messages a second where nobody says otherwise.
    private static let usualRate = 80

    private let tenant: Tenant
    private let desk: ChannelDesk
    private let clock: any ClockPort
    private let logger: Logger
    private let activity: Activity
    private let wakeup: Wakeup
    private let metrics: OutboundMetrics
    private let handover: MediaHandover
    private let window: SendWindow?

    private var bucket: TokenBucket
    private var pairs: PairRateTable
    private var introductions: IntroductionLimit?
    private var limitsReadAt: Timestamp?
    private var underWay = 0
    private var restsUntil: Timestamp?
    /// The rest is a pause that the channel's owner knows of and can end.
    private var isPaused = false
    /// Consecutive outcomes that were the channel's fault.
    private var failures = 0
    private var isAlerted = false
    private var isStopping = false

    init(
        tenant: Tenant, desk: ChannelDesk, pairRate: PairRate?, clock: any ClockPort, logger: Logger,
        activity: Activity
    ) {
        self.tenant = tenant
        self.desk = desk
        self.clock = clock
        self.activity = activity
        self.wakeup = tenant.signals.lane(desk.configuration.name)
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.id)"
        logger[metadataKey: "channel"] = "\(desk.configuration.name)"
        self.logger = logger
        metrics = OutboundMetrics(tenant: tenant.id, channel: desk.configuration.name)
        handover = MediaHandover(desk: desk, clock: clock)
        window = desk.storeChannel.window
        let rate = desk.configuration.settings.integer("messages_per_second") ?? Self.usualRate
        bucket = TokenBucket(perSecond: rate, at: clock.now)
        pairs = PairRateTable(pairRate)
    }

    private var name: String { desk.configuration.name }

    /// Works until ``stop()``, then waits for the sends under way, so that none becomes uncertain for a shutdown.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !isStopping {
                do {
                    try await readLimits()
                    let now = clock.now
                    if let restsUntil, restsUntil > now {
                        await wakeup.sleep(
                            for: isPaused ? min(restsUntil - now, Self.limitsLifetime) : restsUntil - now)
                        continue
                    }
                    bucket.take(tenant.signals.takeTraffic(on: name))
                    let room = min(Self.limit - underWay, bucket.available(at: now))
                    guard room > 0 else {
                        await wakeup.sleep(for: underWay < Self.limit ? bucket.wait : nil)
                        continue
                    }
                    let leased = try await lease(room, at: now)
                    guard !isResting else {
                        // The rest began while they were leased.
                        for message in leased { await settle(message, .again(at: now, counts: false)) }
                        continue
                    }
                    for message in leased {
                        if let free = pairs.wait(for: message.recipient, at: clock.now) {
                            await settle(message, .again(at: free, counts: false))
                            continue
                        }
                        bucket.take(1)
                        underWay += 1
                        group.addTask { await self.send(message) }
                    }
                    guard leased.isEmpty else { continue }
                    let due = try await tenant.store.nextDue(channel: name)
                    // A message that is due but not leased waits behind one under way, whose end wakes this lane.
                    let pause = due.map { $0 - clock.now }
                    await wakeup.sleep(for: pause.map { $0 > .zero ? $0 : .seconds(5) })
                } catch {
                    logger.error("the outbox cannot be read", metadata: ["reason": "\(error)"])
                    await wakeup.sleep(for: Self.storePause)
                }
            }
        }
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    private var isResting: Bool { restsUntil.map { $0 > clock.now } ?? false }

    /// Takes over what the provider allows, and whether the channel's owner or the provider paused or resumed it.
    private func readLimits() async throws {
        let now = clock.now
        if let limitsReadAt, now - limitsReadAt < Self.limitsLifetime, !isPaused { return }
        let record = try await tenant.store.channel(name)
        limitsReadAt = now
        if desk.configuration.settings.integer("messages_per_second") == nil,
            let rate = record.limits.messagesPerSecond, rate > 0, Double(rate) != bucket.perSecond
        {
            bucket.change(perSecond: rate)
        }
        introductions = try await introductionLimit(record.limits)
        if let pause = record.pause, pause.needsResume {
            restsUntil = now + .seconds(3600)
            isPaused = true
        } else if record.pause != nil, !isPaused {
            // From before a restart: the next message that is taken ends it.
            isAlerted = true
        } else if isPaused, record.pause == nil {
            restsUntil = nil
            isPaused = false
            isAlerted = false
            failures = 0
        }
    }

    /// Providers count the people whom a business writes to first over all of its channels.
    private func introductionLimit(_ own: ChannelLimits) async throws -> IntroductionLimit? {
        let channels = tenant.configuration.channels.filter { $0.adapter == desk.configuration.adapter }.map(\.name)
        var limits = [own.newContactsPerDay]
        for channel in channels where channel != name {
            limits.append(try await tenant.store.channel(channel).limits.newContactsPerDay)
        }
        return limits.compactMap(\.self).min().map { IntroductionLimit(channels: channels, perDay: $0) }
    }

    private func lease(_ limit: Int, at now: Timestamp) async throws -> [LeasedMessage] {
        try await activity.whileBusy {
            try await tenant.store.lease(channel: name, limit: limit, introductions: introductions, at: now)
        }
    }

    private func send(_ leased: LeasedMessage) async {
        let outcome: SendOutcome
        switch await handover.complete(leased) {
        case .success(let message): outcome = await desk.adapter.send(message)
        case .failure(let failure): outcome = failure.outcome
        }
        metrics.count(outcome)
        // Sends that were under way when the channel's rest began do not make it longer.
        let wasResting = isResting
        let decision = SendPolicy.decide(
            outcome, attempt: leased.attempt, throttles: leased.throttles, queuedAt: leased.queuedAt,
            channelFailures: wasResting ? failures - 1 : failures, now: clock.now)
        await apply(decision, wasResting: wasResting)
        await settle(leased, decision.result)
        underWay -= 1
        wakeup.wake()
    }

    private func apply(_ decision: SendPolicy.Decision, wasResting: Bool) async {
        if let pause = decision.pause {
            if !wasResting { failures += 1 }
            restsUntil = max(restsUntil ?? clock.now, clock.now + pause)
        } else if case .accepted = decision.result, !wasResting {
            failures = 0
            if isAlerted { await storeNews { _ = try await $0.resume(channel: $1, at: $2) } }
            isAlerted = false
        }
        guard let reason = decision.alert, !isAlerted else { return }
        isAlerted = true
        logger.error("the channel cannot send", metadata: ["code": "\(reason.code)", "title": "\(reason.title)"])
        isPaused = await storeNews { try await $0.alert(channel: $1, reason, pauses: true, at: $2) }
    }

    @discardableResult
    private func storeNews(_ write: (TenantStore, String, Timestamp) async throws -> Void) async -> Bool {
        do {
            try await write(tenant.store, name, clock.now)
            return true
        } catch {
            logger.error("news of the channel could not be stored", metadata: ["reason": "\(error)"])
            return false
        }
    }

    /// What became of a send is written down however long it takes: while the hub runs, the answer is not lost.
    private func settle(_ leased: LeasedMessage, _ result: SendResult) async {
        while true {
            do {
                return try await tenant.store.settle(leased, result, window: window, at: clock.now)
            } catch {
                logger.error("the outcome of a send could not be stored", metadata: ["reason": "\(error)"])
                // A hub that is told to stop does not wait for a full disk: the lease says that the send is in doubt.
                if isStopping { return }
                try? await Task.sleep(for: Self.storePause)
            }
        }
    }
}
