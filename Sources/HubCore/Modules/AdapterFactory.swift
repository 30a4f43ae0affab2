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

    /// Makes every adapter of a configuration as a try, with ports that lead nowhere.
    /// - Returns: What is wrong with their settings that a schema cannot tell, such as a key that is none.
    fileprivate static func problems(
        of configuration: HubConfiguration, _ catalogue: AdapterCatalogue
    ) -> [ModuleProblem] {
        let factory = AdapterFactory(
            catalogue: catalogue, http: NoHTTP(), clock: SystemClock(),
            logger: Logger(label: "check") { _ in SwiftLogNoOpLogHandler() })
        var problems: [ModuleProblem] = []
        func attempt(_ adapter: String, _ settings: AdapterSettings, _ name: String, _ place: String) {
            do {
                let _: any Adapter = try factory.make(adapter, settings, tenant: nil, name: name, place: place)
            } catch let problem as ModuleProblem {
                problems.append(problem)
            } catch {
                problems.append(ModuleProblem(place: place, message: "the adapter cannot be made"))
            }
        }
        for app in configuration.apps where catalogue[app.adapter]?.manifest.kind == .channel {
            attempt(app.adapter, app.settings, app.name, "apps.\(app.name)")
        }
        for tenant in configuration.tenants {
            let place = "tenants.\(tenant.id)"
            for channel in tenant.channels {
                attempt(channel.adapter, channel.settings, channel.name, "\(place).channels.\(channel.name)")
            }
            for system in tenant.systems {
                attempt(system.adapter, system.settings, system.name, "\(place).systems.\(system.name)")
            }
            for connection in tenant.connections {
                attempt(
                    connection.adapter, connection.settings, connection.name, "\(place).sign_in.\(connection.name)")
            }
        }
        return problems
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

extension HubConfiguration {
    /// What the adapters say against their settings, before anything is started with them.
    public func moduleProblems(_ catalogue: AdapterCatalogue) -> [ModuleProblem] {
        AdapterFactory.problems(of: self, catalogue)
    }
}
