public import ArgumentParser
import CoreMetrics
import HubCore
public import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the hub.",
        discussion:
            "SIGTERM drains and stops it, SIGHUP reloads the configuration. Logs go to standard error, a JSON object a line."
    )

    @Option(name: .shortAndLong, help: "The configuration.")
    var config = "tenants.yaml"

    @Option(help: "The least level to log: trace, debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .info

    func run() async throws {
        let level = logLevel
        LoggingSystem.bootstrap { label in
            var handler = JSONLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        try await HubProcess(
            file: ConfigurationFile(path: config), logger: Logger(label: "comfile"), metrics: metrics
        ).run()
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
