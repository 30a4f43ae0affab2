public import AdapterKit

/// One business system of a tenant.
public struct SystemConfiguration: Sendable, Equatable {
    /// Unique in the tenant.
    public var name: String
    /// The name of its adapter.
    public var adapter: String
    /// Defaults filled in.
    public var settings: AdapterSettings

    public init(name: String, adapter: String, settings: AdapterSettings) {
        self.name = name
        self.adapter = adapter
        self.settings = settings
    }
}
