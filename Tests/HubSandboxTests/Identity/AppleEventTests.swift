import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AppleEventTests {
    @Test func `a notification is a signed text whose event is a text of JSON`() async throws {
        try await withSandbox { sandbox in
            let sent = try await post(sandbox, ["type": "email-disabled", "person": "mary"])
            #expect(sent["status"] == 200)
            let token = try #require(sent["token"]?.text)
            let body = try #require(await sandbox.hub.posts(1).first?.json)
            #expect(body == ["payload": JSON(token)])
            let claims = try #require(part(token))
            #expect(claims["iss"] == "https://appleid.apple.com")
            #expect(claims["aud"] == "com.example.comfile.signin")
            let event = try JSON.parse(Array(try #require(claims["events"]?.text).utf8))
            #expect(event["type"] == "email-disabled")
            #expect(event["email"]?.text?.hasSuffix("@privaterelay.appleid.com") == true)
            #expect(event["is_private_email"] == "true")
        }
    }

    @Test func `events may be an object, of an unknown type, or wrong in any claim`() async throws {
        try await withSandbox { sandbox in
            let object = try await post(sandbox, ["type": "account-delete", "subject": "s", "as_object": true])
            #expect(part(try #require(object["token"]?.text))?["events"]?["sub"] == "s")
            let unknown: JSON = ["type": "moon-phase", "person": "ada"]
            #expect(try await post(sandbox, unknown)["error"] != nil)
            #expect(try await post(sandbox, unknown + ["unknown_type": true])["status"] == 200)
            let wrong = try await post(
                sandbox,
                ["type": "consent-revoked", "person": "ada", "claims": ["aud": "other"], "signature": "flipped"])
            #expect(part(try #require(wrong["token"]?.text))?["aud"] == "other")
        }
    }

    @Test func `who revokes consent has no tokens left`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let refresh = try #require(try await visit.tokens()["refresh_token"]?.text)
            _ = try await post(
                sandbox, ["type": "consent-revoked", "person": "ada", "client": JSON(AppleVisit.client)])
            #expect(try await visit.refresh(refresh).json["error"] == "invalid_grant")
        }
    }

    private func post(_ sandbox: RunningSandbox, _ event: JSON) async throws -> JSON {
        let url = JSON(try await sandbox.hubURL())
        return try await sandbox.call(.post, "/_sandbox/apple/events", event + ["url": url]).json
    }

    private func part(_ token: String) -> JSON? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return Base64URL.decode(parts[1]).flatMap { try? JSON.parse($0) }
    }
}
