public import AdapterKit
public import HubStore
public import Logging
import Synchronization

extension Activity: StoreActivity {}

/// The hub without its network: tenants and their stores, what comes in, what goes out.
public final class Hub: Sendable {
    /// Stores that stay open while nobody uses them.
    private static let openStores = 512

    public let health: Health
    public let clock = SystemClock()
    private let folder: DataFolder
    private let pool = StorePool(capacity: openStores)
    private let quarantine: Quarantine
    private let factory: AdapterFactory
    private let logger: Logger
    private let snapshot: Mutex<Snapshot>
    private let runners = RunnerTable()

    /// What requests see: replaced as a whole by a reload.
    private struct Snapshot: Sendable {
        var configuration: HubConfiguration?
        var tenants: [String: Tenant] = [:]
        var modules: [String: TenantModules] = [:]
        var callers = CallerTable()
        var intake: WebhookIntake?
    }

    public init(
        folder: DataFolder, catalogue: AdapterCatalogue, http: any HTTPPort, health: Health, logger: Logger
    ) throws {
        self.folder = folder
        self.health = health
        self.logger = logger
        quarantine = try Quarantine(data: folder.path, masterKey: folder.masterKey)
        factory = AdapterFactory(catalogue: catalogue, http: http, clock: clock, logger: logger)
        snapshot = Mutex(Snapshot())
    }

    // MARK: Life

    /// Takes a configuration over: the first, or a new one. Tenants that did not change are not disturbed. When an adapter
    /// refuses its settings nothing changes.
    /// - Throws: ``ModuleProblem``.
    @discardableResult
    public func apply(_ configuration: HubConfiguration) async throws -> ConfigurationChanges {
        let old = snapshot.withLock { $0 }
        let changes = configuration.changes(from: old.configuration ?? configuration.withoutTenants)
        let unchanged = Set(changes.tenantsUnchanged)
        var new = Snapshot(configuration: configuration)
        var grounds: [String: Ground] = [:]
        let apps: [(WebhookEndpoint, any ChannelAdapter)]
        // What may throw comes first.
        do {
            for tenant in configuration.tenants {
                let ground = old.tenants[tenant.id].map { Ground($0) } ?? ground(of: tenant.id)
                grounds[tenant.id] = ground
                new.modules[tenant.id] =
                    try unchanged.contains(tenant.id)
                    ? old.modules[tenant.id]
                    : TenantModules(
                        tenant, store: ground.store, grants: ground.providers.grants, factory: factory)
            }
            // Apps of identity providers are nothing but settings that connections share.
            apps = try configuration.apps.filter { factory.catalogue[$0.adapter]?.manifest.kind == .channel }
                .map { (WebhookEndpoint.app($0.name), try factory.app($0)) }
        } catch {
            for activity in grounds.values.compactMap(\.activity) { health.end(activity) }
            throw error
        }
        for tenant in configuration.tenants {
            if unchanged.contains(tenant.id), let known = old.tenants[tenant.id] {
                new.tenants[tenant.id] = known
            } else if let ground = grounds[tenant.id] {
                new.tenants[tenant.id] = Tenant(
                    configuration: tenant, store: ground.store, signals: ground.signals,
                    adapters: new.modules[tenant.id]?.channels ?? [:],
                    connections: new.modules[tenant.id]?.connections ?? [:],
                    services: new.modules[tenant.id]?.services ?? [:], ground: ground.providers,
                    origin: configuration.origin, clock: clock)
            }
            if let handle = new.tenants[tenant.id] { new.callers.add(handle) }
        }
        new.intake = intake(configuration, apps: apps, new)
        // New lanes start only after the old ones of the same tenant have ended.
        await runners.stop(changes.tenantsRemoved + changes.tenantsChanged)
        let started = configuration.tenants.filter { !unchanged.contains($0.id) }.compactMap { tenant in
            new.tenants[tenant.id].flatMap { handle in
                new.modules[tenant.id].map { modules in
                    TenantRunner(handle, modules: modules, health: health, clock: clock, logger: logger)
                }
            }
        }
        await withDiscardingTaskGroup { group in
            for runner in started { group.addTask { await runner.prepare() } }
        }
        snapshot.withLock { $0 = new }
        for runner in started { await runners.start(runner) }
        for tenant in changes.tenantsRemoved { await old.tenants[tenant]?.store.close() }
        return changes
    }

