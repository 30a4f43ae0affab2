/// Joins a messaging channel: two functions.
public protocol ChannelAdapter: Adapter {
    /// Proves that the request comes from the provider and turns its body into updates.
    ///
    /// Pure: the signature is checked over the raw bytes before anything is parsed, nothing is read or written.
    /// A body that was signed well but cannot be read is not refused: it is returned as a batch with a
    /// ``InboundBatch/problem``, so that the host can keep it.
    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt

    /// Sends one message and says what became of it. The host calls it at most once for a message whose outcome was not
    /// ``SendOutcome/throttled(scope:retryAfter:)`` or ``SendOutcome/unavailable(reason:)``.
    func send(_ message: OutboundMessage) async -> SendOutcome
}

/// A channel whose provider asks for proof of an address before it sends webhooks there.
public protocol WebhookHandshake: ChannelAdapter {
    /// The body of the answer, sent as `text/plain`.
    func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String
}

/// A webhook as it came in.
public struct WebhookRequest: Sendable, Equatable {
    public var query: [String: String]
    public var headers: HTTPFields
    /// The raw bytes that a signature is made over.
    public var body: [UInt8]
    public var receivedAt: Timestamp
    /// The host vouches for the body: its signature held when it first came, and it was kept sealed since. Only a replay
    /// from the quarantine has this, and it has no headers to check.
    public var isProven: Bool

    public init(
        query: [String: String] = [:], headers: HTTPFields = [], body: [UInt8] = [], receivedAt: Timestamp,
        isProven: Bool = false
    ) {
        self.isProven = isProven
        self.query = query
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }
}

/// Why a webhook is not taken.
public enum WebhookRejection: String, Error, Sendable, Codable {
    /// No signature, or more than one.
    case signatureMissing = "signature_missing"
    /// The signature is not one over these bytes.
    case signatureWrong = "signature_wrong"
    /// The handshake is incomplete or its token is not ours.
    case handshakeWrong = "handshake_wrong"
    /// The body is not what the provider sends. For ``ProviderEvents`` alone: what a channel cannot read is kept.
    case malformed
}
