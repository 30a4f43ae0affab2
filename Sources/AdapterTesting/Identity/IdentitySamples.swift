public import AdapterKit

/// What a provider says at the end of a sign-in or a connection, and whom that means.
public struct SignInSample: Sendable {
    /// As it came, with what the person gave at the start.
    public var callback: SignInCallback
    public var tokens: ProviderTokens
    /// Of an ID token that the host has validated; nil for a provider without.
    public var claims: JSON?
    /// Where there is such an endpoint.
    public var userInfo: JSON?
    /// What the provider answers to the adapter's own calls, in order.
    public var answers: [HTTPAnswer]
    public var identity: ProviderIdentity

    public init(
        callback: SignInCallback = SignInSample.callback(), tokens: ProviderTokens = SignInSample.tokens,
        claims: JSON? = nil, userInfo: JSON? = nil, answers: [HTTPAnswer] = [], identity: ProviderIdentity
    ) {
        self.callback = callback
        self.tokens = tokens
        self.claims = claims
        self.userInfo = userInfo
        self.answers = answers
        self.identity = identity
    }

    /// A plain callback with a code and a state.
    public static func callback(
        _ parameters: [String: String] = [:], start: [String: String] = [:], receivedAt: Timestamp = FixedClock().now
    ) -> SignInCallback {
        let all = parameters.merging(["code": "sample-code-4711", "state": "sample-state-0815"]) { own, _ in own }
        let raw = FormText.encode(all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return SignInCallback(
            parameters: all, raw: raw, startParameters: start, receivedAt: receivedAt)
    }

    /// A token of an hour and a refresh token.
    public static let tokens = ProviderTokens(
        accessToken: Secret("sample-access-token"), refreshToken: Secret("sample-refresh-token"),
        accessExpiresAt: FixedClock().now + .seconds(3600))
}

/// Evidence that the adapter has to refuse, and why.
public struct RefusedSignIn: Sendable {
    /// What the report calls it.
    public var name: String
    /// Its identity counts for nothing.
    public var sample: SignInSample
    public var reason: SignInRefusal.Reason

    public init(_ name: String, _ sample: SignInSample, _ reason: SignInRefusal.Reason) {
        self.name = name
        self.sample = sample
        self.reason = reason
    }
}

/// A provider's event as it comes in.
public struct EventSample: Sendable {
    /// What the report calls it.
    public var name: String
    public var topic: String
    public var request: WebhookRequest
    /// What a signed token says, for topics that the host proves.
    public var claims: JSON?
    public var events: [ProviderEvent]
    /// Makes a request of other content that is proven as well as this one; nil where the host proves.
    public var sign: (@Sendable ([UInt8]) -> WebhookRequest)?

    public init(
        _ name: String, topic: String, _ request: WebhookRequest, claims: JSON? = nil, events: [ProviderEvent],
        sign: (@Sendable ([UInt8]) -> WebhookRequest)? = nil
    ) {
        self.name = name
        self.topic = topic
        self.request = request
        self.claims = claims
        self.events = events
        self.sign = sign
    }
}

/// Samples of the capabilities that a provider client may have.
public struct IdentityCapabilitySamples: Sendable {
    /// One of each topic at least, for ``ProviderEvents``.
    public var events: [EventSample]
    /// The answers to a good ``GrantRevoking/revoke(_:subject:_:)``.
    public var revoking: [HTTPAnswer]
    /// The answers to a good ``ConnectedSystem/test()``.
    public var testing: [HTTPAnswer]

    public init(events: [EventSample] = [], revoking: [HTTPAnswer] = [], testing: [HTTPAnswer] = []) {
        self.events = events
        self.revoking = revoking
        self.testing = testing
    }
}
