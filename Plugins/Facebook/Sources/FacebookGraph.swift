import AdapterKit
import Crypto

/// The calls of the Graph API that a sign-in needs.
///
/// A token goes into the `Authorization` header or a body, never into an address. `appsecret_proof` goes with each call: it is
/// good only together with the token.
struct FacebookGraph: Sendable {
    /// With the version, without a slash at its end.
    let address: String
    private let clientID: String
    private let secret: Secret
    private let http: any HTTPPort

    /// Nil when the app's id or secret is missing.
    init?(_ settings: AdapterSettings, http: any HTTPPort) {
        guard let clientID = settings.text("client_id"), let secret = settings.secret("client_secret"),
            let graph = settings.text("graph_url"), let version = settings.text("api_version")
        else { return nil }
        address = "\(graph.withoutSlash)/\(version)"
        self.clientID = clientID
        self.secret = secret
        self.http = http
    }

    /// `data` of `debug_token`, asked as the app: `{app_id, type, is_valid, user_id, expires_at, scopes, …}`.
    ///
    /// It is a batch of one, because the token to look at is a parameter: this way it is in the body.
    func report(on token: Secret) async throws(SignInRefusal) -> JSON {
        let query = Self.encoded([("input_token", token.reveal())])
        let batch: JSON = [["method": "GET", "relative_url": .string("debug_token?\(query)")]]
        let app = Secret("\(clientID)|\(secret.reveal())")
        let call = post("", [("batch", batch.text), ("include_headers", "false")], as: app)
        // [{"code": 200, "body": "{…}"}]
        let part = try await ask(call, "debug_token", refused: .misconfigured).elements.first
        guard let code = part?["code"]?.integer, let text = part?["body"]?.string, let body = try? JSON.parse(text)
        else {
            throw SignInRefusal(.tokenReplyMalformed, "debug_token")
        }
        guard code == 200, let data = body["data"], !data.members.isEmpty else {
            throw Self.refusal(body, status: code == 200 ? 400 : code, "debug_token", refused: .providerRefused)
        }
        return data
    }

    /// `{id, name, email}`, of which only the id is sure to be there.
    func profile(of token: Secret) async throws(SignInRefusal) -> JSON {
        let query = Self.encoded([("fields", "id,name,email"), ("appsecret_proof", proof(of: token))])
        let call = HTTPCall(method: "GET", url: "\(address)/me?\(query)", headers: Self.headers(token))
        return try await ask(call, "me", refused: .providerRefused)
    }

    /// A token of about sixty days for one of an hour or two.
    func longLived(_ token: Secret) async throws(SignInRefusal) -> (token: Secret, lifetime: Duration?) {
        let fields = [
            ("grant_type", "fb_exchange_token"), ("client_id", clientID), ("client_secret", secret.reveal()),
            ("fb_exchange_token", token.reveal()),
        ]
        let reply = try await ask(post("/oauth/access_token", fields), "fb_exchange_token", refused: .exchangeRefused)
        guard let longer = reply["access_token"]?.string, (1...4096).contains(longer.utf8.count) else {
            throw SignInRefusal(.tokenReplyMalformed, "fb_exchange_token")
        }
        let seconds = reply["expires_in"]?.integer.flatMap { $0 > 0 ? min($0, 366 * 86_400) : nil }
        return (Secret(longer), seconds.map { .seconds($0) })
    }

    /// `DELETE /{user-id}/permissions`.
    func withdraw(_ token: Secret, subject: String) async throws(ProviderFailure) {
        guard !subject.isEmpty, subject.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ProviderFailure(.refused, FailureReason(code: "no_user", title: "This is no user id of Facebook"))
        }
        let query = Self.encoded([("appsecret_proof", proof(of: token))])
        let call = HTTPCall(
            method: "DELETE", url: "\(address)/\(subject)/permissions?\(query)", headers: Self.headers(token))
        do throws(SignInRefusal) {
            let reply = try await ask(call, "permissions", refused: .providerRefused)
            guard reply["success"]?.bool == true else { throw SignInRefusal(.providerRefused, "permissions") }
        } catch {
            let kind: ProviderFailure.Kind =
                switch error.reason {
                case .providerUnavailable: .unavailable
                case .misconfigured: .misconfigured
                default: .refused
                }
            throw ProviderFailure(
                kind, FailureReason(code: error.reason.rawValue, title: "Facebook did not take the permissions back"))
        }
    }

    // MARK: Calls

    private func post(_ path: String, _ fields: [(String, String)], as token: Secret? = nil) -> HTTPCall {
        let proven = token.map { fields + [("appsecret_proof", proof(of: $0))] } ?? fields
        var headers = token.map(Self.headers) ?? []
        headers.append("content-type", "application/x-www-form-urlencoded")
        return HTTPCall(
            url: address + (path.isEmpty ? "/" : path), headers: headers, body: Array(Self.encoded(proven).utf8))
    }

    private func ask(
        _ call: HTTPCall, _ step: String, refused: SignInRefusal.Reason
    ) async throws(SignInRefusal) -> JSON {
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await http.send(call)
        } catch .refused {
            throw SignInRefusal(.misconfigured, "\(step): the hub may not call graph_url")
        } catch {
            throw SignInRefusal(.providerUnavailable, step)
        }
        let body = answer.isTruncated ? nil : try? JSON.parse(answer.body)
        guard (200..<300).contains(answer.status), body?["error"] == nil else {
            throw Self.refusal(body, status: Int64(answer.status), step, refused: refused)
        }
        guard let body, !(body.members.isEmpty && body.elements.isEmpty) else {
            throw SignInRefusal(.tokenReplyMalformed, step)
        }
        return body
    }

    /// `{"error": {"message", "type", "code", "error_subcode", "fbtrace_id"}}`. The message may repeat what was sent: the
    /// numbers are all that is kept.
    private static func refusal(
        _ body: JSON?, status: Int64, _ step: String, refused: SignInRefusal.Reason
    ) -> SignInRefusal {
        let code = body?["error"]?["code"]?.integer
        // Facebook's own trouble, and its limits (Graph API, Handling Errors).
        let passes = status >= 500 || status == 429 || [1, 2, 4, 17, 32, 341, 613].contains(code ?? -1)
        let detail = code.map { "\(step): code \($0)" } ?? "\(step): status \(status)"
        return SignInRefusal(passes ? .providerUnavailable : refused, detail)
    }

    private func proof(of token: Secret) -> String {
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(token.reveal().utf8), using: key)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func headers(_ token: Secret) -> HTTPFields { [("authorization", "Bearer \(token.reveal())")] }

    private static func encoded(_ fields: [(String, String)]) -> String {
        FormText.encode(fields.map { (name: $0.0, value: $0.1) })
    }
}

extension String {
    var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
