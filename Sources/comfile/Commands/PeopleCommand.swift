import AdapterKit
public import ArgumentParser
import HubServer
public import HubStore

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "The people of a tenant, for the operator.", subcommands: [Invite.self])

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a one-time link that lets one person sign in.",
            discussion: """
                For a tenant's first owner, who then invites the others. Whoever opens the link first joins with the \
                role, so pass it on to that person alone. Nothing is sent to the e-mail address.
                """)

        @Option(help: "The tenant's id in tenants.yaml.")
        var tenant: String

        @Option(help: "What the person may do: owner, admin, agent or viewer.")
        var role: PersonRole

        @Option(help: "The person's name, shown in the list of open invitations.")
        var name: String?

        @Option(help: "The person's e-mail address, shown there, too.")
        var email: String?

        @OptionGroup var hub: RunningHub

        func run() async throws {
            guard let path = Self.path(tenant) else { throw ValidationError("--tenant is no tenant's id") }
            let said = [("name", name), ("email", email)].compactMap { name, value in
                value.map { JSON.Member(name, .string($0)) }
            }
            let answer = try await hub.client().post(path, .object([.init("role", .string(role.rawValue))] + said))
            guard let link = answer["link"]?.string, let expiry = answer["expires_at"]?.string else {
                throw Failure("the hub's answer holds no link")
            }
            Terminal.print(link)
            Terminal.print("works once, until \(expiry)")
        }

        /// Nil for what cannot stand in a path, which is no tenant's id either.
        private static func path(_ tenant: String) -> String? {
            let isPlain = tenant.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
            return isPlain && !tenant.isEmpty ? "/tenants/\(tenant)/invitations" : nil
        }
    }
}

extension PersonRole: ExpressibleByArgument {}
