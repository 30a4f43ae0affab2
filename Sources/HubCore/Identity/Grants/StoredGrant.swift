import AdapterKit

/// The grant of one business system.
struct StoredGrant: GrantPort {
    let keeper: GrantKeeper
    let system: String

    func access() async throws(ProviderFailure) -> GrantedAccess { try await keeper.access(system) }

    func renewed(insteadOf token: Secret) async throws(ProviderFailure) -> GrantedAccess {
        try await keeper.renewed(system, insteadOf: token)
    }
}
