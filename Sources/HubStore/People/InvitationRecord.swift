public import AdapterKit

/// A one-time link by which somebody becomes one of the tenant's people, or gets back in.
public struct InvitationRecord: Sendable, Equatable {
    public enum State: String, Sendable {
        case open, accepted, revoked, expired
    }

    public var id: String
    public var role: PersonRole
    public var name: String?
    public var email: String?
    /// The person who invited; nil for the operator, or for somebody who is gone.
    public var invitedBy: String?
    /// The person who gets back in; nil when it is for somebody new.
    public var personID: String?
    public var state: State
    public var createdAt: Timestamp
    public var expiresAt: Timestamp
}

/// An invitation on its way into the store.
public struct NewInvitation: Sendable {
    public var role: PersonRole
    public var name: String?
    public var email: String?
    /// The id of the person who invites; nil for the operator.
    public var invitedBy: String?
    /// The id of a person who lost all credentials; nil when it is for somebody new.
    public var person: String?
    /// What the link holds. Only a keyed hash of it is kept.
    public var token: Secret
    public var expiresAt: Timestamp

    public init(
        role: PersonRole, name: String? = nil, email: String? = nil, invitedBy: String? = nil, person: String? = nil,
        token: Secret, expiresAt: Timestamp
    ) {
        self.role = role
        self.name = name
        self.email = email
        self.invitedBy = invitedBy
        self.person = person
        self.token = token
        self.expiresAt = expiresAt
    }
}

/// Why an invitation does not let anybody in.
public enum InvitationRefusal: String, Error {
    case unknown, expired, used, revoked
    /// It lets somebody else back in, or somebody new.
    case forSomeoneElse = "for_someone_else"
}
