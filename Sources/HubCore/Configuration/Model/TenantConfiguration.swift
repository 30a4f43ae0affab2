/// One tenant: who may call for it, where its messages come in, where its events go.
public struct TenantConfiguration: Sendable, Equatable {
    /// `[a-z0-9][a-z0-9-]{0,39}`, unique in the hub.
    public var id: String
    /// For people; the id when none is given.
    public var name: String
    /// Sorted by name, as are channels and systems.
    public var apiKeys: [APIKeyConfiguration]
    public var channels: [ChannelConfiguration]
    public var systems: [SystemConfiguration]
    /// In the order of the file.
    public var routes: [RouteConfiguration]
    /// How people sign in, in the order of the file.
    public var connections: [ConnectionConfiguration]

    public init(
        id: String, name: String, apiKeys: [APIKeyConfiguration] = [], channels: [ChannelConfiguration] = [],
        systems: [SystemConfiguration] = [], routes: [RouteConfiguration] = [],
        connections: [ConnectionConfiguration] = []
    ) {
        self.id = id
        self.name = name
        self.apiKeys = apiKeys
        self.channels = channels
        self.systems = systems
        self.routes = routes
        self.connections = connections
    }
}
