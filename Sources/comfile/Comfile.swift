import ArgumentParser

/// The hub's command line.
@main
struct Comfile: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "comfile",
        abstract: "A conversation cloud that a business runs itself.",
        discussion: "New here? `comfile demo` runs everything on this machine, with a phone to write on.",
        version: version,
        subcommands: [
            ServeCommand.self, CheckCommand.self, DemoCommand.self, SandboxCommand.self, AdaptersCommand.self,
            TenantsCommand.self, PeopleCommand.self, WhatsAppCommand.self, QuarantineCommand.self, KeysCommand.self,
            VersionCommand.self,
            BenchFloorCommand.self,
        ])
}
