import ArgumentParser
import HubCore

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a configuration: exit code 0 when it is right, 2 when not.")

    @Argument(help: "The configuration.")
    var file = "tenants.yaml"

    func run() async throws {
        do {
            let configuration = try await ConfigurationFile(path: file).load()
            let problems = configuration.moduleProblems(try BuiltinAdapters.catalogue())
            guard problems.isEmpty else {
                for problem in problems { Terminal.printError("\(file): \(problem)") }
                throw ExitCode(2)
            }
            let channels = configuration.tenants.reduce(0) { $0 + $1.channels.count }
            Terminal.print("\(file): right; \(configuration.tenants.count) tenants, \(channels) channels")
        } catch let errors as ConfigurationErrors {
            Terminal.printError("\(errors)")
            throw ExitCode(2)
        }
    }
}
