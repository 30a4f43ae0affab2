public import AdapterKit

/// How a connection looks on the sign-in page.
public struct ConnectionDescription: Sendable {
    /// In paths.
    public let name: String
    /// The adapter's name.
    public let provider: String
    public let button: SignInButton
    public let parameters: [StartParameter]
    /// With `formPost` the callback is a post from another site.
    public let responseMode: IdentityProvider.ResponseMode
}

/// The start of a way to a provider.
public struct SignInStart: Sendable {
    public enum Purpose: Sendable {
        /// - Parameter invitation: The token of an invitation, if the person has one.
        case signIn(invitation: Secret?)
        /// One more identity for who is signed in.
        case link(Visitor)
        /// A business system.
        case connect(Visitor, system: String)
    }

    public var purpose: Purpose
    /// Not looked at for ``Purpose/connect(_:system:)``.
    public var connection: String
    /// What the person gave, of the connection's ``StartParameter``s.
    public var parameters: [String: String]
    /// A path of this tenant's pages; anything else is taken for the default.
    public var returnTo: String?
    public var requestID: String

    public init(
        purpose: Purpose, connection: String, parameters: [String: String] = [:], returnTo: String? = nil,
        requestID: String
    ) {
        self.purpose = purpose
        self.connection = connection
        self.parameters = parameters
        self.returnTo = returnTo
        self.requestID = requestID
    }
}

/// Where to send the browser, and what to give it for its return.
public struct SignInRedirect: Sendable {
    public let url: String
    /// Goes into a cookie and comes back with the callback: nobody else's browser can end this.
    public let browser: Secret
    public let lifetime: Duration
}

/// A provider's callback as it came in.
public struct CallbackRequest: Sendable {
    public var method: IdentityProvider.ResponseMode
    /// The query, or the form's body.
    public var raw: String
    /// What the browser was given at the starts that are still open.
    public var browsers: [Secret]
    /// Of this tenant.
    public var session: Secret?
    /// Coarse, such as `Firefox on Linux`.
    public var device: String?
    public var requestID: String

    public init(
        method: IdentityProvider.ResponseMode, raw: String, browsers: [Secret], session: Secret?, device: String?,
        requestID: String
    ) {
        self.method = method
        self.raw = raw
        self.browsers = browsers
        self.session = session
        self.device = device
        self.requestID = requestID
    }
}

/// What became of a callback.
public struct SignInResult: Sendable {
    public enum Outcome: Sendable {
        /// - Parameter session: For the cookie.
        case signedIn(session: Secret, lifetime: Duration)
        case linked
        case connected(system: String)
    }

    public let outcome: Outcome
    /// A path on our own origin.
    public let returnPath: String
}
