import AdapterKit
import AdapterTesting
import Crypto
import Testing

@testable import WhatsAppCloud

/// A channel with known secrets, and the provider's side of its signature.
enum Harness {
    static let secret = "test_app_secret"
    static let receivedAt = FixedClock().now

    static let settings = AdapterSettings([
        "app_secret": .secret([Secret(secret)]), "verify_token": .secret([Secret("a-verify-token")]),
        "phone_number_id": .text("106540352242922"), "business_account_id": .text("102290129340398"),
        "access_token": .secret([Secret("EAAG-access-token")]), "graph_url": .text("https://graph.facebook.com"),
        "api_version": .text("v25.0"), "messages_per_second": .integer(80),
    ])

    static func signature(_ body: [UInt8], secret: String = secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        return "sha256=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Sendable static func sign(_ body: [UInt8]) -> HTTPFields {
        [("Content-Type", "application/json"), ("X-Hub-Signature-256", signature(body))]
    }

    static func channel(http: RecordingHTTP = RecordingHTTP(), log: RecordingLog = RecordingLog()) throws
        -> WhatsAppCloudAdapter
    {
        try WhatsAppCloudAdapter(settings: settings, host: TestHost(http: http, log: log))
    }

    static func receive(_ body: String) throws -> [InboundBatch] { try receive(Array(body.utf8)) }

    static func receive(_ body: [UInt8]) throws -> [InboundBatch] {
        try channel().receive(WebhookRequest(headers: sign(body), body: body, receivedAt: receivedAt)).batches
    }

    /// Receives a batch again, as the host does with what it kept.
    static func replay(_ batch: InboundBatch) throws -> [InboundBatch] {
        let body = batch.replayBody.string.map { Array($0.utf8) } ?? batch.replayBody.encoded
        return try channel().receive(WebhookRequest(body: body, receivedAt: receivedAt, isProven: true)).batches
    }

    /// The only batch of a body, which has to have no problem.
    static func batch(_ body: String) throws -> InboundBatch {
        let batches = try receive(body)
        try #require(batches.count == 1)
        try #require(batches[0].problem == nil)
        return batches[0]
    }

    static func message(_ body: String) throws -> InboundMessage {
        guard case .message(let message)? = try batch(body).updates.first else { throw Missing() }
        return message
    }

    static func status(_ body: String) throws -> StatusUpdate {
        guard case .status(let status)? = try batch(body).updates.first else { throw Missing() }
        return status
    }

    struct Missing: Error {}
}
