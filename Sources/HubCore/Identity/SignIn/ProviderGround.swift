import AdapterKit
import HubStore

/// What a tenant's sign-in shares and keeps while its configuration changes: keys, metadata, forms on their way, and the
/// locks of refreshes.
struct ProviderGround: Sendable {
    let http: any HTTPPort
    let clock: any ClockPort
    let keys: KeySets
    let metadata: ProviderMetadata
    let relay: FormRelay
    let grants: GrantKeeper
    let refusals = RefusalBudget()

    init(store: TenantStore, http: any HTTPPort, clock: any ClockPort) {
        self.http = http
        self.clock = clock
        keys = KeySets(http: http, clock: clock)
        metadata = ProviderMetadata(http: http, clock: clock)
        relay = FormRelay(clock: clock)
        grants = GrantKeeper(store: store, http: http, clock: clock, metadata: metadata, keys: keys)
    }
}
