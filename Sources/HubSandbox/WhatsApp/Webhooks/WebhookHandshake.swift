import FoundationEssentials

/// The verification request of a webhook: a GET whose challenge the receiver must echo when the verify token is right.
struct WebhookHandshake: Sendable {
    let url: String
    private let challenge: String
    private(set) var status: Int?
    private var body: String?
    /// Why there was no answer.
    var error: String?

    init(callback: String, verifyToken: String) {
        challenge = String(UInt64.random(in: 1_000_000_000...9_999_999_999))
        let separator = callback.contains("?") ? "&" : "?"
        url =
            "\(callback)\(separator)hub.mode=subscribe&hub.challenge=\(challenge)"
            + "&hub.verify_token=\(verifyToken.urlEncoded)"
    }

    /// Whether the receiver answered 200 with the challenge, byte for byte.
    var isVerified: Bool { status == 200 && body == challenge }

    mutating func read(status: Int, body: String) {
        self.status = status
        self.body = body
    }

    /// The report. Of a wrong body it tells the length only, as it may hold anything.
    var json: JSON {
        [
            "verified": .bool(isVerified), "status": status.map { JSON($0) } ?? .null, "challenge": JSON(challenge),
            "challenge_echoed": .bool(body == challenge), "body_bytes": body.map { JSON($0.utf8.count) },
            "error": error.map { JSON($0) },
        ]
    }

    /// What Meta answers when a callback that is to be set does not pass; nil when it does.
    var refusal: GraphError? {
        guard !isVerified else { return nil }
        let reason =
            status.map { $0 == 200 ? "the challenge was not echoed" : "HTTP Status Code = \($0)" } ?? error
            ?? "no answer"
        return GraphError(
            http: 400, code: 2200, title: "Callback verification failed with the following errors: \(reason)")
    }
}
