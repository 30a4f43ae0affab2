import HTTPTypes
import Hummingbird

/// Facebook's Graph API as a login needs it: `/facebook/graph/…`, with and without a version.
struct FacebookGraph: Sendable {
    private static let prefix = "/facebook/graph/"

    let login: FacebookLogin
    /// Major versions that can be called.
    let versions: ClosedRange<Int>
    var provider: IdentityProvider { login.provider }

    func add(to router: Router<SandboxContext>) {
        for method in [HTTPRequest.Method.get, .post, .delete] {
            router.on("facebook/graph/**", method: method) { request, context in
                try await answer(request, context)
            }
        }
    }

    private func answer(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var version = "v\(versions.upperBound).0"
        do {
            let call = try await FacebookCall(request, prefix: Self.prefix, versions: versions)
            version = call.version
            let name = call.onlyPart?.name ?? call.name
            await provider.count(name)
            let json = try await answer(call)
            let reply = Response.graph(json, version: version)
            return try await ReplyFault.apply(
                await provider.take("\(name)_reply"), to: reply, json: json, context)
        } catch let error as GraphError {
            var response = Response.graph(error, version: version)
            if error.code == 190 {
                response.headers[.wwwAuthenticate] = "OAuth \"Facebook Platform\" \"invalid_token\" \"\(error.title)\""
            }
            return response
        }
    }

    func answer(_ call: FacebookCall) async throws -> JSON {
        switch (call.method, call.path.count) {
        case (.post, 0): return try await batch(call)
        case (.get, 2) where call.path == ["oauth", "access_token"],
            (.post, 2) where call.path == ["oauth", "access_token"]:
            return try await exchange(call)
        case (.get, 1) where call.path == ["debug_token"]: return try await inspect(call)
        case (.get, 1): return try await profile(call)
        case (.get, 2) where call.path[1] == "permissions":
            let token = try await admit(call)
            try await check(call.path[0], of: token, call)
            return ["data": await grant(of: token).json]
        case (.delete, 2...3) where call.path[1] == "permissions": return try await withdraw(call)
        default: throw GraphError.unknownPath("/" + call.path.joined(separator: "/"))
        }
    }

    // MARK: Tokens of calls

    /// The user token of a call, with its proof checked.
    func admit(_ call: FacebookCall) async throws(GraphError) -> FacebookToken {
        if let fault = await provider.take("graph_error") { throw GraphError(facebook: fault) }
        if let subcode = await provider.take("dead_token")?.integer {
            throw .facebook(deadToken: subcode == 0 ? nil : subcode, now: login.now)
        }
        guard let text = call.credentials.token else {
            throw GraphError(
                http: 400, code: 2500,
                title: "An active access token must be used to query information about the current user.")
        }
        guard let token = await login.token(text), let app = await provider.client(token.appID) else {
            throw .facebook(deadToken: nil, now: login.now)
        }
        if let refusal = await login.refusal(token) { throw refusal }
        try await checkProof(call, token: text, secret: app.secret ?? "", isRequired: login.requiresAppSecretProof)
        return token
    }

    /// `appsecret_proof`, with `appsecret_time` in it where that is given.
    func checkProof(
        _ call: FacebookCall, token: String, secret: String, isRequired: Bool
    ) async throws(GraphError) {
        var signed = token
        if let time = call.fields["appsecret_time"] {
            guard let seconds = Int(time), abs(login.now - seconds) <= 300 else {
                throw GraphError(http: 400, code: 100, title: "Invalid appsecret_time provided in the API argument")
            }
            signed += "|\(time)"
        }
        try AppSecretProof.check(call.credentials.proof, token: signed, secret: secret, isRequired: isRequired)
    }

    func grant(of token: FacebookToken) async -> FacebookGrant {
        await login.grant(appID: token.appID, personID: token.grant.personID)
            ?? FacebookGrant(granted: Set(token.grant.scopes), declined: [], authorizedAt: token.grant.authorizedAt)
    }

    func person(of token: FacebookToken) throws(GraphError) -> SandboxPerson {
        guard let person = provider.people[token.grant.personID] else {
            throw .facebook(deadToken: 458, now: login.now)
        }
        return person
    }

    /// Whether an id in a path is that of the token's user.
    func check(_ id: String, of token: FacebookToken, _ call: FacebookCall) async throws(GraphError) {
        let own = try person(of: token).subject(at: "facebook", realm: token.appID)
        guard id == "me" || id == own else {
            throw .unknownObject(id, verb: call.method.rawValue.lowercased())
        }
    }

    private func withdraw(_ call: FacebookCall) async throws(GraphError) -> JSON {
        let token = try await admit(call)
        try await check(call.path[0], of: token, call)
        let permission = call.path.count == 3 ? call.path[2] : call.fields["permission"]
        let isDone = await login.withdraw(permission, appID: token.appID, personID: token.grant.personID)
        return ["success": .bool(isDone)]
    }
}

extension GraphError {
    /// The error that a fault asks for.
    init(facebook fault: JSON) {
        self.init(
            http: fault["http"]?.integer ?? 400, code: fault["code"]?.integer ?? 2, subcode: fault["subcode"]?.integer,
            title: fault["message"]?.text ?? "An unexpected error has occurred. Please retry your request later.",
            isTransient: fault["transient"]?.flag ?? false)
    }
}