    /// Ends all work: what is under way is finished and written down, then the files are closed.
    public func stop() async {
        await runners.stopAll()
        for tenant in snapshot.withLock({ Array($0.tenants.values) }) { await tenant.store.close() }
        await quarantine.close()
    }

    /// What stays of a tenant when its configuration changes.
    private struct Ground {
        let store: TenantStore
        let signals: TenantSignals
        let providers: ProviderGround
        /// Of a store that is new.
        var activity: Activity?

        init(store: TenantStore, signals: TenantSignals, providers: ProviderGround, activity: Activity) {
            self.store = store
            self.signals = signals
            self.providers = providers
            self.activity = activity
        }

        init(_ known: Tenant) {
            store = known.store
            signals = known.signals
            providers = known.ground
        }
    }

    private func ground(of tenant: String) -> Ground {
        let signals = TenantSignals()
        let activity = health.begin("writer:\(tenant)")
        let store = TenantStore(
            tenant: tenant, files: StoreFiles(data: folder.path, tenant: tenant), masterKey: folder.masterKey,
            pool: pool, activity: activity, committed: { signals.committed($0) })
        let providers = ProviderGround(store: store, http: factory.http, clock: clock)
        return Ground(store: store, signals: signals, providers: providers, activity: activity)
    }

    private func intake(
        _ configuration: HubConfiguration, apps: [(WebhookEndpoint, any ChannelAdapter)], _ snapshot: Snapshot
    ) -> WebhookIntake {
        var receivers = Dictionary(apps) { first, _ in first }
        var metrics: [ChannelPlace: InboundMetrics] = [:]
        var channels: [ChannelPlace: StoreChannel] = [:]
        for tenant in configuration.tenants {
            for channel in tenant.channels {
                let place = ChannelPlace(tenant: tenant.id, channel: channel.name)
                metrics[place] = InboundMetrics(place)
                channels[place] = snapshot.tenants[tenant.id]?.desk(channel.name)?.storeChannel
                // A channel on a shared app has no secrets of its own to prove a webhook with.
                guard channel.app == nil else { continue }
                receivers[.channel(tenant: tenant.id, channel: channel.name)] =
                    snapshot.modules[tenant.id]?.channels[channel.name]
            }
        }
        return WebhookIntake(
            receivers: receivers, tenants: snapshot.tenants, attribution: Attribution(configuration.tenants),
            quarantine: quarantine, metrics: metrics, channels: channels, logger: logger)
    }

    // MARK: What the edge asks

    /// Whoever has this API key: one of tenants.yaml, or one that a person issued.
    public func caller(key: String) async throws -> Caller? {
        let (callers, tenants) = snapshot.withLock { ($0.callers, $0.tenants) }
        if let caller = callers.caller(key: key) { return caller }
        guard let tenant = IssuedKey.tenant(of: key).flatMap({ tenants[$0] }) else { return nil }
        return try await tenant.caller(issuedKey: Secret(key))
    }

    /// How browsers reach the hub; nil when it has no address that they could be signed in at.
    public var origin: PublicOrigin? { snapshot.withLock { $0.configuration?.origin } }

    /// Sign-in of a tenant; nil for an unknown one, and for one that browsers cannot reach.
    public func signInDesk(tenant: String) -> SignInDesk? {
        let tenants = snapshot.withLock { $0.tenants }
        guard let known = tenants[tenant], let origin = known.origin else { return nil }
        return SignInDesk(tenant: known, tenants: tenants, origin: origin, logger: logger)
    }

