/// What a connected system was given access to, valid now. The host keeps the tokens sealed, renews them under a lock and
/// never shows the refresh token.
public protocol GrantPort: Sendable {
    /// - Throws: ``ProviderFailure`` with `misconfigured` when nobody has connected the system, or its grant is broken and
    ///   a person has to connect it again; `unavailable` when it cannot be renewed now.
    func access() async throws(ProviderFailure) -> GrantedAccess

    /// After the system refused a token: the one that took its place, renewed if nobody has done so yet. A token that
    /// cannot be renewed makes the grant broken, and a person is told.
    func renewed(insteadOf token: Secret) async throws(ProviderFailure) -> GrantedAccess
}

/// An access token and whose it is.
public struct GrantedAccess: Sendable, Equatable {
    public var token: Secret
    /// As ``ProviderIdentity/subject``, such as a shop.
    public var subject: String
    public var scopes: [String]

    public init(token: Secret, subject: String, scopes: [String]) {
        self.token = token
        self.subject = subject
        self.scopes = scopes
    }
}
