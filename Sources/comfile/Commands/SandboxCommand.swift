import ArgumentParser
import HubCore
import HubSandbox
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run a stand-in for WhatsApp, with a phone at /phone and faults on request.",
        discussion: "It plays the numbers of the sample tenants.yaml. docs/sandbox.md tells how to control it.")

    @Option(help: "Where to listen.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8090)

    @Option(help: "Where the sample numbers send their webhooks.")
    var webhook: String?

    func run() async throws {
        var configuration = SandboxConfiguration.sample
        configuration.host = listen.host
        configuration.port = listen.port
        if let webhook {
            for index in configuration.numbers.indices { configuration.numbers[index].webhookURL = webhook }
        }
        var logger = Logger(label: "sandbox")
        logger.logLevel = .warning
        let sandbox = Sandbox(configuration: configuration, logger: logger) { port in
            Terminal.print("The phone: http://\(listen.host):\(port)/phone")
        }
        try await ServiceGroup(
            configuration: .init(
                services: [.init(service: AddressNamed(service: sandbox, address: listen.description))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }
}

/// A service that listens, with its address in the error when it cannot.
struct AddressNamed: Service {
    let service: any Service
    let address: String

    func run() async throws {
        do {
            try await service.run()
        } catch is IOError {
            throw Failure("\(address): cannot listen there; stop what uses the address, or choose another")
        }
    }
}
