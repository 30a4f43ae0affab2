import Hummingbird

/// The control calls that only Facebook has: `/_sandbox/facebook/…`.
struct FacebookControl: Sendable {
    let login: FacebookLogin
    let outgoing: OutgoingPost
    private var provider: IdentityProvider { login.provider }

    init(login: FacebookLogin, outgoing: OutgoingPost) {
        self.login = login
        self.outgoing = outgoing
    }

    func add(to router: Router<SandboxContext>) {
        let group = router.group("_sandbox/facebook")
        group.get("app") { _, _ in
            Response.json(["require_appsecret_proof": .bool(await login.requiresAppSecretProof)])
        }
        group.put("app") { request, _ in
            guard let isRequired = try await request.json()["require_appsecret_proof"]?.flag else {
                throw ControlError("'require_appsecret_proof' takes true or false")
            }
            await login.requireAppSecretProof(isRequired)
            return Response.json(["require_appsecret_proof": .bool(isRequired)])
        }
        group.post("callbacks") { request, _ in Response.json(try await callback(try await request.json())) }
        group.post("tokens") { request, _ in Response.json(try await token(try await request.json())) }
        group.post("tokens/kill") { request, _ in Response.json(try await kill(try await request.json())) }
    }

    // MARK: Callbacks

    private enum Kind: String, CaseIterable {
        case deauthorize
        case deletion
    }

    /// Posts a `signed_request`, as Facebook does when a person removes an app or asks for the data to be deleted.
    private func callback(_ json: JSON) async throws -> JSON {
        let kind: Kind = try FaultValue.choice(json["kind"] ?? .null, "'kind'")
        let app = try await app(json)
        let url = json["url"]?.text ?? "http://127.0.0.1:8080/auth/acme/facebook/events/\(kind.rawValue)"
        try OutgoingPost.check(url)
        var userID = json["user_id"]?.text
        if userID == nil {
            let person = try provider.people.person(in: json)
            userID = person.subject(at: "facebook", realm: app.id)
            // The app is gone from the person's settings before either callback comes.
            if json["keep"]?.flag != true {
                _ = await login.withdraw(nil, appID: app.id, personID: person.id)
            }
        }
        let flaw: SignedRequest.Flaw? = try json["flaw"].map { (value) throws(ControlError) in
            try FaultValue.choice(value, "'flaw'")
        }
        let made = SignedRequest.make(userID: userID ?? "", secret: app.secret ?? "", now: login.now, flaw: flaw)
        let text = json["signed_request"]?.text ?? made
        let copies = try json["copies"].map { (value) throws(ControlError) in
            try FaultValue.whole(value, "'copies'", 1...100)
        }
        let body = FormFields([.init(name: "signed_request", value: text)]).encoded
        var reports: [JSON] = []
        for _ in 0..<(copies ?? 1) {
            let outcome = await outgoing.send(
                Array(body.utf8), to: url,
                headers: [
                    ("content-type", "application/x-www-form-urlencoded"), ("user-agent", "facebookexternalua"),
                    ("accept", "*/*"),
                ])
            var report = outcome.report
            if kind == .deletion { report = report.adding("well_formed", .bool(Self.isWellFormed(outcome))) }
            reports.append(report)
        }
        return [
            "url": JSON(url), "user_id": userID.map { JSON($0) }, "signed_request": JSON(text),
            "posts": .array(reports),
        ]
    }

    /// Whether an answer is one that Facebook shows to the person: an address to look at and a code of letters and digits.
    private static func isWellFormed(_ outcome: OutgoingPost.Outcome) -> Bool {
        guard outcome.status == 200, let url = outcome.json?["url"]?.text,
            let code = outcome.json?["confirmation_code"]?.text
        else { return false }
        return (url.hasPrefix("https://") || url.hasPrefix("http://"))
            && code.wholeMatch(of: /[A-Za-z0-9]{1,128}/) != nil
    }

    // MARK: Tokens

    /// Issues a token without a dialog.
    private func token(_ json: JSON) async throws(ControlError) -> JSON {
        let app = try await app(json)
        let person = try provider.people.person(in: json)
        let scopes = (json["scopes"]?.elements ?? ["public_profile", "email"]).compactMap(\.text)
        let lifetime = try json["lifetime_ms"].map { (value) throws(ControlError) in
            try FaultValue.whole(value, "'lifetime_ms'", 0...31_536_000_000) / 1000
        }
        let grant = await provider.grant(
            AuthorizationRequest(
                client: app, redirectURI: app.redirectURIs.first ?? "", state: nil, scopes: scopes,
                fields: FormFields([])), to: person, scopes: scopes)
        await login.note(granted: Set(scopes), asked: Set(scopes), appID: app.id, personID: person.id)
        // The code notes the grant, so that it can be revoked; nobody exchanges it.
        _ = await provider.issueCode(grant, prefix: "AQ", lifetime: FacebookDialog.codeLifetime)
        let token = await login.issue(grant, lifetime: lifetime ?? FacebookToken.shortLifetime)
        return [
            "access_token": JSON(token.text), "expires_at": JSON(token.expiresAt),
            "user_id": JSON(person.subject(at: "facebook", realm: app.id)),
        ]
    }

    /// Kills a token, or all of a person, or brings them to life again with `"subcode": null`.
    private func kill(_ json: JSON) async throws(ControlError) -> JSON {
        var subcode: Int? = 467
        if let given = json.members?.first(where: { $0.name == "subcode" })?.value {
            subcode = given.integer
            guard given == .null || subcode.map({ GraphError.deathSubcodes[$0] != nil }) == true else {
                let known = GraphError.deathSubcodes.keys.sorted().map(String.init).joined(separator: ", ")
                throw ControlError("'subcode' must be one of \(known), or null")
            }
        }
        let text = json["token"]?.text
        let personID = text == nil ? try provider.people.person(in: json).id : nil
        let count = await login.kill(text: text, personID: personID, subcode: subcode)
        guard count > 0 else { throw ControlError("there is no such token", http: 404) }
        return ["tokens": JSON(count)]
    }

    /// The app of `client_id`, or the first.
    private func app(_ json: JSON) async throws(ControlError) -> SandboxConfiguration.IdentityClient {
        guard let id = json["client_id"]?.text else {
            guard let first = await provider.clients.first else { throw ControlError("there is no app", http: 404) }
            return first
        }
        guard let app = await provider.client(id) else { throw ControlError("there is no such app", http: 404) }
        return app
    }
}
