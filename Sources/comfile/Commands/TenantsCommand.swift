import AdapterKit
import ArgumentParser
import HubServer

struct TenantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenants", abstract: "The tenants of the running hub.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Each tenant with its channels and systems.")

        @OptionGroup var hub: RunningHub

        func run() async throws {
            for tenant in try await hub.client().pages("/tenants") {
                func names(_ key: String) -> String {
                    tenant[key]?.elements.compactMap { $0["name"]?.string }.joined(separator: ", ") ?? ""
                }
                let id = (tenant["id"]?.string ?? "").padded(to: 20)
                let name = (tenant["name"]?.string ?? "").padded(to: 28)
                Terminal.print("\(id)\(name)channels: \(names("channels"))   systems: \(names("systems"))")
            }
        }
    }
}
