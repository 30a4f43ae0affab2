public import AdapterKit
import HubStore

/// A business system that people connect, and how it stands.
public struct ServiceDescription: Sendable {
    public enum State: Sendable, Equatable {
        case notConnected
        case connected(account: String?, since: Timestamp)
        /// Somebody has to connect it again.
        case broken(reason: String, account: String?)
    }

    public let name: String
    /// The adapter's name.
    public let adapter: String
    public let summary: String
    public let parameters: [StartParameter]
    public let state: State
}

extension Visitor {
    /// In the order of names.
    public func services() async throws -> [ServiceDescription] {
        try require(.manageServices)
        var services: [ServiceDescription] = []
        for (name, connection) in tenant.services.sorted(by: { $0.key < $1.key }) {
            services.append(
                ServiceDescription(
                    name: name, adapter: connection.manifest.name, summary: connection.manifest.summary,
                    parameters: connection.declaration.parameters, state: try await state(of: name)))
        }
        return services
    }

    private func state(of service: String) async throws -> ServiceDescription.State {
        guard let grant = try await store.grant(.system(service)) else { return .notConnected }
        if case .broken(let reason) = grant.state { return .broken(reason: reason, account: grant.label) }
        return .connected(account: grant.label, since: grant.connectedAt)
    }

    /// Asks the system whether it can be worked with.
    /// - Returns: What it found, in a line; nil when there is no such system.
    /// - Throws: ``ProviderFailure``.
    public func test(service: String) async throws -> String? {
        try require(.manageServices)
        guard let system = tenant.services[service]?.client as? any ConnectedSystem else { return nil }
        return try await system.test()
    }

    /// Forgets what the system was granted, and gives it back to the provider. Returns false when nothing was connected.
    public func disconnect(service: String) async throws -> Bool {
        try require(.manageServices)
        guard tenant.services[service] != nil, let grant = try await store.dropGrant(.system(service)) else {
            return false
        }
        try await audit("service.disconnected", connection: service)
        await tenant.revoke([grant])
        return true
    }
}
