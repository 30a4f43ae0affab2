@testable import HubSandbox

/// A sandbox seen by the sample app of Facebook Login.
struct FacebookLoginCase {
    static let appID = "1066000000000001"
    static let secret = "sandbox-facebook-secret"
    static let redirect = "http://127.0.0.1:8080/auth/acme/facebook/callback"
    static let dialog = "/facebook/v24.0/dialog/oauth"
    static let graph = "/facebook/graph/v24.0"

    let sandbox: RunningSandbox

    /// Opens the dialog.
    func open(
        scope: String = "public_profile,email", redirect: String = redirect, _ more: [(String, String)] = []
    ) async throws -> PageAnswer {
        try await sandbox.visit(
            Self.dialog,
            [("client_id", Self.appID), ("redirect_uri", redirect), ("state", "s1"), ("scope", scope)] + more)
    }

    /// Opens the dialog and answers it.
    func consent(
        _ person: String = "ada", decision: String = "allow", scopes: [String] = ["public_profile", "email"],
        _ more: [(String, String)] = []
    ) async throws -> PageAnswer {
        let page = try await open(more)
        return try await sandbox.answer(
            page, at: "/facebook/consent", person: person, decision: decision, scopes: scopes)
    }

    func open(_ more: [(String, String)]) async throws -> PageAnswer {
        try await open(scope: "public_profile,email", redirect: Self.redirect, more)
    }

    /// Exchanges a code; members replace those of the right call.
    func exchange(_ code: String, _ changed: [String: String] = [:]) async throws -> PageAnswer {
        let right = [
            "client_id": Self.appID, "client_secret": Self.secret, "redirect_uri": Self.redirect, "code": code,
        ]
        let fields = right.merging(changed) { $1 }.filter { !$0.value.isEmpty }
        return try await sandbox.visit("\(Self.graph)/oauth/access_token", fields.map { ($0.key, $0.value) })
    }

    /// A token of a person who allowed everything, or those scopes.
    func token(_ person: String = "ada", scopes: [String] = ["public_profile", "email"]) async throws -> String {
        let code = try await consent(person, scopes: scopes).callback["code"] ?? ""
        return try await exchange(code).json["access_token"]?.text ?? ""
    }

    /// Calls the Graph API with a token and, unless told otherwise, its proof.
    func graph(
        _ path: String, token: String, proof: String? = "right", _ more: [(String, String)] = [],
        method: RunningSandbox.Method = .get
    ) async throws -> PageAnswer {
        var query = FormFields([.init(name: "access_token", value: token)])
        query.append(
            "appsecret_proof", proof == "right" ? AppSecretProof.make(token: token, secret: Self.secret) : proof)
        for (name, value) in more { query.append(name, value) }
        return try await sandbox.page(method, "\(Self.graph)/\(path)?\(query.encoded)")
    }

    func debug(_ token: String, viewer: String = "\(appID)|\(secret)") async throws -> JSON {
        let page = try await sandbox.visit(
            "\(Self.graph)/debug_token", [("input_token", token), ("access_token", viewer)])
        return page.json["data"] ?? page.json
    }

    func control(
        _ method: RunningSandbox.Method, _ path: String, _ body: JSON? = nil
    ) async throws -> RunningSandbox.Answer {
        try await sandbox.call(method, "/_sandbox/facebook/\(path)", body)
    }

    func setFaults(_ faults: JSON) async throws {
        let answer = try await control(.put, "faults", faults)
        guard answer.status == 200 else { throw RunningSandbox.SetupError(answer: answer) }
    }
}

/// Runs a test as the sample app.
func withFacebook(_ test: @Sendable @escaping (FacebookLoginCase) async throws -> Void) async throws {
    try await withSandbox { sandbox in try await test(FacebookLoginCase(sandbox: sandbox)) }
}
