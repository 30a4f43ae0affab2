import AdapterKit
import Foundation
import HubCore

/// A temporary folder with configuration files in it.
final class ConfigurationFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.path + "/configuration-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    static let environment = [
        "APP_SECRET": "app-secret", "TOKEN": "token", "SECRET": "system-secret", "EMPTY": "", "RATE": "250",
        "KEY_A": "key-a-0123456789-0123456789", "KEY_B": "key-b-0123456789-0123456789",
        "KEY_SHORT": "short-key-0123456789",
        "KEY_SPACE": "key with spaces 0123456789 0123456789", "URL": "https://crm.example/hook",
    ]

    func load(
        _ name: String = "tenants.yaml", environment: [String: String] = environment
    ) throws -> HubConfiguration {
        let catalogue = try AdapterCatalogue([TestChannel.self, OtherChannel.self, TestSystem.self, TestIdentity.self])
        return try ConfigurationLoader(catalogue: catalogue, environment: environment).load(path: "\(path)/\(name)")
    }

    /// What the loader says, one line for each problem, without the folder's own path.
    func problems(_ name: String = "tenants.yaml") throws -> [String] {
        do {
            _ = try load(name)
            return []
        } catch let errors as ConfigurationErrors {
            return errors.problems.map { $0.description.replacingOccurrences(of: path + "/", with: "") }
        }
    }
}

/// What the loader says of a file with this text.
func problems(in text: String) throws -> [String] { try ConfigurationFolder(["tenants.yaml": text]).problems() }
