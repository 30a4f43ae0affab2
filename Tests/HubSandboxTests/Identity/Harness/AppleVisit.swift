import Crypto
import FoundationEssentials
import Testing

@testable import HubSandbox

/// One sign-in at the sandbox's Apple, by a client with a key of the test's own.
struct AppleVisit: Sendable {
    static let client = "com.example.test.signin"
    static let callback = "http://127.0.0.1:8080/auth/test/apple/callback"
    static let state = "state-of-the-test-0123456789"

    let sandbox: RunningSandbox
    let key = P256.Signing.PrivateKey()

    /// Registers the client.
    init(sandbox: RunningSandbox) async throws {
        self.sandbox = sandbox
        let answer = try await sandbox.call(
            .post, "/_sandbox/apple/clients",
            [
                "id": JSON(Self.client), "name": "Test", "redirect_uris": [JSON(Self.callback)],
                "team_id": "TEAMTEAM00", "key_id": "KEYKEYKEY0", "public_key": JSON(key.publicKey.pemRepresentation),
            ])
        #expect(answer.status == 200)
    }

    /// A client secret, with changes to header and claims (null removes).
    func secret(header: JSON = .object([]), claims: JSON = .object([]), inDER: Bool = false) throws -> String {
        let now = SandboxClock().seconds
        let head = IDTokenDraft.override(["alg": "ES256", "kid": "KEYKEYKEY0"], with: header.members ?? [])
        let body = IDTokenDraft.override(
            [
                "iss": "TEAMTEAM00", "iat": JSON(now), "exp": JSON(now + 300), "aud": "https://appleid.apple.com",
                "sub": JSON(Self.client),
            ], with: claims.members ?? [])
        let input = "\(Base64URL.encode(head.bytes)).\(Base64URL.encode(body.bytes))"
        let signature = try key.signature(for: Data(input.utf8))
        let bytes = inDER ? signature.derRepresentation : signature.rawRepresentation
        return "\(input).\(Base64URL.encode(bytes))"
    }

    func authorize(_ changes: [String: String?] = [:]) async throws -> PageAnswer {
        let parameters: [String: String?] = [
            "client_id": Self.client, "redirect_uri": Self.callback, "response_type": "code",
            "response_mode": "form_post", "scope": "name email", "state": Self.state, "nonce": "nonce-1",
        ]
        return try await sandbox.query("/apple/auth/authorize", parameters.merging(changes) { $1 })
    }

    /// The page that goes back to the client after a person's consent.
    func consent(_ person: String = "ada", _ changes: [String: String?] = [:]) async throws -> PageAnswer {
        try await sandbox.consent("apple", person)
        return try await authorize(changes)
    }

    func exchange(_ code: String, _ changes: [String: String?] = [:]) async throws -> PageAnswer {
        let fields: [String: String?] = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Self.callback,
            "client_id": Self.client, "client_secret": try secret(),
        ]
        return try await post("/apple/auth/token", fields.merging(changes) { $1 })
    }

    func refresh(_ token: String) async throws -> PageAnswer {
        try await exchange("", ["grant_type": "refresh_token", "refresh_token": token, "code": nil])
    }

    func revoke(_ token: String, _ changes: [String: String?] = [:]) async throws -> PageAnswer {
        let fields: [String: String?] = [
            "token": token, "client_id": Self.client, "client_secret": try secret(),
            "token_type_hint": "refresh_token",
        ]
        return try await post("/apple/auth/revoke", fields.merging(changes) { $1 })
    }

    /// The reply to a whole sign-in.
    func tokens(_ person: String = "ada", _ changes: [String: String?] = [:]) async throws -> JSON {
        let page = try await consent(person, changes)
        let answer = try await exchange(try #require(page.input("code"), "\(page.text)"))
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    func reader(_ reply: JSON, nonce: String? = "nonce-1") async throws -> StrictReader {
        StrictReader(
            keys: try await sandbox.page(.get, "/apple/auth/keys").json["keys"]?.elements ?? [],
            issuers: ["https://appleid.apple.com"], audience: Self.client, nonce: nonce,
            accessToken: reply["access_token"]?.text ?? "", now: SandboxClock().seconds)
    }

    func claims(_ reply: JSON, nonce: String? = "nonce-1") async throws -> JSON {
        try await reader(reply, nonce: nonce).read(try #require(reply["id_token"]?.text))
    }

    private func post(_ path: String, _ fields: [String: String?]) async throws -> PageAnswer {
        try await sandbox.submit(path, fields.compactMap { name, value in value.map { (name, $0) } })
    }
}
