public import AdapterKit

/// One of the tenant's own people.
public struct PersonRecord: Sendable, Equatable {
    public enum State: String, Sendable {
        case active
        /// May not sign in and has no session.
        case suspended
    }

    public var id: String
    public var name: String?
    public var email: String?
    /// As the person or the provider wrote it.
    public var phone: String?
    public var role: PersonRole
    public var state: State
    public var createdAt: Timestamp
    public var lastSignedInAt: Timestamp?
}

/// A person on the way into the store.
public struct NewPerson: Sendable {
    public var role: PersonRole
    public var name: String?
    public var email: String?
    public var phone: String?

    public init(role: PersonRole, name: String? = nil, email: String? = nil, phone: String? = nil) {
        self.role = role
        self.name = name
        self.email = email
        self.phone = phone
    }
}

/// What is said of a person; nil is not said.
public struct PersonProfile: Sendable {
    public var name: String?
    public var email: String?
    public var phone: String?

    public init(name: String? = nil, email: String? = nil, phone: String? = nil) {
        self.name = name
        self.email = email
        self.phone = phone
    }
}
