public import AdapterKit
public import HubStore

/// One channel of a tenant and what can be done with it besides sending: its templates, its account, the people that it
/// reaches. What the channel's adapter cannot do is refused as ``DeskRefusal/unsupported(_:)``.
public struct ChannelDesk: Sendable {
    public let configuration: ChannelConfiguration
    let adapter: any ChannelAdapter
    let store: TenantStore
    let clock: any ClockPort

    public var manifest: AdapterManifest { type(of: adapter).manifest }

    var storeChannel: StoreChannel { configuration.storeChannel(manifest) }

    /// How the channel stands, as the API shows it.
    public func json() async throws -> JSON {
        .object(
            [
                JSON.Member("name", .string(configuration.name)),
                JSON.Member("adapter", .string(configuration.adapter)),
            ] + (try await store.channel(configuration.name).json.members))
    }

    /// Asks the provider how the channel is, and keeps what it says.
    public func probe() async throws {
        guard let adapter = adapter as? any HealthProbe else { throw DeskRefusal.unsupported(.healthProbe) }
        let probe = try await DeskRefusal.providing { () async throws(ProviderFailure) in try await adapter.probe() }
        try await store.keep(probe, channel: configuration.name, at: clock.now)
    }

    /// Lets a channel that rests send again. Returns whether it rested.
    public func resume() async throws -> Bool { try await store.resume(channel: configuration.name, at: clock.now) }

    // MARK: People

    /// Marks a message that came in on this channel as read.
    public func markRead(_ message: MessageRecord, isTyping: Bool) async throws {
        guard let adapter = adapter as? any ReadMarks else { throw DeskRefusal.unsupported(.readMarks) }
        guard message.channel == configuration.name, message.direction == .inbound, let id = message.providerID else {
            throw DeskRefusal.notInbound
        }
        try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.markRead(id, isTyping: isTyping)
        }
    }

    /// Keeps a person from writing, or lets them write again.
    public func setBlocked(_ isBlocked: Bool, _ contact: ContactRecord) async throws {
        guard let adapter = adapter as? any Blocking else { throw DeskRefusal.unsupported(.blocking) }
        try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.setBlocked(isBlocked, contact.identities)
        }
    }

    // MARK: Account

    /// What can be done with the channel's account.
    public var operations: [ChannelOperation] {
        (type(of: adapter) as? any ChannelOperations.Type)?.operations ?? []
    }

    /// Does one of ``operations``.
    /// - Throws: ``RequestProblems`` for parameters that are not the operation's, ``DeskRefusal``.
    public func perform(_ name: String, _ parameters: JSON) async throws -> JSON {
        guard let adapter = adapter as? any ChannelOperations,
            let operation = operations.first(where: { $0.name == name })
        else { throw DeskRefusal.unknownOperation }
        let settings = try OperationParameters.read(parameters, operation.parameters)
        return try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.perform(name, settings)
        }
    }
}

/// Why a desk does not do what was asked.
public enum DeskRefusal: Error, Sendable, Equatable {
    /// The channel's adapter cannot do it.
    case unsupported(AdapterManifest.Capability)
    case unknownOperation
    /// The message is none that a person wrote on this channel.
    case notInbound
    /// There is no such template in the registry.
    case unknownTemplate
    case provider(ProviderFailure)

    static func providing<Value>(
        _ call: () async throws(ProviderFailure) -> Value
    ) async throws(DeskRefusal) -> Value {
        do throws(ProviderFailure) {
            return try await call()
        } catch {
            throw .provider(error)
        }
    }
}

extension ChannelConfiguration {
    func storeChannel(_ manifest: AdapterManifest) -> StoreChannel {
        // The owner may switch the check off, for example while people still answer to what was sent before the hub's time.
        let window = settings.boolean("check_window") == false ? nil : manifest.window
        return StoreChannel(name, account: accounts?.parent ?? accounts?.channel ?? name, window: window)
    }
}
