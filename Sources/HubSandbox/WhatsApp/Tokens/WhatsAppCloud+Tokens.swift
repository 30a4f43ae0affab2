/// Getting tokens and looking at them.
extension WhatsAppCloud {
    /// `oauth/access_token`: a code of Embedded Signup, once; or the app's own token (`client_credentials`); or a token
    /// that lives longer (`fb_exchange_token`).
    func exchange(_ query: [String: String]) throws(GraphError) -> JSON {
        guard let appID = query["client_id"], !appID.isEmpty else {
            throw GraphError(http: 400, code: 101, title: "Missing client_id parameter.")
        }
        guard appID == configuration.appID else {
            throw GraphError(
                http: 400, code: 101,
                title: "Error validating application. Cannot get application info due to a system error.")
        }
        guard let secret = query["client_secret"], !secret.isEmpty else {
            throw GraphError(http: 400, code: 1, title: "Missing client_secret parameter.")
        }
        guard secret == configuration.appSecret else {
            throw GraphError(http: 400, code: 1, title: "Error validating client secret.")
        }
        switch query["grant_type"] {
        case nil, "authorization_code": return try exchangeCode(query["code"])
        case "client_credentials": return Self.answer(tokens.appToken)
        case "fb_exchange_token": return try exchangeToken(query["fb_exchange_token"])
        default:
            throw GraphError(http: 400, code: 100, title: "Invalid grant_type")
        }
    }

    private func exchangeCode(_ code: String?) throws(GraphError) -> JSON {
        guard let code, !code.isEmpty else {
            throw GraphError(http: 400, code: 1, title: "Missing authorization code")
        }
        let token = try tokens.exchange(code: code, now: clock.milliseconds)
        return Self.answer(token.text, lifetime: token.expiresAt.map { $0 - now })
    }

    private func exchangeToken(_ text: String?) throws(GraphError) -> JSON {
        guard let text, !text.isEmpty else { throw .missing("fb_exchange_token") }
        guard let token = tokens[text] else { throw .deadToken }
        if let refusal = token.refusal(now: now) { throw refusal }
        let lifetime = 60 * 86_400
        let issued = tokens.issue(
            token.kind, accounts: token.accounts, scopes: token.scopes, lifetime: lifetime, now: now)
        return Self.answer(issued.text, lifetime: lifetime)
    }

    private static func answer(_ token: String, lifetime: Int? = nil) -> JSON {
        ["access_token": JSON(token), "token_type": "bearer", "expires_in": lifetime.map { JSON($0) }]
    }

    /// `debug_token`'s `data`: what a token may do, or why it is dead.
    /// - Parameter caller: the app's token, or any of its users' tokens.
    func inspect(_ text: String, by caller: AccessToken) throws(GraphError) -> JSON {
        guard let token = tokens[text] else {
            return [
                "error": ["code": 190, "message": "Invalid OAuth access token - Cannot parse access token"],
                "is_valid": false, "scopes": [],
            ]
        }
        let refusal = token.refusal(now: now) ?? faultyToken(token, object: nil)
        let scopes = token.scopes.map(\.rawValue).sorted()
        let targets = JSON.array(token.accounts.sorted().map { JSON($0) })
        let granular = scopes.filter { $0.hasPrefix("whatsapp") }.map { scope -> JSON in
            ["scope": JSON(scope), "target_ids": targets]
        }
        let error = refusal.map { refusal -> JSON in
            ["code": 190, "message": JSON(refusal.title), "subcode": refusal.subcode.map { JSON($0) }]
        }
        return [
            "app_id": JSON(configuration.appID), "type": JSON(token.kind.rawValue), "application": "Sandbox",
            "data_access_expires_at": 0, "error": error, "expires_at": JSON(token.expiresAt ?? 0),
            "is_valid": .bool(refusal == nil), "issued_at": token.issuedAt > 0 ? JSON(token.issuedAt) : nil,
            "scopes": .array(scopes.map { JSON($0) }), "granular_scopes": .array(granular),
            "user_id": token.kind == .app ? nil : "122094837465012345",
        ]
    }

