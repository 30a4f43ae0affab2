import AdapterKit
import HubStore

/// Keeps a tenant's grants usable: one refresh at a time for each, written down before the provider is asked and after it
/// answered, so that a crash in between leaves a state that a person can mend.
actor GrantKeeper {
    private let store: TenantStore
    private let http: any HTTPPort
    private let clock: any ClockPort
    private let metadata: ProviderMetadata
    private let keys: KeySets
    /// By the business system's name.
    private var systems: [String: Connection] = [:]
    private var renewals: [String: Task<Result<GrantRecord, ProviderFailure>, Never>] = [:]

    init(
        store: TenantStore, http: any HTTPPort, clock: any ClockPort, metadata: ProviderMetadata, keys: KeySets
    ) {
        self.store = store
        self.http = http
        self.clock = clock
        self.metadata = metadata
        self.keys = keys
    }

    /// The systems of the configuration in force.
    func take(_ systems: [String: Connection]) { self.systems = systems }

    func access(_ system: String) async throws(ProviderFailure) -> GrantedAccess {
        let grant = try await grant(system)
        guard let expiresAt = grant.accessExpiresAt,
            expiresAt - clock.now <= (try? systems[system]?.client.provider([:]))?.refresh?.margin ?? .zero
        else { return try GrantedAccess(grant) }
        do throws(ProviderFailure) {
            return try GrantedAccess(try await renew(system, insteadOf: grant.accessToken))
        } catch {
            // What is still good is good enough, as long as nothing is wrong with the grant.
            guard error.kind == .unavailable, expiresAt > clock.now else { throw error }
            return try GrantedAccess(grant)
        }
    }

    func renewed(_ system: String, insteadOf token: Secret) async throws(ProviderFailure) -> GrantedAccess {
        try GrantedAccess(try await renew(system, insteadOf: token))
    }

    private func grant(_ system: String) async throws(ProviderFailure) -> GrantRecord {
        let grant: GrantRecord?
        do {
            grant = try await store.grant(.system(system))
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "store_unavailable", title: "The store is busy"))
        }
        guard let grant else {
            throw ProviderFailure(
                .misconfigured, FailureReason(code: "not_connected", title: "Nobody has connected this system"))
        }
        if case .broken(let reason) = grant.state { throw .reconnect(reason) }
        return grant
    }

    /// Whoever comes while a refresh is under way waits for it.
    private func renew(_ system: String, insteadOf token: Secret?) async throws(ProviderFailure) -> GrantRecord {
        if let renewal = renewals[system] { return try await renewal.value.get() }
        let grant = try await grant(system)
        // The actor may have been left meanwhile.
        if let renewal = renewals[system] { return try await renewal.value.get() }
        if grant.accessToken != token { return grant }
        guard let connection = systems[system] else {
            throw ProviderFailure(
                .misconfigured, FailureReason(code: "not_connected", title: "There is no such system"))
        }
        let refresh = GrantRefresh(store: store, http: http, clock: clock, metadata: metadata, keys: keys)
        let renewal = Task { await refresh.run(grant, connection) }
        renewals[system] = renewal
        let result = await renewal.value
        renewals[system] = nil
        return try result.get()
    }
}

extension GrantedAccess {
    fileprivate init(_ grant: GrantRecord) throws(ProviderFailure) {
        guard let token = grant.accessToken else { throw .reconnect("no_access_token") }
        self.init(token: token, subject: grant.subject ?? "", scopes: grant.scopes)
    }
}

extension ProviderFailure {
    /// - Parameter reason: The code of what broke the grant.
    static func reconnect(_ reason: String) -> ProviderFailure {
        ProviderFailure(
            .misconfigured, FailureReason(code: reason, title: "Somebody has to connect this system again"))
    }
}
