public import AdapterKit

/// An API key that one of the tenant's people issued. Keys of the configuration are not here.
public struct APIKeyRecord: Sendable, Equatable {
    public var id: String
    public var name: String
    public var scopes: [String]
    /// The person who issued it; nil when they are gone.
    public var createdBy: String?
    public var createdAt: Timestamp
    /// To the minute.
    public var lastUsedAt: Timestamp?
    public var revokedAt: Timestamp?
}
