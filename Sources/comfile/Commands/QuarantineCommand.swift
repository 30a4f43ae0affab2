import AdapterKit
import ArgumentParser
import HubServer

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Signed updates that found no tenant, or could not be read.",
        subcommands: [List.self, Replay.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is kept, and why. Shows nothing of what people wrote.")

        @OptionGroup var hub: RunningHub

        func run() async throws {
            let batches = try await hub.client().pages("/quarantine")
            guard !batches.isEmpty else { return Terminal.print("The quarantine is empty.") }
            for batch in batches {
                func text(_ key: String) -> String { batch[key]?.identifier ?? "" }
                Terminal.print(
                    "\(text("id").padded(to: 22))\(text("received_at").padded(to: 26))\(text("endpoint").padded(to: 26))\(text("bytes").padded(to: 8))\(text("reason"))"
                )
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try to place everything again, for example after a channel was added.")

        @OptionGroup var hub: RunningHub

        func run() async throws {
            let answer = try await hub.client().post("/quarantine/replay")
            let kept = answer["kept"]?.elements ?? []
            Terminal.print("\(answer["placed"]?.integer ?? 0) placed, \(kept.count) kept")
            for batch in kept {
                Terminal.print("\((batch["id"]?.string ?? "").padded(to: 22))\(batch["reason"]?.string ?? "")")
            }
        }
    }
}
