import AdapterKit
import AdapterTesting
import Crypto
import Facebook
import Foundation

/// Facebook as these tests have it: a made-up app, and answers in the shapes of Meta's documentation.
enum Sample {
    static let appID = "1066000000000001"
    static let secret = "sample-app-secret-0f3a"
    static let userID = "10224518623"
    static let token = "EAAPJsample-user-token"
    static let longer = "EAAPJsample-long-lived-token"

    static func settings(secrets: [String] = [secret]) -> AdapterSettings {
        AdapterSettings([
            "client_id": .text(appID), "client_secret": .secret(secrets.map { Secret($0) }),
            "dialog_url": .text("https://www.facebook.com"), "graph_url": .text("https://graph.facebook.com"),
            "api_version": .text("v24.0"),
        ])
    }

    static func adapter(_ http: RecordingHTTP = RecordingHTTP(), secrets: [String] = [secret]) throws -> FacebookAdapter
    {
        try FacebookAdapter(settings: settings(secrets: secrets), host: TestHost(http: http))
    }

    static func answer(_ json: JSON, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(status: status, headers: [("Content-Type", "application/json")], body: json.encoded)
    }

    /// The answer to the batch with `debug_token`.
    /// - Parameter changes: A member that is nil is left out.
    static func report(_ changes: [String: JSON?] = [:], code: Int = 200) -> HTTPAnswer {
        let all: KeyValuePairs<String, JSON> = [
            "app_id": .string(appID), "type": "USER", "application": "Acme",
            "data_access_expires_at": 1_803_196_800, "expires_at": 1_795_426_200, "is_valid": true,
            "scopes": ["email", "public_profile"], "user_id": .string(userID),
        ]
        let data = JSON.object(
            all.compactMap { name, value in (changes[name] ?? value).map { JSON.Member(name, $0) } })
        let body: JSON = ["data": data]
        return answer([["code": .integer(code), "body": .string(body.text)]])
    }

    static func profile(_ changes: [String: JSON?] = [:]) -> HTTPAnswer {
        let all: KeyValuePairs<String, JSON> = [
            "id": .string(userID), "name": "Wilhelmina Sample", "email": "wilhelmina@acme.example",
        ]
        return answer(.object(all.compactMap { name, value in (changes[name] ?? value).map { JSON.Member(name, $0) } }))
    }

    static let exchanged = answer([
        "access_token": .string(longer), "token_type": "bearer", "expires_in": 5_183_944,
    ])

    static let tokens = ProviderTokens(
        accessToken: Secret(token), accessExpiresAt: FixedClock().now + .seconds(5400),
        scopes: ["public_profile", "email"], reply: ["token_type": "bearer", "expires_in": 5400])

    static var keptTokens: ProviderTokens {
        var kept = tokens
        kept.accessToken = Secret(longer)
        kept.accessExpiresAt = FixedClock().now + .seconds(5_183_944)
        return kept
    }

    static func identity(_ answers: [HTTPAnswer]) async throws -> ProviderIdentity {
        let adapter = try adapter(RecordingHTTP(answers.map { .success($0) }))
        return try await adapter.identity(
            SignInEvidence(
                provider: try adapter.provider([:]), callback: SignInSample.callback(), tokens: tokens))
    }

    // MARK: Signed requests

    static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func code(_ text: String, secret: String = secret) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8))))
    }

    static func signedRequest(_ payload: [UInt8], secret: String = secret) -> String {
        let encoded = base64URL(payload)
        return "\(base64URL(code(encoded, secret: secret))).\(encoded)"
    }

    static func request(_ signedRequest: String) -> WebhookRequest {
        WebhookRequest(
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array("signed_request=\(signedRequest)".utf8), receivedAt: FixedClock().now)
    }

    /// The payload of Meta's documentation, with a made-up user.
    static func payload(_ changes: [String: JSON?] = [:]) -> JSON {
        let all: KeyValuePairs<String, JSON> = [
            "algorithm": "HMAC-SHA256", "expires": 1_795_424_400, "issued_at": 1_795_420_790,
            "user_id": .string(userID),
        ]
        return .object(all.compactMap { name, value in (changes[name] ?? value).map { JSON.Member(name, $0) } })
    }

    static func event(_ topic: String, _ kind: ProviderEvent.Kind) -> EventSample {
        EventSample(
            topic, topic: topic, request(signedRequest(payload().encoded)),
            events: [
                ProviderEvent(
                    id: "\(topic)/\(userID)/1795420790", kind: kind, issuer: "https://www.facebook.com",
                    subject: userID, occurredAt: Timestamp(seconds: 1_795_420_790))
            ], sign: { request(signedRequest($0)) })
    }
}
