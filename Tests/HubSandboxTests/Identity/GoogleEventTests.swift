import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct GoogleEventTests {
    @Test func `an event is signed, typed and posted, and its answer told`() async throws {
        try await withSandbox { sandbox in
            // The recording receiver takes any post at /hook.
            let url = try await sandbox.hubURL()
            let sent = try await sandbox.call(
                .post, "/_sandbox/google/events",
                ["type": "sessions-revoked", "person": "ada", "url": JSON(url), "reason": "hijacking"])
            #expect(sent.json["status"] == 200)
            let token = try #require(sent.json["token"]?.text)
            #expect(await sandbox.hub.posts(1).first.map { String(decoding: $0.body, as: UTF8.self) } == token)
            let claims = try #require(Self.part(1, of: token))
            #expect(Self.part(0, of: token)?["typ"] == "secevent+jwt")
            #expect(claims["iss"] == "https://accounts.google.com/")
            #expect(claims["aud"] == [JSON(GoogleVisit.client)])
            #expect(claims["exp"] == nil)
            let event = claims["events"]?["https://schemas.openid.net/secevent/risc/event-type/sessions-revoked"]
            #expect(event?["subject"]?["subject_type"] == "iss-sub")
            #expect(event?["subject"]?["sub"]?.text?.count == 21)
            #expect(event?["reason"] == "hijacking")
        }
    }

    @Test func `an event can be wrong, repeated, or a text of the test's own`() async throws {
        try await withSandbox { sandbox in
            let url = try await sandbox.hubURL()
            let wrong = try await sandbox.call(
                .post, "/_sandbox/google/events",
                [
                    "type": "verification", "state": "s", "url": JSON(url), "copies": 2,
                    "claims": ["iss": "https://accounts.google.com", "jti": .null], "signature": "none",
                ])
            let token = try #require(wrong.json["token"]?.text)
            #expect(Self.part(1, of: token)?["iss"] == "https://accounts.google.com")
            #expect(Self.part(1, of: token)?["jti"] == nil)
            #expect(Self.part(0, of: token)?["alg"] == "none")
            #expect(await sandbox.hub.posts(2).count == 2)
            let raw = try await sandbox.call(.post, "/_sandbox/google/events", ["raw": "abc", "url": JSON(url)])
            #expect(raw.json["token"] == "abc")
            let unknown = try await sandbox.call(
                .post, "/_sandbox/google/events", ["type": "bork", "person": "ada", "url": JSON(url)])
            #expect(unknown.status == 400)
        }
    }

    @Test func `tokens that an event calls revoked are`() async throws {
        try await withSandbox { sandbox in
            let url = try await sandbox.hubURL()
            let visit = GoogleVisit(sandbox: sandbox)
            let refresh = try #require(try await visit.tokens(["access_type": "offline"])["refresh_token"]?.text)
            _ = try await sandbox.call(
                .post, "/_sandbox/google/events", ["type": "tokens-revoked", "person": "ada", "url": JSON(url)])
            #expect(try await visit.refresh(refresh).json["error"] == "invalid_grant")
        }
    }

    private static func part(_ index: Int, of token: String) -> JSON? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return Base64URL.decode(parts[index]).flatMap { try? JSON.parse($0) }
    }
}
