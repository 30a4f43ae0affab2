import AdapterKit
import ArgumentParser
import HubCore

struct AdaptersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapters", abstract: "What this hub can be joined to.", subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The adapters of this build.")

        func run() async throws {
            let catalogue = try BuiltinAdapters.catalogue()
            for name in catalogue.names {
                guard let manifest = catalogue[name]?.manifest else { continue }
                let head = "\(name) \(manifest.version)".padded(to: 24)
                Terminal.print("\(head)\(manifest.kind.rawValue.padded(to: 10))\(manifest.summary)")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An adapter's settings, how its provider differs, and the personal data it touches.")

        @Argument(help: "The adapter's name.")
        var name: String

        func run() async throws {
            let catalogue = try BuiltinAdapters.catalogue()
            guard let manifest = catalogue[name]?.manifest else {
                throw Failure("\(name): no such adapter; there are \(catalogue.names.joined(separator: ", "))")
            }
            Terminal.print(
                "\(manifest.name) \(manifest.version) (\(manifest.kind.rawValue))\n\(manifest.summary)\n\nSettings")
            for setting in SettingsReader(manifest.settings).descriptions { Terminal.print(setting.explained) }
            if let identity = manifest.identity, !identity.explained.isEmpty { Terminal.print(identity.explained) }
            let privacy = manifest.privacy
            Terminal.print(
                """

                Personal data
                  touches     \(privacy.touches.map(\.rawValue).sorted().joined(separator: ", "))
                  goes to     \(privacy.recipients.joined(separator: ", "))
                  retention   \(privacy.retention)
                  export      \(privacy.export)
                  erasure     \(privacy.erasure)

                Talks to      \(manifest.hosts.isEmpty ? "what its settings say" : manifest.hosts.joined(separator: ", "))
                """)
        }
    }
}

extension SettingsReader.Description {
    fileprivate var explained: String {
        let need = isRequired ? "required" : defaultValue.map { "default \($0)" } ?? "optional"
        let place = scope == .app ? ", or with the app" : ""
        return "  \(key.padded(to: 22))\(type), \(need)\(place)\n\(String(repeating: " ", count: 24))\(summary)"
    }
}

extension String {
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
