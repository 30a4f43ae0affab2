/// What the sandbox plays: its address, the Meta app, the business numbers with their tokens and webhooks, and
/// the applications that are registered at the sign-in providers.
public struct SandboxConfiguration: Sendable {
    /// Address to bind. Loopback unless told, as the control calls ask for no password.
    public var host: String
    /// Port to bind; 0 lets the system choose.
    public var port: Int
    /// The Meta app that all numbers share.
    public var appID: String
    /// The business portfolio that owns all business accounts.
    public var businessID: String
    /// Key of the webhook signatures: one per Meta app, so shared by all numbers.
    public var appSecret: String
    /// What the handshake sends as `hub.verify_token`.
    public var verifyToken: String
    /// The app's webhook version, e.g. `v25.0`: it decides the shape of webhooks, not which versions can be called.
    public var apiVersion: String
    /// Major Graph API versions that can be called.
    public var servedVersions: ClosedRange<Int>
    /// Whether calls without `appsecret_proof` are refused ("Require App Secret" in the App Dashboard).
    public var requiresAppSecretProof: Bool
    /// The business numbers that exist.
    public var numbers: [Number]
    /// How long after acceptance each status happens.
    public var delays: StatusDelays
    /// When an unanswered webhook is sent again.
    public var retries: RetrySchedule
    /// How long a webhook may take to be answered.
    public var webhookTimeout: Duration
    /// How many accepted messages are kept for `GET /_sandbox/whatsapp/messages`.
    public var keptMessages: Int
    /// The applications that are registered at the sign-in providers.
    public var identityClients: [IdentityClient]

    public init(
        host: String = "127.0.0.1", port: Int = 8090, appSecret: String, verifyToken: String,
        apiVersion: String = "v25.0", numbers: [Number], delays: StatusDelays = StatusDelays(),
        retries: RetrySchedule = RetrySchedule(), webhookTimeout: Duration = .seconds(5), keptMessages: Int = 20_000,
        appID: String = "670843887433847", businessID: String = "506914307656634",
        servedVersions: ClosedRange<Int> = 17...30, requiresAppSecretProof: Bool = false,
        identityClients: [IdentityClient] = Self.sampleIdentityClients
    ) {
        self.host = host
        self.port = port
        self.appSecret = appSecret
        self.verifyToken = verifyToken
        self.apiVersion = apiVersion
        self.numbers = numbers
        self.delays = delays
        self.retries = retries
        self.webhookTimeout = webhookTimeout
        self.keptMessages = keptMessages
        self.appID = appID
        self.businessID = businessID
        self.servedVersions = servedVersions
        self.requiresAppSecretProof = requiresAppSecretProof
        self.identityClients = identityClients
    }

    /// The two tenants of the sample `tenants.yaml`, which share one Meta app.
    public static let sample = SandboxConfiguration(
        appSecret: "sandbox-app-secret", verifyToken: "sandbox-verify-token",
        numbers: [
            Number(
                phoneNumberID: "106540352242922", displayPhoneNumber: "+1 555-078-3881",
                businessAccountID: "102290129340398", accessToken: "sandbox-token-acme",
                webhookURL: "http://127.0.0.1:8080/webhooks/apps/meta-main", name: "Acme Support"),
            Number(
                phoneNumberID: "106540352242933", displayPhoneNumber: "+1 555-078-3882",
                businessAccountID: "102290129340399", accessToken: "sandbox-token-globex",
                webhookURL: "http://127.0.0.1:8080/webhooks/apps/meta-main", name: "Globex Care"),
        ])
}

extension SandboxConfiguration {
    /// A business number on WhatsApp.
    public struct Number: Hashable, Sendable {
        /// The id in the path of sends and in `metadata` of webhooks.
        public var phoneNumberID: String
        /// The number as people write it, with `+` and country code.
        public var displayPhoneNumber: String
        /// The WhatsApp Business Account (WABA) of the number: `entry[].id` of its webhooks.
        public var businessAccountID: String
        /// The bearer token that may use the number.
        public var accessToken: String
        /// Where the number's webhooks go.
        public var webhookURL: String
        /// The verified name that customers see.
        public var name: String

        public init(
            phoneNumberID: String, displayPhoneNumber: String, businessAccountID: String, accessToken: String,
            webhookURL: String, name: String
        ) {
            self.phoneNumberID = phoneNumberID
            self.displayPhoneNumber = displayPhoneNumber
            self.businessAccountID = businessAccountID
            self.accessToken = accessToken
            self.webhookURL = webhookURL
            self.name = name
        }

        /// The digits of the display number, as webhooks carry it.
        var digits: String { displayPhoneNumber.filter(\.isWholeNumber) }
    }

    /// When a sent message reaches each state, counted from its acceptance.
    public struct StatusDelays: Hashable, Sendable {
        public var sent: Duration
        public var delivered: Duration
        /// Nil: nobody reads unless the phone page does.
        public var read: Duration?
        /// How long after it was read a voice note is played.
        public var played: Duration

        public init(
            sent: Duration = .milliseconds(100), delivered: Duration = .milliseconds(300),
            read: Duration? = .milliseconds(1500), played: Duration = .milliseconds(500)
        ) {
            self.sent = sent
            self.delivered = delivered
            self.read = read
            self.played = played
        }
    }

    /// Meta's seven days of retries on a fast clock: at once, then with doubling pauses until the end.
    public struct RetrySchedule: Hashable, Sendable {
        /// Pause before the second retry; the first comes at once.
        public var base: Duration
        /// The longest pause.
        public var ceiling: Duration
        /// Retries after which the webhook is given up.
        public var limit: Int

        public init(base: Duration = .milliseconds(500), ceiling: Duration = .seconds(30), limit: Int = 30) {
            self.base = base
            self.ceiling = ceiling
            self.limit = limit
        }

        /// The pause before a retry (the first is 1), or nil when the webhook is given up.
        func pause(beforeRetry retry: Int) -> Duration? {
            guard retry <= limit else { return nil }
            guard retry > 1 else { return .zero }
            // Past 2^20 the ceiling holds in any case; this keeps the shift in range.
            return min(base * (1 << min(retry - 2, 20)), ceiling)
        }
    }
}
