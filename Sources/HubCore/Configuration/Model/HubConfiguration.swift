/// What tenants.yaml and the files that it includes say, checked as a whole.
public struct HubConfiguration: Sendable, Equatable {
    /// For webhooks, API and pages.
    public var listen: ListenAddress
    /// For health, metrics and the quarantine.
    public var operatorListen: ListenAddress
    /// The address that the outside knows the hub by, without a slash at its end.
    public var publicURL: String?
    /// Absolute.
    public var dataPath: String
    public var masterKey: MasterKeySource
    /// Lower-case names and addresses in private networks that the hub may call.
    public var allowPrivateHosts: Set<String>
    /// Sorted by name.
    public var apps: [AppConfiguration]
    /// Sorted by id.
    public var tenants: [TenantConfiguration]

    public init(
        listen: ListenAddress, operatorListen: ListenAddress, publicURL: String? = nil, dataPath: String,
        masterKey: MasterKeySource, allowPrivateHosts: Set<String> = [], apps: [AppConfiguration] = [],
        tenants: [TenantConfiguration] = []
    ) {
        self.listen = listen
        self.operatorListen = operatorListen
        self.publicURL = publicURL
        self.dataPath = dataPath
        self.masterKey = masterKey
        self.allowPrivateHosts = allowPrivateHosts
        self.apps = apps
        self.tenants = tenants
    }

    /// How browsers reach the hub; nil when sign-in is not possible with these addresses.
    public var origin: PublicOrigin? { PublicOrigin(publicURL: publicURL, listen: listen) }
}
