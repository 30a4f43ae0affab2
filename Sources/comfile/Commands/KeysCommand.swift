import ArgumentParser
import Crypto
import Foundation
import HubStore

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make keys.", subcommands: [New.self], defaultSubcommand: New.self)

    struct New: AsyncParsableCommand {
        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case master, api, webhook
        }

        static let configuration = CommandConfiguration(
            abstract: "Print a new key: a master key, an API key, or a webhook's signing secret.")

        @Argument(help: "What for: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        var kind: Kind = .master

        func run() async throws {
            switch kind {
            case .master: Terminal.print(MasterKey.generate())
            case .api:
                Terminal.print("cfk_" + Self.random().base64EncodedString().filter { $0.isLetter || $0.isNumber })
            case .webhook: Terminal.print("whsec_" + Self.random().base64EncodedString())
            }
        }

        private static func random() -> Data { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }
    }
}
