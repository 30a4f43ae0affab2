import ArgumentParser
import CoreMetrics
import Foundation
import HubCore
import HubSandbox
import HubStore
import Logging
import Synchronization

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the hub, stand-ins for the providers and a business system, all on this machine.",
        discussion: "It starts with the sample tenants.yaml and made-up secrets. Ctrl-C stops it.")

    @Option(
        help:
            "Keep the data in this folder, so that the next demo goes on with it. Without it, the data is thrown away.")
    var data: String?

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = JSONLogHandler(label: label)
            handler.logLevel = .warning
            return handler
        }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let folder = try DemoFolder(kept: data)
        defer { folder.remove() }
        let logger = Logger(label: "comfile")
        let invitation = Mutex("")
        let parts = ListeningCount(expected: 3) { Self.welcome(invitation: invitation.withLock { $0 }) }
        let sandbox = Sandbox(configuration: .sample, logger: logger) { _ in await parts.add() }
        let business = DemoBusiness(logger: logger) { await parts.add() }
        var process = HubProcess(
            file: ConfigurationFile(path: folder.configurationPath, environment: DemoSecrets.environment),
            logger: logger,
            metrics: metrics)
        process.adjust = { [path = folder.dataPath] configuration in
            configuration.dataPath = path
            configuration.masterKey = .file(path: "\(path)/master.key")
        }
        process.companions = [
            AddressNamed(service: sandbox, address: "127.0.0.1:\(SandboxConfiguration.sample.port)"),
            AddressNamed(service: business, address: "127.0.0.1:\(DemoBusiness.port)"),
        ]
        process.started = { _, hub in
            let made = try? await hub.inviteByOperator(
                tenant: DemoTenant.all[0].name, role: .owner, name: "The demo's owner", email: nil)
            invitation.withLock { $0 = made?.link ?? "" }
            await parts.add()
        }
        try await process.run()
    }

    private static func welcome(invitation: String) {
        // As the sample tenants.yaml says.
        let hub = "http://127.0.0.1:8080"
        Terminal.print(
            """

            Comfile Hub runs. Open these, side by side:

              A customer's phone    http://127.0.0.1:\(SandboxConfiguration.sample.port)/phone
              The business system   http://127.0.0.1:\(DemoBusiness.port)/
              The API, described    \(hub)/openapi.json

            Sign in as the owner of Acme with Google, Facebook, Apple or Shopify, all played by the sandbox: choose Ada
            Lovelace, and acme-store.myshopify.com where a shop is asked for. The first link works once; the second is for
            after that, with what you signed in with then or have linked since.

              Come in the first time   \(invitation)
              Sign in again            \(hub)/auth/acme

            Under "Connected services" connect the archive, a Google Drive, and the shop. What is written is filed from
            then on, and this shows it:

              curl -s http://127.0.0.1:\(SandboxConfiguration.sample.port)/_sandbox/drive/files

            Write on the phone, see it arrive in the business system, and send anything back from there. You can also send
            from the command line, as Acme's own system would. A template at any time:

              curl -X POST \(hub)/api/v1/messages \\
                -H 'Authorization: Bearer \(DemoSecrets.acmeKey)' \\
                -H "Idempotency-Key: $(date +%s%N)" \\
                -H 'Content-Type: application/json' \\
                -d '{"channel": "support", "to": "+16505551234", "type": "template", "template": {"name": "hello_world", "language": "en_US"}}'

            And in your own words to whoever wrote in the last 24 hours, with this as the last line:

                -d '{"channel": "support", "to": "+16505551234", "type": "text", "text": {"body": "Hello from Acme"}}'

            Ctrl-C stops everything. What the business system gets:

            """)
    }
}

/// The demo's folder: the sample configuration, and the data.
private struct DemoFolder {
    private let path: String
    private let isKept: Bool

    init(kept: String?) throws {
        isKept = kept != nil
        path = kept ?? "\(NSTemporaryDirectory())/comfile-demo-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(PackageResources.tenants_yaml).write(to: URL(fileURLWithPath: configurationPath))
        } catch {
            throw Failure("\(path): the demo's folder cannot be made; choose another with --data")
        }
    }

    var configurationPath: String { "\(path)/tenants.yaml" }
    var dataPath: String { URL(fileURLWithPath: path).absoluteURL.path + "/data" }

    func remove() {
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }
}
