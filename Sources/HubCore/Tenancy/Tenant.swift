import AdapterKit
public import HubStore

/// The handle to one tenant, and the only way to its data.
///
/// It comes from an API key that was checked or a webhook that was verified; there is none to be had by a tenant's id from
/// a request.
public struct Tenant: Sendable {
    public let configuration: TenantConfiguration
    public let store: TenantStore
    let signals: TenantSignals
    /// By the channel's name.
    let adapters: [String: any ChannelAdapter]
    /// How people sign in, by the connection's name.
    let connections: [String: Connection]
    /// The business systems that people connect, by name.
    let services: [String: Connection]
    let ground: ProviderGround
    /// How browsers reach the hub.
    let origin: PublicOrigin?
    let clock: any ClockPort

    public var id: String { configuration.id }

    /// The channels of the tenant, in the order of tenants.yaml.
    public var desks: [ChannelDesk] { configuration.channels.compactMap { desk($0.name) } }

    /// The channel of that name, if the tenant has one.
    public func desk(_ name: String) -> ChannelDesk? {
        guard let configuration = configuration.channels.first(where: { $0.name == name }),
            let adapter = adapters[name]
        else { return nil }
        return ChannelDesk(configuration: configuration, adapter: adapter, store: store, clock: clock)
    }

    /// Follows the event log live from after a sequence number.
    public func follow(after sequence: Int64, heartbeat: Duration) -> EventFollower {
        EventFollower(store: store, signals: signals, after: sequence, heartbeat: heartbeat)
    }

    /// Makes a dead letter due again. Returns false when there is none of that id.
    public func replay(deadLetter id: String) async throws -> Bool {
        guard try await store.replay(deadLetter: id, at: clock.now) != nil else { return false }
        signals.wakeReaders()
        return true
    }

    /// Puts a message into the outbox, if its channel can take it.
    public func send(_ message: NewMessage) async throws -> EnqueueOutcome {
        guard let desk = desk(message.channel) else {
            return .refused([
                RequestProblem(
                    pointer: "/channel", code: "unknown_channel", detail: "is no channel of this tenant")
            ])
        }
        let adapter = desk.adapter as? any TemplateChannel
        let checks = SendChecks(channel: desk.storeChannel, media: desk.manifest.media) { send, template in
            adapter?.problems(of: send, using: template) ?? []
        }
        let outcome = try await store.enqueue(message, checks: checks, at: clock.now)
        guard case .refused(let problems) = outcome, problems.contains(where: \.isAboutUnknownTemplate),
            try await desk.renewTemplates()
        else { return outcome }
        return try await store.enqueue(message, checks: checks, at: clock.now)
    }

    /// The media of a message may be fetched again. Returns false when there are none that failed and can be had still.
    public func retry(media id: String) async throws -> Bool { try await store.retryMedia(id, at: clock.now) }
}

extension RequestProblem {
    fileprivate var isAboutUnknownTemplate: Bool { code == "unknown_template" || code == "unknown_language" }
}

extension ChannelDesk {
    /// A template that nobody knows may be new: asks the provider, but not more than once a minute.
    fileprivate func renewTemplates() async throws -> Bool {
        if let syncedAt = try await templatesSyncedAt(), clock.now - syncedAt < .seconds(60) { return false }
        do {
            try await syncTemplates()
            return true
        } catch is DeskRefusal {
            return false
        }
    }
}
