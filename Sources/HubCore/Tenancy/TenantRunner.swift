import AdapterKit
import HubStore
import Logging

/// The adapters of one tenant, made and ready.
struct TenantModules: Sendable {
    var channels: [String: any ChannelAdapter] = [:]
    var systems: [String: any SystemAdapter] = [:]
    /// Per system, a text that changes when its settings do.
    var fingerprints: [String: String] = [:]
    /// How people sign in.
    var connections: [String: Connection] = [:]
    /// The systems that people connect.
    var services: [String: Connection] = [:]

    init(
        _ configuration: TenantConfiguration, store: TenantStore, grants: GrantKeeper, factory: AdapterFactory
    ) throws {
        for channel in configuration.channels {
            channels[channel.name] = try factory.channel(channel, of: store)
        }
        for system in configuration.systems {
            let adapter = try factory.system(system, of: store, grants: grants)
            systems[system.name] = adapter
            if let client = adapter as? any ConnectedSystem {
                services[system.name] = Connection(
                    name: system.name, manifest: type(of: client).manifest, client: client, settings: system.settings,
                    join: nil)
            }
            fingerprints[system.name] = factory.catalogue[system.adapter].map {
                system.settings.fingerprint($0.manifest.settings)
            }
        }
        for connection in configuration.connections {
            let client = try factory.identity(connection, tenant: configuration.id)
            connections[connection.name] = Connection(
                name: connection.name, manifest: type(of: client).manifest, client: client,
                settings: connection.settings, join: connection.join)
        }
    }
}

/// Runs the lanes and workers of one tenant.
actor TenantRunner {
    private let tenant: Tenant
    private let lanes: [ChannelLane]
    private let fetchers: [MediaFetcher]
    private let keepers: [ChannelKeeper]
    private let workers: [SystemWorker]
    private let activities: [Activity]
    private let health: Health
    private let logger: Logger
    private let clock: any ClockPort
    /// Sends and deliveries, which are never cancelled.
    private var task: Task<Void, Never>?
    /// Fetches and probes.
    private var background: Task<Void, Never>?
    private var isStopping = false

    nonisolated var tenantID: String { tenant.id }

    init(_ tenant: Tenant, modules: TenantModules, health: Health, clock: any ClockPort, logger: Logger) {
        self.tenant = tenant
        self.health = health
        self.clock = clock
        self.logger = logger
        var activities: [Activity] = []
        func activity(_ name: String) -> Activity {
            let activity = health.begin(name)
            activities.append(activity)
            return activity
        }
        let desks = tenant.desks
        lanes = desks.map { desk in
            ChannelLane(
                tenant: tenant, desk: desk, pairRate: desk.manifest.pairRate, clock: clock, logger: logger,
                activity: activity("lane:\(tenant.id)/\(desk.configuration.name)"))
        }
        fetchers = desks.compactMap { desk in
            (desk.adapter as? any MediaChannel).map { adapter in
                MediaFetcher(tenant: tenant, desk: desk, adapter: adapter, clock: clock, logger: logger)
            }
        }
        keepers = desks.filter { ChannelKeeper.isNeeded(for: $0) }.map { desk in
            ChannelKeeper(tenant: tenant, desk: desk, clock: clock, logger: logger)
        }
        workers = tenant.configuration.systems.compactMap { system in
            modules.systems[system.name].map { adapter in
                SystemWorker(
                    tenant: tenant, system: system, fingerprint: modules.fingerprints[system.name] ?? "",
                    adapter: adapter, clock: clock, logger: logger,
                    activity: activity("worker:\(tenant.id)/\(system.name)"))
            }
        }
        self.activities = activities
    }

    /// Gives every system its place in the log, before the first event of a new configuration is written. A store that
    /// cannot be opened holds up no other tenant: its workers try again.
    func prepare() async {
        for worker in workers {
            do {
                try await worker.subscribe()
            } catch {
                logger.error(
                    "the tenant's systems cannot be subscribed yet",
                    metadata: ["tenant": "\(tenant.id)", "reason": "\(error)"])
            }
        }
    }

    func start() {
        background = Task { [fetchers, keepers] in
            if !fetchers.isEmpty { await recoverMedia() }
            await withDiscardingTaskGroup { group in
                for fetcher in fetchers { group.addTask { await fetcher.run() } }
                for keeper in keepers { group.addTask { await keeper.run() } }
            }
        }
        task = Task { [lanes, workers, tenant] in
            await recover()
            await tenant.ground.grants.take(tenant.services)
            await withDiscardingTaskGroup { group in
                for lane in lanes { group.addTask { await lane.run() } }
                for worker in workers { group.addTask { await worker.run() } }
            }
        }
    }

    /// Ends the work: what is under way is finished and written down.
    func stop() async {
        // Nothing is cancelled: a send that is cancelled under way would be uncertain.
        isStopping = true
        for lane in lanes { await lane.stop() }
        // What only asks can be asked again.
        background?.cancel()
        for worker in workers { await worker.stop() }
        await task?.value
        await background?.value
        for activity in activities { health.end(activity) }
    }

    /// Media that were being fetched when the hub stopped are due at once.
    private func recoverMedia() async {
        do {
            try await tenant.store.recoverMediaLeases()
        } catch {
            // They are due by themselves a little later.
            logger.warning(
                "media under way could not be taken up", metadata: ["tenant": "\(tenant.id)", "reason": "\(error)"])
        }
    }

    /// Nothing may be leased before what an earlier run left leased is set to uncertain.
    private func recover() async {
        while !isStopping {
            do {
                let count = try await tenant.store.recoverLeases(at: clock.now)
                for grant in try await tenant.store.interruptedRefreshes(at: clock.now) {
                    logger.warning(
                        "tokens were being renewed when the hub stopped",
                        metadata: ["tenant": "\(tenant.id)", "connection": "\(grant.connection)"])
                    guard case .broken(let reason) = grant.state else { continue }
                    try await tenant.audit("grant.broken", reason: reason, connection: grant.connection)
                }
                if count > 0 {
                    logger.warning(
                        "sends were under way when the hub stopped and are uncertain now",
                        metadata: ["tenant": "\(tenant.id)", "count": "\(count)"])
                }
                return
            } catch {
                logger.error(
                    "the tenant's store cannot be opened", metadata: ["tenant": "\(tenant.id)", "reason": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

extension AdapterSettings {
    /// A text that differs when a setting differs. Holds secrets: only a keyed hash of it may be kept.
    fileprivate func fingerprint(_ schema: SettingsSchema) -> String {
        schema.fields.map { field in
            let value =
                switch self[field.key] {
                case .text(let text): text
                case .secret(let secrets): secrets.map { $0.reveal() }.joined(separator: "\u{1}")
                case .integer(let integer): String(integer)
                case .boolean(let boolean): String(boolean)
                case .list(let list): list.joined(separator: "\u{1}")
                case nil: ""
                }
            return "\(field.key)\u{2}\(value)"
        }.joined(separator: "\u{3}")
    }
}
