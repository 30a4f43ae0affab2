/// How a provider's event is proven.
public enum ProviderEventProof: Sendable, Equatable {
    /// The adapter has checked the signature over the raw bytes.
    case proven([ProviderEvent])
    /// A signed token (RFC 8417 or alike) that the host verifies with the provider's keys, and then gives to
    /// ``ProviderEvents/events(_:)``.
    case token(Secret, EventTokenRules)
}

/// What a security event token has to be. An expiry is checked where there is one, as such tokens need none.
public struct EventTokenRules: Sendable, Equatable {
    /// The value of `iss`.
    public var issuer: String
    public var audiences: [String]
    public var algorithms: [IDTokenRules.Algorithm]
    /// The keys' address.
    public var keys: String

    public init(issuer: String, audiences: [String], algorithms: [IDTokenRules.Algorithm] = [.rs256], keys: String) {
        self.issuer = issuer
        self.audiences = audiences
        self.algorithms = algorithms
        self.keys = keys
    }
}

/// What a provider says became of an account, a grant or a shop.
public struct ProviderEvent: Sendable, Equatable, Codable {
    public enum Kind: Sendable, Equatable, Codable {
        /// Every session of the identity ends.
        case sessionsRevoked
        /// Sessions end and tokens are dropped.
        case tokensRevoked
        /// One refresh token was revoked: that whose digest this is.
        case tokenRevoked(TokenDigest)
        /// The account may be in other hands: sessions end, and nobody signs in with it until it is enabled again.
        case accountDisabled
        case accountEnabled
        /// The person took the consent back: sessions end, tokens are dropped, the identity is unlinked.
        case consentRevoked
        /// The account is gone: as ``consentRevoked``, and what the provider gave is erased.
        case accountDeleted
        /// Whether mail to the address arrives.
        case emailDeliverable(Bool)
        /// The person asks for erasure of what the provider gave; the answer tells where to see what became of it.
        case erasureRequested
        /// A merchant's customer asks what is known of them.
        case customerDataRequested(CustomerReference)
        /// What is known of a merchant's customer has to go.
        case customerErasureRequested(CustomerReference)
        /// All of a merchant has to go.
        case shopErasureRequested
        /// The app was removed: tokens of the shop are dead.
        case uninstalled
        /// Something happened to an order.
        case order(OrderReference)
        /// The provider tries whether events arrive.
        case verification
        /// Kept in the audit by its name and not acted on.
        case unknown(String)
    }

    /// The provider's id of the event: an event is acted on once.
    public var id: String
    public var kind: Kind
    /// As ``IdentityProvider/issuer``; nil for an event of no account.
    public var issuer: String?
    public var subject: String?
    public var occurredAt: Timestamp

    public init(id: String, kind: Kind, issuer: String? = nil, subject: String? = nil, occurredAt: Timestamp) {
        self.id = id
        self.kind = kind
        self.issuer = issuer
        self.subject = subject
        self.occurredAt = occurredAt
    }

    /// A token told by its digest (RISC profile of OAuth events).
    public struct TokenDigest: Sendable, Equatable, Codable {
        public enum Algorithm: String, Sendable, Codable {
            /// The first 16 characters of the token.
            case prefix
            /// base64url of SHA-512 of SHA-512.
            case doubleSHA512 = "hash_SHA512_double"
        }

        public var algorithm: Algorithm
        public var value: String

        public init(algorithm: Algorithm, value: String) {
            self.algorithm = algorithm
            self.value = value
        }
    }

    /// A merchant's customer.
    public struct CustomerReference: Sendable, Equatable, Codable {
        public var id: String
        public var phone: String?
        public var email: String?
        /// The ids of the orders that are asked for, or have to go, with the customer.
        public var orders: [String]

        public init(id: String, phone: String? = nil, email: String? = nil, orders: [String] = []) {
            self.id = id
            self.phone = phone
            self.email = email
            self.orders = orders
        }
    }

    /// An order and whose it is.
    public struct OrderReference: Sendable, Equatable, Codable {
        public var customer: CustomerReference?
        /// The order as it is shown with a contact, of the adapter's making.
        public var order: JSON

        public init(customer: CustomerReference?, order: JSON) {
            self.customer = customer
            self.order = order
        }
    }
}
