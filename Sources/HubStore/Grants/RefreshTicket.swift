public import AdapterKit

/// The right to refresh one grant, written down before the provider is asked. Whoever has it has to complete or fail it.
public struct RefreshTicket: Sendable {
    /// As it stood when the ticket was given.
    public var grant: GrantRecord
    public var refreshToken: Secret
}

/// What became of the tokens of a refresh.
public enum RefreshOutcome: Sendable, Equatable {
    case kept(GrantRecord)
    /// The grant was connected anew, or is gone: the new tokens are not kept.
    case changedMeanwhile
}

/// Why a refresh gave no tokens.
public enum RefreshFailure: Sendable, Equatable {
    /// The refresh token is as good as before.
    case kept
    /// Somebody has to connect it again.
    case broken(reason: String)
}
