import AdapterKit
import AdapterTesting
import Google

/// Google as these tests have it: the client, the claims of Google's documentation with made-up people, and an event.
enum Sample {
    static func settings(domains: [String] = []) -> AdapterSettings {
        AdapterSettings([
            "client_id": .text("1234-abcd.apps.googleusercontent.com"),
            "client_secret": .secret([Secret("GOCSPX-sample-client-secret")]), "allowed_domains": .list(domains),
            "authorization_url": .text("https://accounts.google.com/o/oauth2/v2/auth"),
            "token_url": .text("https://oauth2.googleapis.com/token"),
            "keys_url": .text("https://www.googleapis.com/oauth2/v3/certs"),
            "revocation_url": .text("https://oauth2.googleapis.com/revoke"),
        ])
    }

    static func adapter(domains: [String] = []) throws -> GoogleAdapter {
        try GoogleAdapter(settings: settings(domains: domains), host: TestHost())
    }

    /// - Parameter changes: A claim that is nil is left out.
    static func claims(_ changes: [String: JSON?] = [:]) -> JSON {
        let all: KeyValuePairs<String, JSON> = [
            "iss": "https://accounts.google.com", "azp": "1234-abcd.apps.googleusercontent.com",
            "aud": "1234-abcd.apps.googleusercontent.com", "sub": "110169484474386276334",
            "at_hash": "HK6E_P6Dh8Y93mRNtsDB1Q", "hd": "acme.example", "email": "wilhelmina@acme.example",
            "email_verified": true, "iat": 1_795_420_700, "exp": 1_795_424_300, "nonce": "0394852-3190485-2490358",
            "name": "Wilhelmina Sample", "picture": "https://lh3.googleusercontent.com/a/sample",
            "given_name": "Wilhelmina", "family_name": "Sample", "locale": "en",
        ]
        return .object(
            all.compactMap { name, value in
                (changes[name] ?? value).map { JSON.Member(name, $0) }
            })
    }

    static func identity(_ adapter: GoogleAdapter, _ claims: JSON) async throws -> ProviderIdentity {
        try await adapter.identity(
            SignInEvidence(
                provider: try adapter.provider([:]), callback: SignInSample.callback(), tokens: SignInSample.tokens,
                claims: claims))
    }

    static let event = EventSample(
        "a hijacked account", topic: "risc",
        WebhookRequest(
            headers: [("Content-Type", "application/secevent+jwt")],
            body: Array("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln".utf8),
            receivedAt: FixedClock().now),
        claims: [
            "iss": "https://accounts.google.com/", "aud": "1234-abcd.apps.googleusercontent.com", "iat": 1_795_420_700,
            "jti": "756E69717565",
            "events": [
                "https://schemas.openid.net/secevent/risc/event-type/account-disabled": [
                    "subject": [
                        "subject_type": "iss-sub", "iss": "https://accounts.google.com/",
                        "sub": "110169484474386276334",
                    ], "reason": "hijacking",
                ]
            ],
        ],
        events: [
            ProviderEvent(
                id: "756E69717565/account-disabled", kind: .accountDisabled, issuer: "https://accounts.google.com",
                subject: "110169484474386276334", occurredAt: Timestamp(seconds: 1_795_420_700))
        ])
}
