public import AdapterKit
import Synchronization

/// A credential port that forgets everything with the process.
public final class MemoryCredentials: CredentialPort {
    private let state: Mutex<[String: Secret]>

    /// - Parameter kept: What was kept earlier, by name.
    public init(_ kept: [String: Secret] = [:]) { state = Mutex(kept) }

    /// What is kept now, by name.
    public var kept: [String: Secret] { state.withLock { $0 } }

    /// What was kept under the name.
    public func credential(_ name: String) async throws -> Secret? { state.withLock { $0[name] } }

    /// Keeps it, or forgets what was kept.
    public func keep(_ credential: Secret?, as name: String) async throws {
        state.withLock { $0[name] = credential }
    }
}
