public import AdapterKit

/// A key that calls the API in the name of one tenant.
public struct APIKeyConfiguration: Sendable, Equatable {
    /// Names the key in logs; the key itself is never shown.
    public var name: String
    /// At least ``minimumLength`` visible ASCII characters, unique in the hub.
    public var key: Secret
    public var scopes: Set<APIScope>

    /// What can be guessed is too short: 24 characters of base64 are 144 bits.
    public static let minimumLength = 24

    public init(name: String, key: Secret, scopes: Set<APIScope>) {
        self.name = name
        self.key = key
        self.scopes = scopes
    }
}
