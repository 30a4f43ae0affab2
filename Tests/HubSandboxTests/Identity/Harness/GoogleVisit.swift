import Testing

@testable import HubSandbox

/// One sign-in at the sandbox's Google, as the sample client does it.
struct GoogleVisit: Sendable {
    static let client = "sandbox-google-client.apps.googleusercontent.com"
    static let secret = "sandbox-google-secret"
    static let callback = "http://127.0.0.1:8080/auth/acme/google/callback"
    static let verifier = String(repeating: "v", count: 43)
    static let state = "state-of-the-test-0123456789"

    let sandbox: RunningSandbox

    static var parameters: [String: String?] {
        [
            "client_id": client, "redirect_uri": callback, "response_type": "code", "scope": "openid email profile",
            "state": state, "nonce": "nonce-1", "code_challenge": PKCE.challenge(of: verifier),
            "code_challenge_method": "S256",
        ]
    }

    func authorize(_ changes: [String: String?] = [:]) async throws -> PageAnswer {
        try await sandbox.query("/google/o/oauth2/v2/auth", Self.parameters.merging(changes) { $1 })
    }

    /// The code that Ada's consent gives.
    func code(_ changes: [String: String?] = [:], person: String = "ada") async throws -> String {
        try await sandbox.consent("google", person)
        let answer = try await authorize(changes)
        return try #require(answer.callback["code"], "\(answer.status) \(answer.text.prefix(300))")
    }

    func exchange(_ code: String, _ changes: [String: String?] = [:]) async throws -> PageAnswer {
        let fields: [String: String?] = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Self.callback,
            "client_id": Self.client, "client_secret": Self.secret, "code_verifier": Self.verifier,
        ]
        return try await post("/google/token", fields.merging(changes) { $1 })
    }

    func refresh(_ token: String) async throws -> PageAnswer {
        try await post(
            "/google/token",
            [
                "grant_type": "refresh_token", "refresh_token": token, "client_id": Self.client,
                "client_secret": Self.secret,
            ])
    }

    /// The reply to a whole sign-in.
    func tokens(_ changes: [String: String?] = [:], person: String = "ada") async throws -> JSON {
        let answer = try await exchange(try await code(changes, person: person))
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    func keys() async throws -> [JSON] {
        try await sandbox.page(.get, "/google/oauth2/v3/certs").json["keys"]?.elements ?? []
    }

    private func post(_ path: String, _ fields: [String: String?]) async throws -> PageAnswer {
        try await sandbox.submit(path, fields.compactMap { name, value in value.map { (name, $0) } })
    }
}
