public import AdapterKit

/// One channel of a tenant.
public struct ChannelConfiguration: Sendable, Equatable {
    /// Unique in the tenant.
    public var name: String
    /// The name of its adapter.
    public var adapter: String
    /// The app that it shares with other channels, if any.
    public var app: String?
    /// Its own settings with those of its app, defaults filled in.
    public var settings: AdapterSettings
    /// The provider's accounts, where the adapter's manifest names them.
    public var accounts: ChannelAccounts?

    public init(
        name: String, adapter: String, app: String? = nil, settings: AdapterSettings, accounts: ChannelAccounts? = nil
    ) {
        self.name = name
        self.adapter = adapter
        self.app = app
        self.settings = settings
        self.accounts = accounts
    }
}

/// The provider's accounts that webhooks are attributed to a channel by, after ``AccountSettings``.
public struct ChannelAccounts: Sendable, Hashable {
    /// Belongs to this channel alone.
    public var channel: String
    /// Belongs to this channel's tenant alone; several of its channels may share it.
    public var parent: String?

    public init(channel: String, parent: String? = nil) {
        self.channel = channel
        self.parent = parent
    }
}
