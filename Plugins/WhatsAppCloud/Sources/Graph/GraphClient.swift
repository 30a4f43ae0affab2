import AdapterKit

/// The one way from this adapter to the Graph API, as one business phone number.
///
/// The token goes into the `Authorization` header and nowhere else. `appsecret_proof` goes into the query, where uploads
/// have it too: it is good only together with the token.
struct GraphClient: Sendable {
    /// Whom a call is made as.
    enum Caller: Sendable {
        /// The number: its `access_token` setting, else the token that a sign-up kept.
        case number
        case token(Secret)
        /// Nobody: the parameters say all.
        case nobody
    }

    /// The name under which a sign-up keeps its token.
    static let tokenName = "access_token"

    let phoneNumberID: String
    let businessAccountID: String
    let clock: any ClockPort
    let log: any LogPort
    let http: any HTTPPort
    let credentials: any CredentialPort
    /// Without a slash at its end.
    let address: String
    private let version: String
    private let configuredToken: Secret?
    private let proof: AppSecretProof?
    private let usage: UsageWatch

    /// Nil when the settings are those of an app and not of a number.
    init?(settings: AdapterSettings, host: any AdapterHost) {
        guard let phoneNumberID = settings.text("phone_number_id"),
            let businessAccountID = settings.text("business_account_id"), let graph = settings.text("graph_url"),
            let version = settings.text("api_version")
        else { return nil }
        self.phoneNumberID = phoneNumberID
        self.businessAccountID = businessAccountID
        self.version = version
        address = graph.hasSuffix("/") ? String(graph.dropLast()) : graph
        configuredToken = settings.secret("access_token")
        proof = settings.boolean("appsecret_proof") == false ? nil : AppSecretProof(settings.secret("app_secret"))
        clock = host.clock
        log = host.log
        http = host.http
        credentials = host.credentials
        usage = UsageWatch(clock: host.clock, log: host.log)
    }

    /// Makes a call and returns the answer as it is, whatever its status.
    func exchange(_ request: GraphRequest, as caller: Caller = .number) async throws(GraphUnreached) -> HTTPAnswer {
        let token: Secret? =
            switch caller {
            case .number: try await self.token()
            case .token(let token): token
            case .nobody: nil
            }
        var query = request.query
        if let token, let proof { query.append((name: "appsecret_proof", value: proof.of(token))) }
        var headers = HTTPFields()
        if let token { headers.append("authorization", "Bearer \(token.reveal())") }
        if let type = request.body.type { headers.append("content-type", type) }
        let call = HTTPCall(
            method: request.method,
            url: "\(address)/\(version)/\(request.path.text)"
                + (query.isEmpty ? "" : "?" + GraphRequest.encoded(query)),
            headers: headers, body: request.body.bytes, timeout: request.timeout,
            maximumAnswerBytes: request.maximumAnswerBytes)
        do throws(HTTPFailure) {
            let answer =
                if let source = request.body.source {
                    try await http.send(call, from: source, into: nil)
                } else {
                    try await http.send(call)
                }
            usage.observe(answer)
            return answer
        } catch {
            throw .http(error)
        }
    }

    /// Makes a call that has to succeed.
    /// - Returns: The body of an answer with a status of 200 to 299.
    func json(_ request: GraphRequest, as caller: Caller = .number) async throws(ProviderFailure) -> JSON {
        let answer: HTTPAnswer
        do throws(GraphUnreached) {
            answer = try await exchange(request, as: caller)
        } catch {
            throw error.failure
        }
        let body = answer.isTruncated ? nil : try? JSON.parse(answer.body)
        if (200..<300).contains(answer.status), let body, body["error"] == nil { return body }
        report(body, answer)
        throw ProviderFailure(body, answer)
    }

    /// Whether tenants.yaml names a token, which goes before one that was kept.
    var hasConfiguredToken: Bool { configuredToken != nil }

    /// The token to call with.
    func token() async throws(GraphUnreached) -> Secret {
        if let configuredToken { return configuredToken }
        let kept: Secret?
        do {
            kept = try await credentials.credential(Self.tokenName)
        } catch {
            throw .tokenUnreadable
        }
        guard let kept else { throw .noToken }
        return kept
    }

    /// Meta's support asks for the trace id, which says nothing of a person.
    private func report(_ body: JSON?, _ answer: HTTPAnswer) {
        var fields = ["status": String(answer.status)]
        if let object = body?["error"] {
            let error = GraphError(object)
            fields["code"] = error.reason.code
            fields["fbtrace_id"] = error.trace
        }
        log.log(.warning, "the Graph API refused a call", fields)
    }
}
