import AdapterKit
import HubStore
import Logging

/// Carries a tenant's events to one of its business systems: each at least once, in order per conversation.
///
/// It walks the log by a cursor. What does not arrive gets a delivery of its own, behind which later events of the same
/// conversation wait; then the cursor moves on, so that one conversation in trouble holds up no other. The cursor and
/// those deliveries are committed together: after a crash at most one window comes again, under the same ids.
actor SystemWorker {
    /// Events read from the log at once.
    private static let windowSize = 256
    /// Deliveries under way at once.
    private static let limit = 8
    private static let storePause: Duration = .seconds(1)

    private let tenant: Tenant
    private let system: SystemConfiguration
    private let fingerprint: String
    private let adapter: any SystemAdapter
    private let routes: [RouteConfiguration]
    private let clock: any ClockPort
    private let logger: Logger
    private let activity: Activity
    private let wakeup: Wakeup
    private let metrics: DeliveryMetrics

    private var breaker = CircuitBreaker()
    private var cursor: Int64 = 0
    private var isGone = false
    private var isSubscribed = false
    private var isStopping = false

    init(
        tenant: Tenant, system: SystemConfiguration, fingerprint: String, adapter: any SystemAdapter,
        clock: any ClockPort, logger: Logger, activity: Activity
    ) {
        self.tenant = tenant
        self.system = system
        self.fingerprint = fingerprint
        self.adapter = adapter
        routes = tenant.configuration.routes.filter { $0.to == system.name }
        self.clock = clock
        self.activity = activity
        wakeup = tenant.signals.follow()
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.id)"
        logger[metadataKey: "system"] = "\(system.name)"
        self.logger = logger
        metrics = DeliveryMetrics(tenant: tenant.id, system: system.name)
    }

    /// Works until ``stop()``; then the deliveries under way end and are written down.
    func run() async {
        while !isStopping {
            do {
                try await subscribe()
                await wakeup.sleep(for: try await step())
            } catch {
                logger.error("events cannot be read or settled", metadata: ["reason": "\(error)"])
                await wakeup.sleep(for: Self.storePause)
            }
        }
        tenant.signals.forget(wakeup)
    }

    /// Gives the system its place in the log. A new one starts at the end, so this comes before the first event that it is
    /// to have; done once, it does nothing more.
    func subscribe() async throws {
        guard !isSubscribed else { return }
        let subscription = try await tenant.store.subscription(system: system.name, settings: fingerprint)
        cursor = subscription.cursor
        isGone = subscription.isDisabled
        isSubscribed = true
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// Does what can be done now, and says how long there is nothing to do: nil until something new comes.
    private func step() async throws -> Duration? {
        while !isStopping, !isGone {
            let now = clock.now
            let state = breaker.state(at: now)
            if case .open(let until) = state { return until - now }
            let hadDue = try await deliverDue(limit: state == .halfOpen ? 1 : 4 * Self.limit)
            if hadDue { continue }
            let hadNew = try await deliverNew(limit: state == .halfOpen ? 1 : Self.windowSize)
            if hadNew { continue }
            guard let next = try await tenant.store.nextDelivery(system: system.name) else { return nil }
            return max(next - clock.now, .milliseconds(100))
        }
        return nil
    }

    /// Tries the deliveries again whose time has come, one of each conversation. Says whether there were any.
    private func deliverDue(limit: Int) async throws -> Bool {
        let due = try await activity.whileBusy {
            try await tenant.store.due(system: system.name, limit: limit, at: clock.now)
        }
        guard !due.isEmpty else { return false }
        try await eachAtOnce(due) { worker, delivery in
            let outcome = await worker.attempt(delivery.event, attempt: delivery.attempts + 1)
            guard let outcome else { return }
            try await worker.settle(delivery, outcome)
        }
        return true
    }

    private func settle(_ delivery: WaitingDelivery, _ outcome: Attempt) async throws {
        let result: DeliveryResult =
            switch outcome {
            case .delivered: .delivered
            case .failed(let reason, let retryAfter):
                DeliveryPolicy.afterFailure(
                    attempts: delivery.attempts + 1, reason: reason, retryAfter: retryAfter,
                    jitter: .random(in: 0...1), now: clock.now)
            case .gone: .again(at: clock.now, Self.gone, counts: false)
            }
        if case .dead = result { metrics.countDead() }
        try await writeDown { try await tenant.store.settle(delivery, result, at: clock.now) }
    }

    /// Delivers the next events of the log. Says whether there were any.
    private func deliverNew(limit: Int) async throws -> Bool {
        let window = try await activity.whileBusy {
            try await tenant.store.window(system: system.name, after: cursor, limit: limit)
        }
        guard let last = window.events.last else { return false }
        // Events of no conversation are in nobody's way: each is a line of its own.
        var lines: [[EventRecord]] = []
        var lineOfConversation: [Int64: Int] = [:]
        for event in window.events
        where routes.contains(where: { $0.carries(event.type.rawValue, from: event.channel) }) {
            if let conversation = event.conversation, let line = lineOfConversation[conversation] {
                lines[line].append(event)
            } else {
                if let conversation = event.conversation { lineOfConversation[conversation] = lines.count }
                lines.append([event])
            }
        }
        guard !lines.isEmpty else {
            // Nothing for this system: read again after a crash, it is passed over again.
            cursor = last.sequence
            return true
        }
        let failed = FailureList()
        try await eachAtOnce(lines) { worker, line in
            await worker.deliver(line, blocked: window.blocked, failed)
        }
        let waiting = failed.all.sorted { $0.sequence < $1.sequence }
        try await writeDown {
            try await tenant.store.advance(system: system.name, to: last.sequence, failed: waiting, at: clock.now)
        }
        cursor = last.sequence
        return true
    }

    /// Delivers the events of one conversation, in order; after one that does not arrive the others wait.
    private func deliver(_ line: [EventRecord], blocked: Set<Int64>, _ failed: FailureList) async {
        var isHeldUp = line.first?.conversation.map { blocked.contains($0) } ?? false
        for event in line {
            guard !isHeldUp else {
                failed.add(FailedDelivery(event: event, attempts: 0, availableAt: clock.now, failure: nil))
                continue
            }
            switch await attempt(event, attempt: 1) {
            case .delivered: continue
            case .failed(let reason, let retryAfter):
                let result = DeliveryPolicy.afterFailure(
                    attempts: 1, reason: reason, retryAfter: retryAfter, jitter: .random(in: 0...1), now: clock.now)
                if case .again(let at, _, _) = result {
                    failed.add(FailedDelivery(event: event, attempts: 1, availableAt: at, failure: reason))
                }
            case .gone, nil:
                failed.add(FailedDelivery(event: event, attempts: 0, availableAt: clock.now, failure: nil))
            }
            isHeldUp = event.conversation != nil
        }
    }

    private enum Attempt {
        case delivered
        case failed(FailureReason, retryAfter: Duration?)
        case gone
    }

    private static let gone = FailureReason(code: "gone", title: "The system answered 410 Gone")

    /// Hands one event over, unless the breaker opened in the meantime: then nil.
    private func attempt(_ event: EventRecord, attempt: Int) async -> Attempt? {
        if case .open = breaker.state(at: clock.now) { return nil }
        if isStopping || isGone { return nil }
        let delivery = EventDelivery(id: event.id, type: event.type.rawValue, body: event.body, attempt: attempt)
        let outcome = await adapter.deliver(delivery)
        metrics.count(outcome)
        switch outcome {
        case .delivered:
            breaker.succeeded()
            return .delivered
        case .failed(let reason, let retryAfter):
            breaker.failed(retryAfter: retryAfter, jitter: .random(in: 0...1), now: clock.now)
            return .failed(reason, retryAfter: retryAfter)
        case .gone:
            await disable()
            return .gone
        }
    }

    /// Writes down what became of deliveries, however long it takes: while the hub runs, a full disk is no reason to hand
    /// the same events over again and again.
    private func writeDown(_ body: () async throws -> Void) async throws {
        while true {
            do {
                return try await body()
            } catch {
                if isStopping { throw error }
                logger.error("the outcome of deliveries could not be stored", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: Self.storePause)
            }
        }
    }

    private func disable() async {
        guard !isGone else { return }
        isGone = true
        logger.error("the system answered 410 Gone and gets no more events until its settings change")
        do {
            try await tenant.store.disable(system: system.name, at: clock.now)
        } catch {
            logger.error("that a system is switched off could not be stored", metadata: ["reason": "\(error)"])
        }
    }

    /// Runs `body` over the items, no more at once than this worker's share.
    private func eachAtOnce<Item: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (SystemWorker, Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= Self.limit { try await group.next() }
                group.addTask { try await body(self, item) }
            }
            try await group.waitForAll()
        }
    }
}
