/// What an adapter says of itself before it is made.
public struct AdapterManifest: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        case channel, system, identity
    }

    /// What an adapter can do beyond the functions that its kind requires.
    /// The conformance kit checks that what is declared is implemented, and the other way round.
    public enum Capability: String, Sendable, Codable, CaseIterable {
        /// ``WebhookHandshake``.
        case handshake
        /// ``ContentRules``.
        case contentRules
        /// ``MediaChannel``.
        case media
        /// ``TemplateChannel``.
        case templates
        /// ``ReadMarks``.
        case readMarks
        /// ``Blocking``.
        case blocking
        /// ``HealthProbe``.
        case healthProbe
        /// ``ChannelOperations``.
        case operations
        /// ``ConnectedSystem``.
        case connection
        /// ``SessionTokenExchanging``.
        case sessionTokens
        /// ``ClientSecretMinting``.
        case clientSecret
        /// ``CallbackProof``.
        case callbackProof
        /// ``GrantRevoking``.
        case revocation
        /// ``ProviderEvents``.
        case events

        /// What a channel can have.
        public static let ofChannels: Set<Capability> = [
            .handshake, .contentRules, .media, .templates, .readMarks, .blocking, .healthProbe, .operations,
        ]
    }

    /// Lower-case letters, digits and dashes, such as `whatsapp-cloud`; the value of `adapter:` in tenants.yaml.
    public var name: String
    public var kind: Kind
    /// Semantic version of the adapter.
    public var version: String
    /// One sentence for `comfile adapters list`.
    public var summary: String
    public var settings: SettingsSchema
    public var capabilities: Set<Capability>
    /// The settings that name the provider's accounts, for channels.
    public var accounts: AccountSettings?
    /// The types of message that a channel can send, of ``MessageContent/sendableTypes``.
    public var sends: [String]
    /// What a channel takes of each kind of media.
    public var media: [MediaRule]
    /// When a person may be written to freely; nil is always.
    public var window: SendWindow?
    /// How fast one person may be written to; nil is without a limit.
    public var pairRate: PairRate?
    /// For sign-in and for systems that a person connects.
    public var identity: IdentityDeclaration?
    /// Host names that the adapter talks to by default.
    public var hosts: [String]
    public var privacy: PrivacyDeclaration

    public init(
        name: String, kind: Kind, version: String, summary: String, settings: SettingsSchema,
        capabilities: Set<Capability> = [], accounts: AccountSettings? = nil,
        sends: [String] = ["text"], media: [MediaRule] = [], window: SendWindow? = nil, pairRate: PairRate? = nil,
        identity: IdentityDeclaration? = nil, hosts: [String], privacy: PrivacyDeclaration
    ) {
        self.name = name
        self.kind = kind
        self.version = version
        self.summary = summary
        self.settings = settings
        self.capabilities = capabilities
        self.accounts = accounts
        self.sends = sends
        self.media = media
        self.window = window
        self.pairRate = pairRate
        self.identity = identity
        self.hosts = hosts
        self.privacy = privacy
    }
}

/// Which settings of a channel name the accounts that webhooks are attributed by.
public struct AccountSettings: Sendable, Codable, Equatable {
    /// The setting with the account that exactly one channel of the hub may have, such as `phone_number_id`.
    public var channel: String
    /// The setting with the account above it, which several channels of one tenant may share, such as `business_account_id`.
    public var parent: String?

    public init(channel: String, parent: String? = nil) {
        self.channel = channel
        self.parent = parent
    }
}

/// The personal data that an adapter touches, and what becomes of it outside the hub.
public struct PrivacyDeclaration: Sendable, Codable, Equatable {
    public enum Category: String, Sendable, Codable, CaseIterable {
        case name, phone, email, userID, messageContent, media, messageID
    }

    public var touches: Set<Category>
    /// Who else receives the data.
    public var recipients: [String]
    /// How long the other side keeps a copy, in words with the source.
    public var retention: String
    /// How a person's data is exported from the other side.
    public var export: String
    /// How a person's data is erased on the other side.
    public var erasure: String

    public init(touches: Set<Category>, recipients: [String], retention: String, export: String, erasure: String) {
        self.touches = touches
        self.recipients = recipients
        self.retention = retention
        self.export = export
        self.erasure = erasure
    }
}
