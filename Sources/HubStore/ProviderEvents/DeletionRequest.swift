public import AdapterKit

/// A person's wish, told by a provider, that what came of them from the provider is deleted: done as soon as it is taken.
public struct DeletionRequest: Sendable, Equatable {
    /// What the person can ask with what became of it.
    public var code: String
    public var connection: String
    public var completedAt: Timestamp
}
