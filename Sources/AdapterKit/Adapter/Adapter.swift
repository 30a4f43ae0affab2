/// A module that joins the hub to one kind of channel, identity provider or business system.
///
/// An adapter describes; the host does. It is a value made of checked settings and ports, it keeps no global state, and
/// everything that it takes and gives is data, so that the same adapter can run inside the hub or in a process of its own.
public protocol Adapter: Sendable {
    static var manifest: AdapterManifest { get }

    /// Makes an adapter for one channel or system of one tenant, or for a provider app that tenants share.
    ///
    /// The settings were checked against the manifest's schema. For a shared app only the settings of
    /// ``SettingsField/Scope-swift.enum/app`` are there.
    /// - Throws: ``SettingsProblem`` for what a schema cannot say.
    init(settings: AdapterSettings, host: any AdapterHost) throws
}

/// What an adapter gets from the host, scoped to its tenant and channel.
public protocol AdapterHost: Sendable {
    var http: any HTTPPort { get }
    var clock: any ClockPort { get }
    var log: any LogPort { get }
    var credentials: any CredentialPort { get }
    /// For a ``ConnectedSystem``; others have none.
    var grant: any GrantPort { get }
    /// For a business system; others see no conversation.
    var conversations: any ConversationPort { get }
}

/// What an adapter was given by a provider while it ran, such as the token of a sign-up: kept sealed in the tenant's store
/// and never in tenants.yaml. A provider app that tenants share has none.
public protocol CredentialPort: Sendable {
    /// - Throws: when the store cannot be read now.
    func credential(_ name: String) async throws -> Secret?

    /// Keeps a credential in the place of an earlier one; nil forgets it.
    func keep(_ credential: Secret?, as name: String) async throws
}

/// The host's clock.
public protocol ClockPort: Sendable {
    var now: Timestamp { get }
}

/// The host's log. A line says what happened to which kind of thing, never a name, number, text, message id or secret.
public protocol LogPort: Sendable {
    func log(_ level: LogLevel, _ message: String, _ fields: [String: String])
}

public enum LogLevel: String, Sendable, Codable, CaseIterable {
    case debug, info, warning, error
}
