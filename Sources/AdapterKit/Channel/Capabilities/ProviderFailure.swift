/// Why a provider did not do what was asked, where it was asked for something other than a send.
public struct ProviderFailure: Error, Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// It never will: what was asked for is wrong.
        case refused
        /// It is not there, or not any more.
        case notFound
        /// Too fast: later.
        case throttled
        /// It may work another time.
        case unavailable
        /// It cannot work until the channel's owner changes something.
        case misconfigured
    }

    public var kind: Kind
    public var reason: FailureReason
    public var retryAfter: Duration?

    public init(_ kind: Kind, _ reason: FailureReason, retryAfter: Duration? = nil) {
        self.kind = kind
        self.reason = reason
        self.retryAfter = retryAfter
    }
}
