import AdapterKit
import AdapterTesting
import Apple
import Testing

@Suite("Apple's notifications")
struct AppleEventTests {
    private func receive(_ body: String, topic: String = "notifications") throws -> ProviderEventProof {
        try Sample.adapter().receive(
            WebhookRequest(body: Array(body.utf8), receivedAt: FixedClock().now), topic: topic)
    }

    private func events(_ events: JSON) throws -> [ProviderEvent] {
        try Sample.adapter().events(Sample.notification(events))
    }

    @Test("Row 97: the host verifies the token with Apple's keys, for any of our clients")
    func rules() throws {
        #expect(
            try receive(#"{"payload":"aGVhZA.Ym9keQ.c2ln"}"#)
                == .token(
                    Secret("aGVhZA.Ym9keQ.c2ln"),
                    EventTokenRules(
                        issuer: "https://appleid.apple.com", audiences: ["com.example.signin", "com.example.app"],
                        algorithms: [.rs256], keys: "https://appleid.apple.com/auth/keys")))
    }

    @Test(
        "Row 97: what is no notification is refused before anybody looks at its signature",
        arguments: [
            "", "aGVhZA.Ym9keQ.c2ln", "{}", #"{"payload":""}"#, #"{"payload":"a.b"}"#, #"{"payload":"a.b.c.d"}"#,
            #"{"payload":["a.b.c"]}"#, #"{"payload":{"events":"{}"}}"#, "[]", #"{"payload":"a.b.c"#,
            #"{"payload":"a.b.c","payload":"d.e.f"}"#,
            #"{"payload":""# + String(repeating: "a", count: 70_000) + #".b.c"}"#,
        ])
    func malformed(body: String) {
        #expect(throws: WebhookRejection.self) { try receive(body) }
    }

    @Test("Another topic is none of Apple's", arguments: ["risc", "", "Notifications"])
    func topic(name: String) {
        #expect(throws: WebhookRejection.malformed) { try receive(#"{"payload":"a.b.c"}"#, topic: name) }
    }

    @Test(
        "Row 97: each type is what it means, and both spellings of a deleted account are one",
        arguments: [
            ("email-enabled", .emailDeliverable(true)), ("email-disabled", .emailDeliverable(false)),
            ("consent-revoked", .consentRevoked), ("account-delete", .accountDeleted),
            ("account-deleted", .accountDeleted), ("account-merged", .unknown("account-merged")),
        ] as [(String, ProviderEvent.Kind)])
    func kinds(type: String, kind: ProviderEvent.Kind) throws {
        let object: JSON = [
            "type": .string(type), "sub": "001234.abc.1234", "event_time": 1_795_420_799_123,
            "email": "xyz123@privaterelay.appleid.com", "is_private_email": "true",
        ]
        let expected = ProviderEvent(
            id: "abede67c-9b8a-4c1f-8f2d", kind: kind, issuer: "https://appleid.apple.com", subject: "001234.abc.1234",
            occurredAt: Timestamp(milliseconds: 1_795_420_799_123))
        // Apple sends a text that is JSON again; its page shows an object.
        #expect(try events(.string(object.text)) == [expected])
        #expect(try events(object) == [expected])
    }

    @Test(
        "A time that is missing or none is that of the token, one beyond all calendars is their end",
        arguments: [
            (nil, 1_795_420_800_000), ("", 1_795_420_800_000), (.number("1e3"), 1_795_420_800_000),
            ("1795420799123", 1_795_420_799_123), (.number("9223372036854775807"), 253_402_300_799_999),
            (.number("-5"), 0), (.null, 1_795_420_800_000),
        ] as [(JSON?, Int64)])
    func times(value: JSON?, milliseconds: Int64) throws {
        let event: JSON = .object(["type": "consent-revoked", "sub": "1", "event_time": value])
        #expect(try events(event).first?.occurredAt == Timestamp(milliseconds: milliseconds))
    }

    @Test(
        "Row 97: claims without an id or an event are malformed",
        arguments: [
            ["iat": 1, "events": ["type": "email-enabled", "sub": "1"]], ["jti": "1", "iat": 1],
            ["jti": "1", "iat": 1, "events": "not json"], ["jti": "1", "iat": 1, "events": []],
            ["jti": "1", "iat": 1, "events": ["sub": "1"]],
            ["jti": "", "iat": 1, "events": ["type": "a", "sub": "1"]],
            ["jti": "1", "events": ["type": "email-enabled", "sub": "1"]],
        ] as [JSON])
    func incomplete(claims: JSON) {
        #expect(throws: WebhookRejection.malformed) { try Sample.adapter().events(claims) }
    }

    @Test("An event of nobody says so")
    func nobody() throws {
        let event = try #require(try events(["type": "account-delete"]).first)
        #expect(event.issuer == nil && event.subject == nil)
    }
}
