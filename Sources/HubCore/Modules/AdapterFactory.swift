import AdapterKit
import HubStore
import Logging

/// Makes adapters from their configuration, each with ports of its own.
struct AdapterFactory: Sendable {
    private struct Host: AdapterHost {
        let http: any HTTPPort
        let clock: any ClockPort
        let log: any LogPort
        let credentials: any CredentialPort
        let grant: any GrantPort
        let conversations: any ConversationPort
    }

    let catalogue: AdapterCatalogue
    let http: any HTTPPort
    let clock: any ClockPort
    let logger: Logger

    /// - Throws: ``ModuleProblem`` when the adapter refuses its settings.
    func channel(_ configuration: ChannelConfiguration, of store: TenantStore) throws -> any ChannelAdapter {
        try make(
            configuration.adapter, configuration.settings, tenant: store.tenant, name: configuration.name,
            credentials: StoredCredentials(store: store, channel: configuration.name, clock: clock),
            place: "tenants.\(store.tenant).channels.\(configuration.name)")
    }

    /// The adapter of a provider app that tenants share: it receives, and cannot send.
    func app(_ configuration: AppConfiguration) throws -> any ChannelAdapter {
        try make(
            configuration.adapter, configuration.settings, tenant: nil, name: configuration.name,
            place: "apps.\(configuration.name)")
    }

    /// A business system, which keeps what it has to remember beside the channels' credentials.
    func system(
        _ configuration: SystemConfiguration, of store: TenantStore, grants: GrantKeeper
    ) throws -> any SystemAdapter {
        try make(
            configuration.adapter, configuration.settings, tenant: store.tenant, name: configuration.name,
            // No channel has a name with a slash.
            credentials: StoredCredentials(store: store, channel: "systems/\(configuration.name)", clock: clock),
            grant: StoredGrant(keeper: grants, system: configuration.name),
            conversations: StoredConversations(store: store, system: configuration.name, clock: clock),
            place: "tenants.\(store.tenant).systems.\(configuration.name)")
    }

    func identity(_ configuration: ConnectionConfiguration, tenant: String) throws -> any IdentityAdapter {
        try make(
            configuration.adapter, configuration.settings, tenant: tenant, name: configuration.name,
            place: "tenants.\(tenant).sign_in.\(configuration.name)")
    }

    private func make<Made>(
        _ adapter: String, _ settings: AdapterSettings, tenant: String?, name: String,
        credentials: any CredentialPort = NoCredentials(), grant: any GrantPort = NoGrant(),
        conversations: any ConversationPort = NoConversations(), place: String
    ) throws -> Made {
        guard let type = catalogue[adapter] else {
            throw ModuleProblem(place: place, message: "there is no adapter \(adapter)")
        }
        let host = Host(
            http: http, clock: clock, log: AdapterLogPort(logger: logger, tenant: tenant, channel: name),
            credentials: credentials, grant: grant, conversations: conversations)
        do {
            guard let made = try type.init(settings: settings, host: host) as? Made else {
                throw ModuleProblem(place: place, message: "the adapter \(adapter) is of another kind")
            }
            return made
        } catch let problem as SettingsProblem {
            throw ModuleProblem(place: "\(place).\(problem.key)", message: problem.message)
        }
    }
}

/// Why an adapter could not be made: where in tenants.yaml, and what is wrong.
public struct ModuleProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let place: String
    public let message: String

    public var description: String { "\(place): \(message)" }
}
