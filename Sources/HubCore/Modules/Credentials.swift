import AdapterKit
import HubStore

/// What a channel's adapter was given by its provider, in the tenant's own store.
struct StoredCredentials: CredentialPort {
    let store: TenantStore
    let channel: String
    let clock: any ClockPort

    func credential(_ name: String) async throws -> Secret? { try await store.credential(name, channel: channel) }

    func keep(_ credential: Secret?, as name: String) async throws {
        try await store.keep(credential, as: name, channel: channel, at: clock.now)
    }
}

/// For apps that tenants share and for business systems, which keep nothing.
struct NoCredentials: CredentialPort {
    /// There is nowhere to keep it.
    struct Unkept: Error {}

    func credential(_ name: String) async throws -> Secret? { nil }

    func keep(_ credential: Secret?, as name: String) async throws { throw Unkept() }
}
