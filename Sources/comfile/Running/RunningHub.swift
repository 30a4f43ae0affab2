import ArgumentParser
import HubCore
import HubServer

/// Where the hub runs that a command is for: the command line never opens its files.
struct RunningHub: ParsableArguments {
    @Option(name: .shortAndLong, help: "The configuration, which says where the hub listens for its operator.")
    var config = "tenants.yaml"

    @Option(help: "Where the hub listens for its operator, instead of what the configuration says.")
    var `operator`: String?

    func client() async throws -> OperatorClient {
        if let address = self.operator { return OperatorClient(address: address) }
        do {
            let configuration = try await ConfigurationFile(path: config).load()
            return OperatorClient(address: configuration.operatorListen.description)
        } catch is ConfigurationErrors {
            throw Failure(
                "\(config): cannot be read as a configuration; see `comfile check \(config)`, or use --operator HOST:PORT"
            )
        }
    }
}
