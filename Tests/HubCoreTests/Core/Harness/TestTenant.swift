import AdapterKit
import AdapterTesting
import Logging
import Synchronization
import Testing

@testable import HubCore
@testable import HubStore

/// A tenant with a real store, a clock that is moved by hand, and lanes and workers that are run one by one.
final class TestTenant: Sendable {
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let folder: TemporaryFolder
    let clock = ManualClock()
    let health = Health()
    let tenant: Tenant
    var store: TenantStore { tenant.store }

    init(_ configuration: TenantConfiguration = .acme, folder: TemporaryFolder? = nil, masterKey: MasterKey? = nil)
        throws
    {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        let signals = TenantSignals()
        let store = TenantStore(
            tenant: configuration.id, files: StoreFiles(data: folder.path, tenant: configuration.id),
            masterKey: try masterKey ?? #require(MasterKey(text: MasterKey.generate())), pool: StorePool(capacity: 8),
            activity: health.begin("writer"), committed: { signals.committed($0) })
        tenant = Tenant(
            configuration: configuration, store: store, signals: signals,
            adapters: ["support": ScriptedChannel(ChannelScript(clock: clock))], connections: [:], services: [:],
            ground: ProviderGround(store: store, http: RecordingHTTP(), clock: clock), origin: nil, clock: clock)
    }

    /// Moves the clock and has everyone look at it.
    func advance(_ duration: Duration) {
        clock.advance(duration)
        tenant.signals.committed(CommitSummary(lastSequence: 1, channels: ["support"]))
    }

    func queue(_ key: String, to phone: String = "+16505551234") async throws -> String {
        let outcome = try await store.enqueue(
            NewMessage(
                channel: "support", recipient: .phone(phone), content: .text(.init(body: key)), idempotencyKey: key,
                request: Array(key.utf8)), checks: SendChecks(channel: .support), at: clock.now)
        guard case .queued(let id) = outcome else { throw NeverHappened() }
        return id
    }

    func status(_ id: String) async throws -> MessageStatus? { try await store.message(id: id)?.status }

    /// One message of each of some people, by the last digit of their phone number.
    func receive(_ digits: String) async throws {
        let first = try await store.lastSequence()
        let updates = digits.enumerated().map { index, digit in
            InboundUpdate.message(
                InboundMessage(
                    providerID: "wamid.\(first).\(index)", sender: [ContactIdentity(.phone, "+1650555000\(digit)")],
                    content: .text(.init(body: "hello")), sentAt: clock.now, raw: .null))
        }
        try await store.ingest(updates, channel: .support, at: clock.now)
    }

    func events(_ type: EventType) async throws -> [JSON] {
        try await store.events(after: 0, limit: 10_000).filter { $0.type == type }
            .map { try JSON.parse($0.body)["data"] ?? .null }
    }

    /// Runs the channel's lane while the body runs, and until its sends have ended.
    func withLane(
        _ script: ChannelScript, pairRate: PairRate? = nil, _ body: () async throws -> Void
    ) async throws {
        let channel = try #require(tenant.configuration.channels.first)
        let desk = ChannelDesk(
            configuration: channel, adapter: ScriptedChannel(script), store: store, clock: clock)
        let lane = ChannelLane(
            tenant: tenant, desk: desk, pairRate: pairRate, clock: clock, logger: Self.logger,
            activity: health.begin("lane"))
        let running = Task { await lane.run() }
        do {
            try await body()
        } catch {
            await lane.stop()
            await running.value
            throw error
        }
        await lane.stop()
        await running.value
    }

    func worker(_ script: SystemScript, fingerprint: String = "one") -> SystemWorker {
        SystemWorker(
            tenant: tenant, system: SystemConfiguration(name: "crm", adapter: "scripted-system", settings: .init([:])),
            fingerprint: fingerprint, adapter: ScriptedSystem(script), clock: clock, logger: Self.logger,
            activity: health.begin("worker"))
    }

    /// Subscribes the system before anything is in the log.
    func subscribe(fingerprint: String = "one") async throws {
        _ = try await store.subscription(system: "crm", settings: fingerprint)
    }

    /// Runs the system's worker while the body runs, and until its deliveries have ended.
    func withWorker(_ script: SystemScript, fingerprint: String = "one", _ body: () async throws -> Void) async throws {
        let worker = worker(script, fingerprint: fingerprint)
        let running = Task { await worker.run() }
        do {
            try await body()
        } catch {
            await worker.stop()
            await running.value
            throw error
        }
        await worker.stop()
        await running.value
    }
}

extension StoreChannel {
    static let support = StoreChannel("support", account: "1")
}

extension TenantConfiguration {
    static let acme = TenantConfiguration(
        id: "acme", name: "Acme",
        channels: [.scripted("support", ["messages_per_second": .integer(1000)])],
        systems: [SystemConfiguration(name: "crm", adapter: "scripted-system", settings: .init([:]))],
        routes: [RouteConfiguration(to: "crm", events: ["message.*"])])
}

extension ChannelConfiguration {
    static func scripted(
        _ name: String, app: String? = nil, account: String = "1", parent: String? = nil,
        _ settings: [String: AdapterSettings.Value] = [:]
    ) -> ChannelConfiguration {
        ChannelConfiguration(
            name: name, adapter: "scripted", app: app, settings: AdapterSettings(settings),
            accounts: ChannelAccounts(channel: account, parent: parent))
    }
}
