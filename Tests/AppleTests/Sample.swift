import AdapterKit
import AdapterTesting
import Apple
import Crypto

/// Apple as these tests have it: a made-up team and key, the claims of Apple's documentation with made-up people.
enum Sample {
    static let key = P256.Signing.PrivateKey()

    static func settings(_ changes: [String: AdapterSettings.Value] = [:]) -> AdapterSettings {
        let all: [String: AdapterSettings.Value] = [
            "client_id": .text("com.example.signin"), "team_id": .text("A1B2C3D4E5"), "key_id": .text("F6G7H8J9K0"),
            "private_key": .secret([Secret(key.pemRepresentation)]),
            "additional_client_ids": .list(["com.example.app"]),
            "authorization_url": .text("https://appleid.apple.com/auth/authorize"),
            "token_url": .text("https://appleid.apple.com/auth/token"),
            "keys_url": .text("https://appleid.apple.com/auth/keys"),
            "revocation_url": .text("https://appleid.apple.com/auth/revoke"),
        ]
        return AdapterSettings(all.merging(changes) { $1 })
    }

    static func adapter(_ changes: [String: AdapterSettings.Value] = [:]) throws -> AppleAdapter {
        try AppleAdapter(settings: settings(changes), host: TestHost())
    }

    /// - Parameter changes: A claim that is nil is left out.
    static func claims(_ changes: [String: JSON?] = [:]) -> JSON {
        let all: KeyValuePairs<String, JSON> = [
            "iss": "https://appleid.apple.com", "aud": "com.example.signin", "exp": 1_795_421_400, "iat": 1_795_420_800,
            "sub": "001234.abcdef0123456789abcdef0123456789.1234", "nonce": "n-0S6_WzA2Mj",
            "at_hash": "MTIzNDU2Nzg5MGFiY2RlZg", "email": "xyz123@privaterelay.appleid.com", "email_verified": "true",
            "is_private_email": "true", "auth_time": 1_795_420_798, "nonce_supported": true,
        ]
        return .object(
            all.compactMap { name, value in
                (changes[name] ?? value).map { JSON.Member(name, $0) }
            })
    }

    static let user = #"{"name":{"firstName":"Ágnes","lastName":"O’Sample"},"email":"agnes@example.com"}"#

    static func identity(_ claims: JSON = claims(), user: String? = nil) async throws -> ProviderIdentity {
        let adapter = try adapter()
        return try await adapter.identity(
            SignInEvidence(
                provider: try adapter.provider([:]),
                callback: SignInSample.callback(user.map { ["user": $0] } ?? [:]), tokens: SignInSample.tokens,
                claims: claims))
    }

    /// The claims of a notification.
    static func notification(_ events: JSON) -> JSON {
        [
            "iss": "https://appleid.apple.com", "aud": "com.example.signin", "exp": 1_795_507_200, "iat": 1_795_420_800,
            "jti": "abede67c-9b8a-4c1f-8f2d", "events": events,
        ]
    }

    private static let consentRevoked =
        #"{"type":"consent-revoked","sub":"001234.abcdef0123456789abcdef0123456789.1234","event_time":1795420799123}"#

    static let event = EventSample(
        "a consent that was taken back", topic: "notifications",
        WebhookRequest(
            headers: [("Content-Type", "application/json")],
            body: Array(#"{"payload":"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln"}"#.utf8), receivedAt: FixedClock().now),
        claims: notification(.string(consentRevoked)),
        events: [
            ProviderEvent(
                id: "abede67c-9b8a-4c1f-8f2d", kind: .consentRevoked, issuer: "https://appleid.apple.com",
                subject: "001234.abcdef0123456789abcdef0123456789.1234",
                occurredAt: Timestamp(milliseconds: 1_795_420_799_123))
        ])
}
