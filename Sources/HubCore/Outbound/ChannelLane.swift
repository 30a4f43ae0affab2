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

    private let tenant: Tenant
    private let channel: ChannelConfiguration
    private let adapter: any ChannelAdapter
    private let clock: any ClockPort
    private let logger: Logger
    private let activity: Activity
    private let wakeup: Wakeup
    private let metrics: OutboundMetrics

    private var bucket: TokenBucket
    private var underWay = 0
    private var restsUntil: Timestamp?
    /// Consecutive outcomes that were the channel's fault.
    private var failures = 0
    private var isAlerted = false
    private var isStopping = false

    init(
        tenant: Tenant, channel: ChannelConfiguration, adapter: any ChannelAdapter, clock: any ClockPort,
        logger: Logger, activity: Activity
    ) {
        self.tenant = tenant
        self.channel = channel
        self.adapter = adapter
        self.clock = clock
        self.activity = activity
        self.wakeup = tenant.signals.lane(channel.name)
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.id)"
        logger[metadataKey: "channel"] = "\(channel.name)"
        self.logger = logger
        metrics = OutboundMetrics(tenant: tenant.id, channel: channel.name)
        bucket = TokenBucket(perSecond: channel.settings.integer("messages_per_second") ?? 80, at: clock.now)
    }

    /// Works until ``stop()``, then waits for the sends under way, so that none becomes uncertain for a shutdown.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !isStopping {
                let now = clock.now
                if let restsUntil, restsUntil > now {
                    await wakeup.sleep(for: restsUntil - now)
                    continue
                }
                let room = min(Self.limit - underWay, bucket.available(at: now))
                guard room > 0 else {
                    await wakeup.sleep(for: underWay < Self.limit ? bucket.wait : nil)
                    continue
                }
                do {
                    let leased = try await lease(room, at: now)
                    guard !isResting else {
                        // The rest began while they were leased.
                        for message in leased { await settle(message, .again(at: now, counts: false)) }
                        continue
                    }
                    bucket.take(leased.count)
                    underWay += leased.count
                    for message in leased { group.addTask { await self.send(message) } }
                    guard leased.isEmpty else { continue }
                    let due = try await tenant.store.nextDue(channel: channel.name)
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

    private func lease(_ limit: Int, at now: Timestamp) async throws -> [LeasedMessage] {
        try await activity.whileBusy {
            try await tenant.store.lease(channel: channel.name, limit: limit, at: now)
        }
    }

    private func send(_ leased: LeasedMessage) async {
        let outcome = await adapter.send(leased.message)
        metrics.count(outcome)
        // Sends that were under way when the channel's rest began do not make it longer.
        let wasResting = isResting
        let decision = SendPolicy.decide(
            outcome, attempt: leased.attempt, queuedAt: leased.queuedAt,
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
            isAlerted = false
        }
        guard let reason = decision.alert, !isAlerted else { return }
        isAlerted = true
        logger.error("the channel cannot send", metadata: ["code": "\(reason.code)", "title": "\(reason.title)"])
        do {
            try await tenant.store.alert(channel: channel.name, reason, at: clock.now)
        } catch {
            logger.error("an alert could not be stored", metadata: ["reason": "\(error)"])
        }
    }

    /// What became of a send is written down however long it takes: while the hub runs, the answer is not lost.
    private func settle(_ leased: LeasedMessage, _ result: SendResult) async {
        while true {
            do {
                return try await tenant.store.settle(leased, result, at: clock.now)
            } catch {
                logger.error("the outcome of a send could not be stored", metadata: ["reason": "\(error)"])
                // A hub that is told to stop does not wait for a full disk: the lease says that the send is in doubt.
                if isStopping { return }
                try? await Task.sleep(for: Self.storePause)
            }
        }
    }
}
