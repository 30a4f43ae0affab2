/// What became of adding a person.
public enum AddPersonOutcome: Sendable, Equatable {
    case added(PersonRecord, IdentityRecord?)
    /// The identity is one of somebody who is there already. Nobody was added, and the invitation is still open.
    case identityTaken
    case invitationRefused(InvitationRefusal)
}

/// What became of linking an identity to a person.
public enum LinkOutcome: Sendable, Equatable {
    case linked(IdentityRecord)
    case alreadyTheirs(IdentityRecord)
    case takenBySomeoneElse
    case invitationRefused(InvitationRefusal)
    /// There is no such person.
    case unknown
}

/// What became of taking an identity from a person.
public enum UnlinkOutcome: Sendable, Equatable {
    /// - Parameter revoke: grants that are gone here and that the provider should hear of.
    case unlinked(revoke: [GrantRecord])
    /// The person could not sign in any more.
    case lastCredential
    case unknown
}

/// What became of a change of a person's role or state.
public enum PersonOutcome: Sendable, Equatable {
    case done(PersonRecord)
    /// Nobody else is an active owner, so the tenant would have none.
    case lastOwner
    case unknown
}

/// What became of removing a person.
public enum RemovalOutcome: Sendable, Equatable {
    /// - Parameter revoke: grants that are gone here and that the provider should hear of.
    case removed(revoke: [GrantRecord])
    /// Nobody else is an active owner, so the tenant would have none.
    case lastOwner
    case unknown
}
