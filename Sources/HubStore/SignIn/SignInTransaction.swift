public import AdapterKit

/// A way to a provider and back, on its way into the store. It is good for one return.
public struct SignInTransaction: Sendable {
    public enum Mode: String, Sendable {
        case signIn = "sign_in"
        /// A person who is signed in adds an identity.
        case link
        /// A person who is signed in connects a business system.
        case connect
    }

    /// The connection, or the business system to connect.
    public var connection: String
    public var mode: Mode
    /// Only a keyed hash of it is kept.
    public var state: Secret
    /// What the return needs: nonce, verifier, return path, parameters. Sealed, and gone once it is spent.
    public var payload: JSON
    /// The id of the session that started it, of the modes `link` and `connect`.
    public var session: String?
    /// The id of the invitation that the person came with.
    public var invitation: String?
    /// What the browser was given to prove that it is the same. Only a keyed hash of it is kept.
    public var browser: Secret?
    public var createdAt: Timestamp
    public var expiresAt: Timestamp

    public init(
        connection: String, mode: Mode, state: Secret, payload: JSON, session: String? = nil,
        invitation: String? = nil, browser: Secret?, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.connection = connection
        self.mode = mode
        self.state = state
        self.payload = payload
        self.session = session
        self.invitation = invitation
        self.browser = browser
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// A transaction that is spent by the one who reads this.
public struct SpentTransaction: Sendable, Equatable {
    public var connection: String
    public var mode: SignInTransaction.Mode
    public var payload: JSON
    public var session: String?
    public var invitation: String?
    public var createdAt: Timestamp
}

/// What became of spending a transaction. Whatever is wrong with the return, a transaction that was open is spent.
public enum SpendOutcome: Sendable, Equatable {
    case spent(SpentTransaction)
    /// It was spent before.
    case replayed
    case expired
    case unknown
    /// Another browser started it.
    case otherBrowser
    /// It led to another connection, or had another mode.
    case otherConnection
}
