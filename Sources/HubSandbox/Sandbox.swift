import AsyncHTTPClient
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// A local stand-in for the providers, faithful enough that a client written for the real ones cannot tell.
///
/// It checks what a provider checks, answers with its errors, sends its webhooks signed as it does, and shows every
/// fault on request. See `docs/sandbox.md` for the control calls.
public struct Sandbox: Service {
    private let configuration: SandboxConfiguration
    private let logger: Logger
    private let onBound: @Sendable (Int) async -> Void

    /// - Parameter onBound: called once with the port that was bound, which is the way to learn it for port 0.
    public init(
        configuration: SandboxConfiguration, logger: Logger, onBound: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onBound = onBound
    }

    /// Serves until the task is cancelled or its service group shuts down.
    /// - Throws: when the address cannot be bound.
    public func run() async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration)
        let background = BackgroundWork()
        let clock = SandboxClock()
        let courier = WebhookCourier(
            client: client, configuration: configuration, background: background, logger: logger, clock: clock)
        let cloud = WhatsAppCloud(
            configuration: configuration, courier: courier, background: background, logger: logger, clock: clock)
        let identity = IdentitySandbox(
            configuration: configuration, clock: clock, client: client, background: background)
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await background.run() }
                group.addTask { await cloud.beat() }
                group.addTask { try await application(cloud, identity).run() }
                defer { group.cancelAll() }
                // Whichever ends first ends the other; only the server can fail.
                try await group.next()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await courier.reset()
        try? await client.shutdown()
        try result.get()
    }

    private func application(_ cloud: WhatsAppCloud, _ identity: IdentitySandbox) -> some ApplicationProtocol {
        let router = Router(context: SandboxContext.self)
        router.add(middleware: ErrorMiddleware())
        router.add(middleware: SameSiteMiddleware())
        GraphRoutes(cloud: cloud).add(to: router)
        ControlRoutes(cloud: cloud, identity: identity).add(to: router)
        InboundRoutes(cloud: cloud).add(to: router)
        PhoneRoutes(cloud: cloud).add(to: router)
        identity.add(to: router)
        return Application(
            router: router,
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(2048)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                await cloud.bound(to: port)
                await onBound(port)
            },
            logger: logger)
    }

    private static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(5)
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
