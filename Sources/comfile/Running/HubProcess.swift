import Foundation
import HubCore
import HubServer
import HubStore
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// The hub as a process: puts the parts together, runs them until a signal, and takes them down in order.
struct HubProcess {
    /// A shutdown that takes longer is cut off: what is on disk is whole, and sends in doubt come back as uncertain.
    static let shutdownLimit: Duration = .seconds(20)

    let file: ConfigurationFile
    let logger: Logger
    let metrics: PrometheusMetrics
    /// Changes what the file says, at start and at every reload.
    var adjust: @Sendable (inout HubConfiguration) -> Void = { _ in }
    /// Runs beside the hub and ends after it.
    var companions: [any Service] = []
    /// Called once both servers listen.
    var started: @Sendable (HubConfiguration, Hub) async -> Void = { _, _ in }

    func run() async throws {
        Self.prepareProcess()
        let configuration = try await load()
        let masterKey = try configuration.masterKey.masterKey(dataPath: configuration.dataPath)
        let folder = try DataFolder(path: configuration.dataPath, masterKey: masterKey)
        let outgoing = OutgoingHTTP(
            allowPrivateHosts: configuration.allowPrivateHosts, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger)
        let health = Health()
        let hub = try Hub(
            folder: folder, catalogue: BuiltinAdapters.catalogue(), http: outgoing, health: health, logger: logger)
        do {
            try await hub.apply(configuration)
            try await serve(hub, configuration, outgoing)
        } catch {
            await hub.stop()
            await outgoing.shutdown()
            throw error
        }
        await outgoing.shutdown()
        logger.notice("stopped")
    }

    private func load() async throws -> HubConfiguration {
        var configuration = try await file.load()
        adjust(&configuration)
        return configuration
    }

    private func serve(_ hub: Hub, _ configuration: HubConfiguration, _ outgoing: OutgoingHTTP) async throws {
        let listening = ListeningCount(expected: 2) {
            hub.health.setStarted()
            logger.notice(
                "started",
                metadata: [
                    "listen": "\(configuration.listen)", "operator_listen": "\(configuration.operatorListen)",
                    "tenants": "\(configuration.tenants.count)", "version": "\(Comfile.version)",
                ])
            await started(configuration, hub)
        }
        let servers = HubServers(
            hub: hub, listen: configuration.listen, operatorListen: configuration.operatorListen,
            metrics: { [metrics] in metrics.render() }, logger: logger, listening: { _, _ in await listening.add() })
        let reload = ReloadService(load: load, hub: hub, outgoing: outgoing, logger: logger)
        // Taken down from the last to the first: no new work, then the edge, then the hub, then what stands beside it.
        let services: [any Service] =
            companions + [
                HubService(hub: hub),
                ListeningService(
                    server: servers.operator, address: configuration.operatorListen, key: "hub.operator_listen"),
                ListeningService(server: servers.world, address: configuration.listen, key: "hub.listen"),
                reload,
            ]
        // An error comes out of the group; it does not have to tell it besides.
        var silent = Logger(label: "services")
        silent.logLevel = .critical
        let group = ServiceGroup(
            configuration: .init(
                // Never cancelled in mid-air: a server that is cancelled while it accepts a connection traps.
                services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: silent))
        do {
            try await group.run()
        } catch is CancellationError {
            return
        }
    }

    private static func prepareProcess() {
        // What the hub makes is its own: no group, no others.
        umask(0o077)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Ends the hub's work when the edge is down.
private struct HubService: Service {
    let hub: Hub

    func run() async throws {
        try? await gracefulShutdown()
        await hub.stop()
    }
}

/// A server, with the address in the error when it cannot listen.
private struct ListeningService: Service {
    let server: any ApplicationProtocol
    let address: ListenAddress
    let key: String

    func run() async throws {
        do {
            try await server.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure("\(address): the address is in use; stop what listens there, or change \(key)")
        } catch let error as IOError {
            throw Failure("\(address): cannot listen (\(String(cString: strerror(error.errnoCode)))); change \(key)")
        } catch is SocketAddressError {
            throw Failure("\(address): there is no such address on this machine; change \(key)")
        }
    }
}
