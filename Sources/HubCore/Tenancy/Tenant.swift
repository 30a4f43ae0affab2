public import HubStore

/// The handle to one tenant, and the only way to its data.
///
/// It comes from an API key that was checked or a webhook that was verified; there is none to be had by a tenant's id from
/// a request.
public struct Tenant: Sendable {
    public let configuration: TenantConfiguration
    public let store: TenantStore
    let signals: TenantSignals

    public var id: String { configuration.id }

    /// The channel of that name, if the tenant has one.
    public func channel(_ name: String) -> ChannelConfiguration? {
        configuration.channels.first { $0.name == name }
    }

    /// Follows the event log live from after a sequence number.
    public func follow(after sequence: Int64, heartbeat: Duration) -> EventFollower {
        EventFollower(store: store, signals: signals, after: sequence, heartbeat: heartbeat)
    }

    /// Makes a dead letter due again. Returns false when there is none of that id.
    public func replay(deadLetter id: String, clock: SystemClock) async throws -> Bool {
        guard try await store.replay(deadLetter: id, at: clock.now) != nil else { return false }
        signals.wakeReaders()
        return true
    }
}