    // MARK: - Control calls

    /// Makes a code with the session data that Embedded Signup hands out beside it.
    func makeCode(_ json: JSON) throws(ControlError) -> JSON {
        let account = try account(json)
        let lifetime = try json["lifetime_ms"].map { (value) throws(ControlError) in
            try FaultValue.whole(value, "lifetime_ms", 0...86_400_000)
        }
        let code = tokens.makeCode(
            TokenStore.Code(
                accounts: [account.id], scopes: try Self.scopes(json),
                // Meta's codes are said to live half a minute.
                expiresAt: clock.milliseconds + (lifetime ?? 30_000), tokenLifetime: try Self.tokenLifetime(json)))
        return [
            "code": JSON(code), "waba_id": JSON(account.id), "phone_number_id": JSON(account.number.phoneNumberID),
            "business_id": JSON(configuration.businessID),
        ]
    }

    /// Issues a token without a code.
    func makeToken(_ json: JSON) throws(ControlError) -> JSON {
        let account = try account(json)
        let kind: AccessToken.Kind = json["kind"]?.text == "user" ? .user : .systemUser
        let token = tokens.issue(
            kind, accounts: [account.id], scopes: try Self.scopes(json), lifetime: try Self.tokenLifetime(json),
            now: now)
        return ["access_token": JSON(token.text), "expires_at": JSON(token.expiresAt ?? 0)]
    }

    /// Kills a token, or brings it to life again with `"subcode": null`.
    func killToken(_ json: JSON) throws(ControlError) -> JSON {
        var subcode: Int? = 467
        if case .object(let members)? = Optional(json), let given = members.first(where: { $0.name == "subcode" }) {
            subcode = given.value.integer
            guard given.value == .null || subcode.map({ GraphError.deathSubcodes[$0] != nil }) == true else {
                let known = GraphError.deathSubcodes.keys.sorted().map(String.init).joined(separator: ", ")
                throw ControlError("'subcode' must be one of \(known), or null")
            }
        }
        guard let text = json["token"]?.text ?? number(json["phone_number_id"]?.text)?.accessToken else {
            throw ControlError("'token' or a known 'phone_number_id' is missing")
        }
        guard tokens.update(text, { $0.death = subcode }) else {
            throw ControlError("there is no such token", http: 404)
        }
        return ["success": true]
    }

    private func account(
        _ json: JSON
    ) throws(ControlError) -> (id: String, number: SandboxConfiguration.Number) {
        let phoneNumberID = json["phone_number_id"]?.text
        let number = configuration.numbers.first { number in
            phoneNumberID.map { $0 == number.phoneNumberID } ?? (json["waba"]?.text == number.businessAccountID)
        }
        guard let number else {
            throw ControlError("'waba' or 'phone_number_id' must name one that exists", http: 404)
        }
        return (number.businessAccountID, number)
    }

    private static func tokenLifetime(_ json: JSON) throws(ControlError) -> Int? {
        try json["token_lifetime_ms"].map { (value) throws(ControlError) in
            try FaultValue.whole(value, "token_lifetime_ms", 0...31_536_000_000) / 1000
        }
    }

    private static func scopes(_ json: JSON) throws(ControlError) -> Set<AccessToken.Scope> {
        guard let names = json["scopes"]?.elements else { return [.management, .messaging] }
        var scopes: Set<AccessToken.Scope> = []
        for name in names {
            guard let scope = name.text.flatMap({ AccessToken.Scope(rawValue: $0) }) else {
                let known = AccessToken.Scope.allCases.map(\.rawValue).joined(separator: ", ")
                throw ControlError("'scopes' takes a list of \(known)")
            }
            scopes.insert(scope)
        }
        return scopes
    }
}
