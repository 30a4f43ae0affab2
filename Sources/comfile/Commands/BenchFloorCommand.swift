import ArgumentParser
import HubCore
import Hummingbird
import Logging

/// What the server itself costs: the floor that `make bench` compares the hub with.
struct BenchFloorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-floor", abstract: "Answer every POST with an empty 200, to measure the server alone.",
        shouldDisplay: false)

    @Option(help: "Where to listen.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8099)

    func run() async throws {
        let router = Router()
        router.post("**") { request, _ in
            _ = try await request.body.collect(upTo: 4 * 1024 * 1024)
            return Response(status: .ok)
        }
        var logger = Logger(label: "bench-floor")
        logger.logLevel = .warning
        try await Application(
            router: router, configuration: .init(address: .hostname(listen.host, port: listen.port)), logger: logger
        ).runService()
    }
}
