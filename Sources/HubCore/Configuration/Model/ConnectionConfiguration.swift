public import AdapterKit
public import HubStore

/// One way for a tenant's people to sign in.
public struct ConnectionConfiguration: Sendable, Equatable {
    /// Unique in the tenant.
    public var name: String
    /// The name of its adapter.
    public var adapter: String
    /// The provider app that it shares with connections of other tenants, if any.
    public var app: String?
    /// Its own settings with those of its app, defaults filled in.
    public var settings: AdapterSettings
    /// What somebody becomes who signs in without an invitation; nil: only who was invited gets in.
    public var join: PersonRole?

    public init(name: String, adapter: String, app: String? = nil, settings: AdapterSettings, join: PersonRole? = nil) {
        self.name = name
        self.adapter = adapter
        self.app = app
        self.settings = settings
        self.join = join
    }
}
