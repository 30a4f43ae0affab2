/// What a provider client says of itself in its manifest, beyond what every adapter says.
public struct IdentityDeclaration: Sendable, Codable, Equatable {
    /// What the host has to do differently for this provider, each with its reason.
    public var exceptions: [ProviderException]
    /// What a person gives before they are sent to the provider.
    public var parameters: [StartParameter]
    /// The topics of ``ProviderEvents``; each is the end of an address.
    public var eventTopics: [EventTopic]
    /// How the sign-in button looks; nil for a business system.
    public var button: SignInButton?

    public init(
        exceptions: [ProviderException] = [], parameters: [StartParameter] = [], eventTopics: [EventTopic] = [],
        button: SignInButton? = nil
    ) {
        self.exceptions = exceptions
        self.parameters = parameters
        self.eventTopics = eventTopics
        self.button = button
    }
}

/// A rule that holds for all providers and not for this one.
public struct ProviderException: Sendable, Codable, Equatable {
    public enum Rule: String, Sendable, Codable, CaseIterable {
        case pkce, nonce, idToken = "id_token", queryResponse = "query_response", discovery, userInfo = "user_info"
        case singleIssuer = "single_issuer", storedSecret = "stored_secret", emailVerification = "email_verification"
        case refresh, scopeSeparator = "scope_separator", errorOnRevocation = "error_on_revocation"
    }

    public var rule: Rule
    /// One sentence: what is different, and why.
    public var reason: String

    public init(_ rule: Rule, _ reason: String) {
        self.rule = rule
        self.reason = reason
    }
}

/// Something that a person gives at the start, such as the name of a shop.
public struct StartParameter: Sendable, Codable, Equatable {
    public var name: String
    /// The label of its field.
    public var label: String
    /// An example of what to write.
    public var placeholder: String
    public var maximumLength: Int

    public init(name: String, label: String, placeholder: String, maximumLength: Int) {
        self.name = name
        self.label = label
        self.placeholder = placeholder
        self.maximumLength = maximumLength
    }
}

/// One kind of event that a provider sends, and what it wants as an answer.
public struct EventTopic: Sendable, Codable, Equatable {
    public var name: String
    /// What to register it as, in one sentence.
    public var summary: String
    /// The status of a good answer.
    public var status: Int

    public init(_ name: String, status: Int = 200, summary: String) {
        self.name = name
        self.status = status
        self.summary = summary
    }
}

/// A sign-in button after the provider's rules for it.
public struct SignInButton: Sendable, Codable, Equatable {
    /// The setting with another text for a connection's button, of an adapter that has one.
    public static let textSetting = "button_text"

    /// Such as `Sign in with Apple`: the wording that the provider asks for.
    public var text: String
    /// The mark as the inside of an SVG with a view box of 24 by 24, of the adapter's own drawing; nil for none.
    public var mark: String?
    /// CSS colours.
    public var background: String
    public var foreground: String
    public var border: String
    /// Of the provider, for people who want to know what it does with their data.
    public var privacyURL: String?

    public init(
        text: String, mark: String?, background: String, foreground: String, border: String, privacyURL: String?
    ) {
        self.text = text
        self.mark = mark
        self.background = background
        self.foreground = foreground
        self.border = border
        self.privacyURL = privacyURL
    }
}
