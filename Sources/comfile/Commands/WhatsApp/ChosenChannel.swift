import AdapterKit
import ArgumentParser
import HubServer

/// The channel that a command is for: named, or the only one there is.
struct ChosenChannel: ParsableArguments {
    @Option(help: "The tenant's id; not needed when only one tenant has such a channel.")
    var tenant: String?

    @Option(help: "The channel's name; not needed when there is only one.")
    var channel: String?

    @OptionGroup var hub: RunningHub

    /// The channel's address on the operator's side of the hub.
    func path(adapter: String) async throws -> String {
        let tenants = try await hub.client().pages("/tenants")
        let channels = tenants.flatMap { tenant in
            (tenant["channels"]?.elements ?? []).filter { $0["adapter"]?.string == adapter }.map { channel in
                (tenant: tenant["id"]?.string ?? "", name: channel["name"]?.string ?? "")
            }
        }
        let fitting = channels.filter { found in
            (tenant ?? found.tenant) == found.tenant && (channel ?? found.name) == found.name
        }
        func named(_ channels: [(tenant: String, name: String)]) -> String {
            channels.prefix(10).map { "\($0.tenant)/\($0.name)" }.joined(separator: ", ")
                + (channels.count > 10 ? ", ..." : "")
        }
        guard !channels.isEmpty else {
            throw Failure("no tenant has a channel of \(adapter); see docs/configuration.md")
        }
        guard let chosen = fitting.first else {
            throw Failure("there is no such channel of \(adapter); there are \(named(channels))")
        }
        guard fitting.count == 1 else {
            throw Failure("which one? There are \(named(fitting)): name it with --tenant and --channel")
        }
        return "/channels/\(chosen.tenant)/\(chosen.name)"
    }
}