    /// Whoever is signed in with this session token at this tenant; nil for an unknown, lapsed, ended or foreign one.
    public func visitor(tenant: String, session: Secret) async throws -> Visitor? {
        try await snapshot.withLock { $0.tenants[tenant] }?.visitor(session: session)
    }

    /// A link that lets the tenant's first person in, or one who cannot be invited otherwise: for the operator's own
    /// address. Nil for an unknown tenant.
    /// - Throws: ``NoOrigin``.
    public func inviteByOperator(
        tenant: String, role: PersonRole, name: String?, email: String?
    ) async throws -> (link: String, expiresAt: Timestamp)? {
        guard let tenant = snapshot.withLock({ $0.tenants[tenant] }) else { return nil }
        let (link, invitation) = try await tenant.invite(
            role: role, name: name, email: email, by: nil, lifetime: Visitor.invitationLifetime)
        try await tenant.audit("person.invited", reason: role.rawValue, actor: "operator")
        return (link, invitation.expiresAt)
    }

    /// Answers a provider that asks for proof of an address.
    public func handshake(_ endpoint: WebhookEndpoint, _ request: WebhookRequest) throws(WebhookRefusal) -> String {
        guard let intake = snapshot.withLock({ $0.intake }) else { throw .unavailable }
        return try intake.handshake(endpoint, request)
    }

    /// Returns when everything that the webhook said is on disk.
    public func receive(_ endpoint: WebhookEndpoint, _ request: WebhookRequest) async throws(WebhookRefusal) {
        guard let intake = snapshot.withLock({ $0.intake }) else { throw .unavailable }
        try await intake.receive(endpoint, request)
    }

    /// The tenants of the configuration in force, for the operator: ids, names and how much each has, no handles.
    public var tenants: [TenantConfiguration] { snapshot.withLock { $0.configuration?.tenants ?? [] } }

    /// A channel for the operator: how it stands, and its account. Only the operator's own address may ask for it; what a
    /// tenant asks for comes by its key, from ``caller(key:)``.
    public func operatorDesk(tenant: String, channel: String) -> ChannelDesk? {
        snapshot.withLock { $0.tenants[tenant] }?.desk(channel)
    }

    /// A page of the quarantine, the oldest first.
    public func quarantined(after id: Int64, limit: Int) async throws -> [QuarantinedBatch] {
        try await quarantine.batches(after: id, limit: limit)
    }

    /// Tries to place everything in the quarantine again.
    /// - Returns: How many batches found their place, and why others did not, by id.
    public func replayQuarantine() async throws -> (placed: Int, kept: [Int64: String]) {
        guard let intake = snapshot.withLock({ $0.intake }) else { return (0, [:]) }
        var placed = 0
        var kept: [Int64: String] = [:]
        var position: Int64 = 0
        while case let batches = try await quarantine.batches(after: position, limit: 100), let last = batches.last {
            for batch in batches {
                if let reason = await intake.replay(batch) {
                    kept[batch.id] = reason
                } else {
                    try await quarantine.remove(batch.id)
                    placed += 1
                }
            }
            position = last.id
        }
        return (placed, kept)
    }
}

/// The runners of all tenants.
private actor RunnerTable {
    private var runners: [String: TenantRunner] = [:]

    func start(_ runner: TenantRunner) async {
        runners[runner.tenantID] = runner
        await runner.start()
    }

    func stop(_ tenants: [String]) async {
        let leaving = tenants.compactMap { runners.removeValue(forKey: $0) }
        await withDiscardingTaskGroup { group in
            for runner in leaving { group.addTask { await runner.stop() } }
        }
    }

    func stopAll() async { await stop(Array(runners.keys)) }
}

extension HubConfiguration {
    /// What the first configuration is compared with.
    fileprivate var withoutTenants: HubConfiguration {
        var empty = self
        empty.tenants = []
        return empty
    }
}
