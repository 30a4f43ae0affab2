public import HubCore
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

/// The hub's two servers: for the world, and for the operator.
public struct HubServers: Sendable {
    /// Connections that are open at once; more wait in the backlog.
    private static let maximumConnections = 4096
    /// A connection on which nothing happens for so long is closed.
    private static let idleTimeout: TimeAmount = .seconds(75)

    /// Listens on `hub.listen`: webhooks, the API and the pages.
    public let world: any ApplicationProtocol
    /// Listens on `hub.operator_listen`.
    public let `operator`: any ApplicationProtocol

    /// - Parameters:
    ///   - metrics: Renders the metrics as Prometheus text.
    ///   - listening: Called with the name of a server (`world`, `operator`) and its port once it listens.
    public init(
        hub: Hub, listen: ListenAddress, operatorListen: ListenAddress, metrics: @escaping @Sendable () -> String,
        logger: Logger, listening: @escaping @Sendable (String, Int) async -> Void
    ) {
        let edgeMetrics = EdgeMetrics()
        let worldRouter = Self.worldRoutes(hub).router(hub, metrics: edgeMetrics, logger: logger)
        world = Self.application(worldRouter, listen) { await listening("world", $0) }
        let operatorRouter = Self.operatorRoutes(hub, metrics: metrics)
            .router(hub, metrics: edgeMetrics, logger: logger)
        self.operator = Self.application(operatorRouter, operatorListen) { await listening("operator", $0) }
    }

    /// Everything that the world can call.
    static func worldRoutes(_ hub: Hub) -> RouteCollector {
        var routes = RouteCollector()
        WebhookRoutes(hub: hub).add(to: &routes)
        APIRoutes(hub: hub).add(to: &routes)
        OpenAPIRoutes().add(to: &routes)
        IdentityRoutes(hub: hub).add(to: &routes)
        return routes
    }

    /// Everything that the operator can call.
    static func operatorRoutes(_ hub: Hub, metrics: @escaping @Sendable () -> String) -> RouteCollector {
        var routes = RouteCollector()
        OperatorRoutes(hub: hub, metrics: metrics).add(to: &routes)
        return routes
    }

    private static func application(
        _ router: Router<EdgeContext>, _ listen: ListenAddress,
        _ listening: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        // What Hummingbird logs of itself is nothing that the hub does not say, or throw.
        var silent = Logger(label: "hummingbird")
        silent.logLevel = .critical
        return Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: idleTimeout,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(listen.host, port: listen.port), serverName: "comfile",
                availableConnectionsDelegate: MaximumAvailableConnections(maximumConnections)),
            onServerRunning: { channel in await listening(channel.localAddress?.port ?? listen.port) },
            logger: silent)
    }
}
