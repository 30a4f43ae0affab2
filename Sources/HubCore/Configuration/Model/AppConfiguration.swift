public import AdapterKit

/// A provider app that channels of several tenants share.
public struct AppConfiguration: Sendable, Equatable {
    public var name: String
    /// The name of its adapter.
    public var adapter: String
    /// The settings of scope ``SettingsField/Scope-swift.enum/app``, defaults filled in.
    public var settings: AdapterSettings

    public init(name: String, adapter: String, settings: AdapterSettings) {
        self.name = name
        self.adapter = adapter
        self.settings = settings
    }
}
