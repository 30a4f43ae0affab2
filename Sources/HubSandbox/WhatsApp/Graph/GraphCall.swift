import HTTPTypes
import Hummingbird
import NIOCore

/// A call of the Graph API whose version and token hold, with its parameters at hand.
struct GraphCall: Sendable {
    let request: Request
    let context: SandboxContext
    /// As in the path, e.g. `v25.0`.
    let version: String
    let token: AccessToken
    /// The object in the path.
    let id: String
    let query: [String: String]
    /// The body: JSON, or a form as an object of strings; null for an empty one and for an upload, which is not read yet.
    let body: JSON

    var verb: String { request.method.rawValue.lowercased() }

    /// A parameter from the body or, where that has none of the name, from the query. Meta takes both alike.
    func parameter(_ name: String) -> JSON? { body[name] ?? query[name].map { JSON($0) } }

    /// A parameter as text; numbers count as theirs, as in forms everything is text.
    func text(_ name: String) -> String? {
        guard let value = parameter(name) else { return nil }
        return value.text ?? value.integer.map(String.init)
    }

    /// A parameter that must be there and not be empty.
    func requiredText(_ name: String) throws(GraphError) -> String {
        guard let text = text(name), !text.isEmpty else { throw .missing(name) }
        return text
    }

    /// WhatsApp's edges ask for `messaging_product: whatsapp`.
    func requireProduct() throws(GraphError) {
        guard text("messaging_product") == "whatsapp" else {
            throw text("messaging_product") == nil
                ? .missing("messaging_product") : .invalid("Param messaging_product must be one of {WHATSAPP}")
        }
    }

    /// The token must have been granted this.
    func require(_ scope: AccessToken.Scope) throws(GraphError) {
        guard token.scopes.contains(scope) else {
            throw GraphError(
                http: 403, code: 200,
                title: "You do not have the necessary permissions to access this object: \(scope.rawValue) is missing")
        }
    }

    /// The object is not there, or not for this token.
    var unknownObject: GraphError { .unknownObject(id, verb: verb) }
}

/// What came with a request before anything is checked.
struct GraphCredentials: Sendable {
    private(set) var token: String?
    /// `appsecret_proof`, from the query or the body.
    private(set) var proof: String?

    /// Tokens are taken from the query or, where that has none, from the header, as `Bearer` or `OAuth`; from nowhere else.
    init(_ request: Request, query: [String: String], body: JSON) {
        proof = query["appsecret_proof"] ?? body["appsecret_proof"]?.text
        if let text = query["access_token"] {
            token = text
        } else if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            let isToken = parts.count == 2 && ["bearer", "oauth"].contains(parts[0].lowercased())
            // A header of another kind is a token that cannot be parsed.
            token = isToken ? String(parts[1]) : ""
        }
    }

    /// The same with what a call inside a batch brings of its own.
    func replaced(token: String?, proof: String?) -> GraphCredentials {
        var credentials = self
        credentials.token = token ?? self.token
        // A proof belongs to its token.
        credentials.proof = proof ?? (token == nil ? self.proof : nil)
        return credentials
    }
}

/// What a call gets when its token holds.
struct GraphAdmission: Sendable {
    let token: AccessToken
    let usage: GraphUsage.Headers
}

extension WhatsAppCloud {
    /// Checks the token of a call and counts it.
    /// - Parameters:
    ///   - object: the id in the path; nil where the path names no object.
    ///   - isMessage: whether it is a send, which has a count of its own.
    func admit(
        _ credentials: GraphCredentials, object: String?, isMessage: Bool = false
    ) throws(GraphError) -> GraphAdmission {
        guard let text = credentials.token else { throw .missingToken }
        guard let token = tokens[text] else { throw .deadToken }
        if let refusal = token.refusal(now: now) ?? faultyToken(token, object: object) { throw refusal }
        try AppSecretProof.check(
            credentials.proof, token: text, secret: configuration.appSecret, isRequired: app.requiresAppSecretProof)
        if !isMessage, let refusal = faults.takeManagementRefusal() { throw refusal }
        let account = object.flatMap { number($0)?.businessAccountID ?? (token.accounts.contains($0) ? $0 : nil) }
        let usage = try usage.count(
            account: account ?? token.accounts.min(), isMessage: isMessage, now: now, shown: app.shownUsage)
        return GraphAdmission(token: token, usage: usage)
    }

    /// Error 190 when a fault has killed the token of the number that is called, or of one that shares it.
    func faultyToken(_ token: AccessToken, object: String?) -> GraphError? {
        guard !faults.deadTokens.isEmpty else { return nil }
        let numbers = configuration.numbers.filter { $0.accessToken == token.text }
        let called = numbers.first { $0.phoneNumberID == object }.map { [$0] } ?? numbers
        guard let dead = called.first(where: { faults.deadTokens.contains($0.phoneNumberID) }) else { return nil }
        return .deadToken(subcode: faults.deadTokenSubcodes[dead.phoneNumberID], now: now)
    }
}
