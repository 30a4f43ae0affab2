import AdapterKit
import AdapterTesting
import Google
import Testing

@Suite("Google's Cross-Account Protection")
struct GoogleEventTests {
    private static let risc = "https://schemas.openid.net/secevent/risc/event-type/"
    private static let oauth = "https://schemas.openid.net/secevent/oauth/event-type/"
    private static let subject: JSON = [
        "subject_type": "iss-sub", "iss": "https://accounts.google.com/", "sub": "7375626A656374",
    ]

    private func events(_ type: String, _ event: JSON = ["subject": subject]) throws -> [ProviderEvent] {
        try Sample.adapter().events([
            "iss": "https://accounts.google.com/", "aud": ["1234-abcd.apps.googleusercontent.com"],
            "iat": 1_508_184_845, "jti": "756E69717565", "events": .object([JSON.Member(type, event)]),
        ])
    }

    @Test("Row 98: the host is asked to verify with the issuer that has a slash, our client id and no expiry")
    func rules() throws {
        let request = WebhookRequest(body: Array("aGVhZA.Ym9keQ.c2ln".utf8), receivedAt: FixedClock().now)
        guard case .token(let token, let rules) = try Sample.adapter().receive(request, topic: "risc") else {
            Issue.record("an event of Google is not proven by the adapter")
            return
        }
        #expect(token == Secret("aGVhZA.Ym9keQ.c2ln"))
        #expect(rules.issuer == "https://accounts.google.com/")
        #expect(rules.audiences == ["1234-abcd.apps.googleusercontent.com"])
        #expect(rules.algorithms == [.rs256])
        #expect(rules.keys == "https://www.googleapis.com/oauth2/v3/certs")
    }

    @Test(
        "Row 98: what is no signed token is refused before anybody looks at its signature",
        arguments: [
            "", "a.b", "a.b.c.d", "a.b.", ".b.c", "a.b.c ", "a.b.c\n", "{\"a\": 1}", "a.b=.c", "a.b.ü",
            String(repeating: "a", count: 70_000) + ".b.c",
        ])
    func malformed(body: String) throws {
        let request = WebhookRequest(body: Array(body.utf8), receivedAt: FixedClock().now)
        #expect(throws: WebhookRejection.self) { try Sample.adapter().receive(request, topic: "risc") }
    }

    @Test("Another topic is none of Google's", arguments: ["notifications", "RISC", ""])
    func topic(name: String) {
        let request = WebhookRequest(body: Array("a.b.c".utf8), receivedAt: FixedClock().now)
        #expect(throws: WebhookRejection.malformed) { try Sample.adapter().receive(request, topic: name) }
    }

    @Test(
        "Each type of event is what it means",
        arguments: [
            (risc + "sessions-revoked", .sessionsRevoked),
            (risc + "account-credential-change-required", .sessionsRevoked),
            (oauth + "tokens-revoked", .tokensRevoked), (risc + "account-disabled", .accountDisabled),
            (risc + "account-enabled", .accountEnabled), (risc + "account-purged", .accountDeleted),
            (risc + "verification", .verification),
        ] as [(String, ProviderEvent.Kind)])
    func kinds(type: String, kind: ProviderEvent.Kind) throws {
        let name = type.split(separator: "/").last.map(String.init) ?? ""
        #expect(
            try events(type) == [
                ProviderEvent(
                    id: "756E69717565/\(name)", kind: kind, issuer: "https://accounts.google.com",
                    subject: "7375626A656374", occurredAt: Timestamp(seconds: 1_508_184_845))
            ])
    }

    @Test("A disabled account is acted on, a batch of them is noted")
    func disabled() throws {
        let type = Self.risc + "account-disabled"
        #expect(try events(type, ["subject": Self.subject, "reason": "hijacking"]).map(\.kind) == [.accountDisabled])
        let bulk = try events(type, ["subject": Self.subject, "reason": "bulk-account"])
        #expect(bulk.map(\.kind) == [.unknown("account-disabled")])
    }

    @Test("A revoked token is told by its digest", arguments: ["hash_SHA512_double", "prefix"])
    func token(algorithm: String) throws {
        let digest = "WdRxKj3L9v0p2qZs"
        let event: JSON = [
            "subject": [
                "subject_type": "oauth_token", "token_type": "refresh_token",
                "token_identifier_alg": .string(algorithm), "token": .string(digest),
            ]
        ]
        let found = try #require(try events(Self.oauth + "token-revoked", event).first)
        let known = try #require(ProviderEvent.TokenDigest.Algorithm(rawValue: algorithm))
        #expect(found.kind == .tokenRevoked(.init(algorithm: known, value: digest)))
        #expect(found.subject == nil)
    }

    @Test(
        "A revoked token that cannot be told is noted",
        arguments: [
            [
                "subject_type": "oauth_token", "token_type": "access_token", "token_identifier_alg": "prefix",
                "token": "0123456789abcdef",
            ],
            [
                "subject_type": "oauth_token", "token_type": "refresh_token", "token_identifier_alg": "md5",
                "token": "0123456789abcdef",
            ],
            [
                "subject_type": "oauth_token", "token_type": "refresh_token", "token_identifier_alg": "prefix",
                "token": "1/",
            ],
            ["subject_type": "oauth_token"],
        ] as [JSON])
    func untold(subject: JSON) throws {
        #expect(
            try events(Self.oauth + "token-revoked", ["subject": subject]).map(\.kind) == [.unknown("token-revoked")])
    }

    @Test("Row 98: an unknown event is noted by its name, and verification has no subject")
    func unknown() throws {
        let type = "https://schemas.openid.net/secevent/risc/event-type/identifier-recycled"
        #expect(try events(type).map(\.kind) == [.unknown("identifier-recycled")])
        #expect(try events("urn:other").map(\.kind) == [.unknown("urn:other")])
        let verification = try #require(try events(Self.risc + "verification", ["state": "ping"]).first)
        #expect(verification.kind == .verification)
        #expect(verification.issuer == nil && verification.subject == nil)
    }

    @Test("A subject of another issuer is none of Google's")
    func foreignSubject() throws {
        let event: JSON = ["subject": ["subject_type": "iss-sub", "iss": "https://evil.example/", "sub": "1"]]
        let found = try #require(try events(Self.risc + "sessions-revoked", event).first)
        #expect(found.subject == nil && found.issuer == nil)
    }

    @Test(
        "Row 98: without jti, iat or events it is no event",
        arguments: [
            ["iat": 1, "events": ["a": [:]]], ["jti": "1", "events": ["a": [:]]], ["jti": "1", "iat": 1],
            ["jti": "1", "iat": 1, "events": [:]], ["jti": "", "iat": 1, "events": ["a": [:]]],
            ["jti": "1", "iat": 1, "events": "{}"],
        ] as [JSON])
    func incomplete(claims: JSON) {
        #expect(throws: WebhookRejection.malformed) { try Sample.adapter().events(claims) }
    }

    @Test("Row 98: a replay has the same id, so that the host acts once; two types in one token are two events")
    func ids() throws {
        let claims: JSON = [
            "jti": "j", "iat": 1,
            "events": .object([
                JSON.Member(Self.risc + "sessions-revoked", ["subject": Self.subject]),
                JSON.Member(Self.oauth + "tokens-revoked", ["subject": Self.subject]),
            ]),
        ]
        let first = try Sample.adapter().events(claims)
        #expect(first.map(\.id) == ["j/sessions-revoked", "j/tokens-revoked"])
        #expect(try Sample.adapter().events(claims) == first)
    }
}
