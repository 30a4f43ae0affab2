/// What a reload changes.
public struct ConfigurationChanges: Sendable, Equatable {
    /// Tenant ids, sorted; each tenant of the old and the new configuration is in exactly one of the four lists.
    public var tenantsAdded: [String] = []
    public var tenantsRemoved: [String] = []
    /// Also those whose shared app changed.
    public var tenantsChanged: [String] = []
    public var tenantsUnchanged: [String] = []
    /// Names of the apps that were added, removed or changed, sorted.
    public var appsChanged: [String] = []
    /// Keys under `hub:` whose value changed, such as `listen`. They are read at start only and need a restart.
    public var hubChanged: [String] = []

    public init() {}

    /// Whether nothing changed at all.
    public var isEmpty: Bool {
        tenantsAdded.isEmpty && tenantsRemoved.isEmpty && tenantsChanged.isEmpty && appsChanged.isEmpty
            && hubChanged.isEmpty
    }
}

extension HubConfiguration {
    /// What is different in this configuration from the `old` one.
    public func changes(from old: HubConfiguration) -> ConfigurationChanges {
        var changes = ConfigurationChanges()
        let before = Dictionary(old.tenants.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(tenants.map { ($0.id, $0) }) { first, _ in first }
        changes.tenantsRemoved = before.keys.filter { after[$0] == nil }.sorted()
        for (id, tenant) in after.sorted(by: { $0.key < $1.key }) {
            switch before[id] {
            case nil: changes.tenantsAdded.append(id)
            case tenant: changes.tenantsUnchanged.append(id)
            default: changes.tenantsChanged.append(id)
            }
        }
        let appsBefore = Dictionary(old.apps.map { ($0.name, $0) }) { first, _ in first }
        let appsAfter = Dictionary(apps.map { ($0.name, $0) }) { first, _ in first }
        changes.appsChanged = Set(appsBefore.keys).union(appsAfter.keys)
            .filter { appsBefore[$0] != appsAfter[$0] }.sorted()
        changes.hubChanged = hubKeysChanged(from: old)
        return changes
    }

    private func hubKeysChanged(from old: HubConfiguration) -> [String] {
        var keys: [String] = []
        if allowPrivateHosts != old.allowPrivateHosts { keys.append("allow_private_hosts") }
        if dataPath != old.dataPath { keys.append("data") }
        if listen != old.listen { keys.append("listen") }
        if masterKey != old.masterKey { keys.append("master_key") }
        if operatorListen != old.operatorListen { keys.append("operator_listen") }
        if publicURL != old.publicURL { keys.append("public_url") }
        return keys
    }
}
