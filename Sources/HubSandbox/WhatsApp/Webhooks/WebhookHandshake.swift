import FoundationEssentials

/// The verification request of a webhook: a GET whose challenge the receiver must echo when the verify token is right.
struct WebhookHandshake: Sendable {
    let url: String
    private let challenge: String
    private var status: Int?
    private var body: String?
    /// Why there was no answer.
    var error: String?

    init(number: SandboxConfiguration.Number, verifyToken: String) {
        challenge = String(UInt64.random(in: 1_000_000_000...9_999_999_999))
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let token = verifyToken.utf8.map { byte in
            if allowed.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        let separator = number.webhookURL.contains("?") ? "&" : "?"
        url =
            "\(number.webhookURL)\(separator)hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(token.joined())"
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
}
