public import AdapterKit

/// What the store has to know of a channel.
public struct StoreChannel: Sendable, Equatable {
    /// Its name in tenants.yaml.
    public var name: String
    /// The provider's account that templates belong to.
    public var account: String
    /// When a person may be written to freely; nil is always.
    public var window: SendWindow?

    public init(_ name: String, account: String, window: SendWindow? = nil) {
        self.name = name
        self.account = account
        self.window = window
    }
}
