import AdapterKit
import ArgumentParser
import HubCore
import HubServer

/// What can be done with a WhatsApp number, from the command line.
struct WhatsAppCommand: AsyncParsableCommand {
    static let adapter = "whatsapp-cloud"

    static let configuration = CommandConfiguration(
        commandName: "whatsapp", abstract: "Look after WhatsApp numbers: health, registration, profile, webhooks.",
        usage: """
            comfile whatsapp list
            comfile whatsapp OPERATION [NAME=VALUE ...] [--tenant TENANT] [--channel CHANNEL]
            comfile whatsapp (probe | resume | sync-templates) [--tenant TENANT] [--channel CHANNEL]
            """,
        discussion: """
            `comfile whatsapp list` names the operations, such as health, register and set_profile. They go through the \
            running hub, which has the token.

            A secret does not stand on the command line: NAME=- asks for it, NAME=@FILE reads it from a file.
            """,
        subcommands: [
            WhatsAppListCommand.self, WhatsAppProbeCommand.self, WhatsAppResumeCommand.self,
            WhatsAppTemplatesCommand.self, WhatsAppOperationCommand.self,
        ], defaultSubcommand: WhatsAppOperationCommand.self)

    /// The operations that this build knows.
    static func operations() throws -> [ChannelOperation] {
        (try BuiltinAdapters.catalogue()[adapter] as? any ChannelOperations.Type)?.operations ?? []
    }
}

struct WhatsAppListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What can be done with a number, and what each operation has to know.")

    func run() async throws {
        for operation in try WhatsAppCommand.operations() {
            Terminal.print("\(operation.name.padded(to: 22))\(operation.summary)")
            for field in operation.parameters.fields { Terminal.print("    \(field.explained)") }
        }
    }
}

struct WhatsAppOperationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "do", abstract: "Do one of the operations of `comfile whatsapp list`; `do` may be left out.")

    @Argument(help: "The operation's name.")
    var operation: String

    @Argument(help: "What it has to know, as NAME=VALUE.")
    var parameters: [String] = []

    @OptionGroup var channel: ChosenChannel

    func run() async throws {
        let operations = try WhatsAppCommand.operations()
        guard let known = operations.first(where: { $0.name == operation.replacing("-", with: "_") }) else {
            throw ValidationError(
                "\(operation): no such operation; there are \(operations.map(\.name).joined(separator: ", "))")
        }
        let body = try OperationArguments.read(parameters, of: known)
        let path = try await channel.path(adapter: WhatsAppCommand.adapter)
        Terminal.print(try await channel.hub.client().post("\(path)/operations/\(known.name)", body).readable)
    }
}

struct WhatsAppProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Ask WhatsApp now how the number is, and keep the answer.")

    @OptionGroup var channel: ChosenChannel

    func run() async throws {
        let path = try await channel.path(adapter: WhatsAppCommand.adapter)
        Terminal.print(try await channel.hub.client().post("\(path)/probe").readable)
    }
}

struct WhatsAppResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a channel that rests send again, once its cause is mended.")

    @OptionGroup var channel: ChosenChannel

    func run() async throws {
        let path = try await channel.path(adapter: WhatsAppCommand.adapter)
        let answer = try await channel.hub.client().post("\(path)/resume")
        let name = answer["name"]?.string ?? ""
        Terminal.print(answer["resumed"]?.bool == true ? "\(name) sends again." : "\(name) did not rest.")
    }
}

struct WhatsAppTemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync-templates", abstract: "Take the account's templates over from WhatsApp now.")

    @OptionGroup var channel: ChosenChannel

    func run() async throws {
        let path = try await channel.path(adapter: WhatsAppCommand.adapter)
        let count = try await channel.hub.client().post("\(path)/templates/sync")["templates"]?.integer ?? 0
        Terminal.print(count == 1 ? "1 template" : "\(count) templates")
    }
}
