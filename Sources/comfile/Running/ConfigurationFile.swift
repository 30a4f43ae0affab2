import Foundation
import HubCore

/// Reads tenants.yaml off the cooperative pool.
struct ConfigurationFile: Sendable {
    let path: String
    var environment = ProcessInfo.processInfo.environment

    /// - Throws: ``ConfigurationErrors``.
    func load() async throws -> HubConfiguration {
        let loader = ConfigurationLoader(catalogue: try BuiltinAdapters.catalogue(), environment: environment)
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try loader.load(path: path) })
            }
        }
    }
}
