import HubStore

/// What some roles may do and others may not, beyond one's own account.
public enum Permission: String, Sendable, CaseIterable {
    case managePeople = "manage_people"
    case manageKeys = "manage_keys"
    case manageServices = "manage_services"
    case readAudit = "read_audit"

    /// The least role that may.
    var role: PersonRole {
        switch self {
        case .managePeople, .manageKeys, .manageServices, .readAudit: .admin
        }
    }
}

/// A person's role does not allow what was asked for.
public struct Forbidden: Error, Sendable, Equatable {
    public let permission: Permission
}
