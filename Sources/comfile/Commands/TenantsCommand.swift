import AdapterKit
import ArgumentParser
import HubServer

struct TenantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenants", abstract: "The tenants of the running hub.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Each tenant with its systems, and how its channels stand.")

        @OptionGroup var hub: RunningHub

        func run() async throws {
            let tenants = try await hub.client().pages("/tenants")
            guard !tenants.isEmpty else { return Terminal.print("The hub has no tenants.") }
            for tenant in tenants {
                let id = (tenant["id"]?.string ?? "").padded(to: 20)
                let systems = tenant["systems"]?.elements.compactMap { $0["name"]?.string } ?? []
                let suffix = systems.isEmpty ? "" : "   systems: \(systems.joined(separator: ", "))"
                Terminal.print("\(id)\(tenant["name"]?.string ?? "")\(suffix)")
                for channel in tenant["channels"]?.elements ?? [] { Self.print(channel) }
            }
        }

        private static func print(_ channel: JSON) {
            let name = (channel["name"]?.string ?? "").padded(to: 18)
            let adapter = (channel["adapter"]?.string ?? "").padded(to: 18)
            let status = (channel["status"]?.string ?? "").padded(to: 12)
            Terminal.print("  \(name)\(adapter)\(status)\(limits(channel["limits"]))")
            if let pause = channel["pause"], !pause.isNull {
                let end = pause["needs_resume"]?.bool == true ? "until it is resumed" : "the hub tries again by itself"
                Terminal.print("    paused, \(end): \(explained(pause, since: "since"))")
            }
            // What it rests for stands in the line above.
            let code = channel["pause"]?["code"]
            for alert in channel["alerts"]?.elements ?? [] where code == nil || alert["code"] != code {
                Terminal.print("    \(alert["severity"]?.string ?? "alert"): \(explained(alert, since: "raised_at"))")
            }
        }

        private static func limits(_ limits: JSON?) -> String {
            [
                limits?["messages_per_second"]?.integer.map { "\($0) messages/s" },
                limits?["new_contacts_per_day"]?.identifier.map { "\($0) new contacts/day" },
                limits?["quality"]?.string.map { "quality \($0)" },
            ].compactMap(\.self).joined(separator: ", ")
        }

        private static func explained(_ alert: JSON, since member: String) -> String {
            let since = alert[member]?.string.map { ", since \($0)" } ?? ""
            return "\(alert["title"]?.string ?? "") (\(alert["code"]?.string ?? "")\(since))"
        }
    }
}
