public import AdapterKit

/// A person's wish, told by a provider, that what came of them from the provider is deleted.
public struct DeletionRequest: Sendable, Equatable {
    public enum State: String, Sendable {
        case requested, done
    }

    /// What the person can ask with how it stands.
    public var code: String
    public var connection: String
    public var state: State
    public var requestedAt: Timestamp
    public var completedAt: Timestamp?
}
