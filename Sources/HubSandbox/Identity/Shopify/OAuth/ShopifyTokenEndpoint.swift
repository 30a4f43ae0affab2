import Hummingbird

/// `/shopify/{shop}/admin/oauth/access_token`: codes, refresh tokens and session tokens for access tokens.
struct ShopifyTokenEndpoint: Sendable {
    private static let exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let sessionToken = "urn:ietf:params:oauth:token-type:id_token"
    private static let onlineToken = "urn:shopify:params:oauth:token-type:online-access-token"
    private static let offlineToken = "urn:shopify:params:oauth:token-type:offline-access-token"

    let platform: ShopifyPlatform
    private var provider: IdentityProvider { platform.provider }

    init(platform: ShopifyPlatform) { self.platform = platform }

    func add(to router: Router<SandboxContext>) {
        router.post("shopify/:shop/admin/oauth/access_token") { request, context in
            await provider.count("token")
            do {
                guard let shop = ShopDomain(context.parameters.get("shop") ?? ""), await platform.shop(shop) != nil
                else { throw OAuthError("not_found", "There is no shop of that name.", status: 404) }
                let body = try await request.jsonOrForm()
                let json = try await answer(body, shop)
                if body["grant_type"] == "refresh_token", await provider.take("refresh_lost") != nil {
                    try await context.channel.close()
                }
                return try await ReplyFault.apply(
                    await provider.take("token_reply"), to: .json(json), json: json, context)
            } catch let error as OAuthError {
                return error.response
            }
        }
    }

    private func answer(_ body: JSON, _ shop: ShopDomain) async throws(OAuthError) -> JSON {
        guard let client = await provider.client(body["client_id"]?.text) else {
            throw OAuthError("application_cannot_be_found", "The requested app cannot be found.")
        }
        guard let secret = body["client_secret"]?.text, SandboxSecret.isEqual(secret, client.secret ?? "") else {
            throw OAuthError("invalid_client", "Client authentication failed.", status: 401)
        }
        switch body["grant_type"]?.text {
        case nil, "authorization_code": return try await exchangeCode(body, client, shop)
        case "refresh_token":
            await provider.count("refresh")
            guard let text = body["refresh_token"]?.text, await provider.take("refresh_refused") == nil else {
                throw OAuthError("invalid_grant", "The refresh token is invalid.")
            }
            return Self.offline(try await platform.refresh(text, clientID: client.id, shop: shop), now: platform.now)
        case Self.exchangeGrant: return try await exchangeToken(body, client, shop)
        default: throw OAuthError("unsupported_grant_type", "The grant type is not supported.")
        }
    }

    private func exchangeCode(
        _ body: JSON, _ client: SandboxConfiguration.IdentityClient, _ shop: ShopDomain
    ) async throws(OAuthError) -> JSON {
        let refusal = OAuthError("invalid_request", "The authorization code was not found or was already used")
        let grants = await provider.grants
        let isRefused = await provider.take("code_refused") != nil
        guard let code = body["code"]?.text, !isRefused, let grant = grants.peek(code: code),
            grant.clientID == client.id, grant.extra["shop"] == shop.text, !grants.isRedeemed(code: code)
        else { throw refusal }
        do {
            _ = try await provider.redeem(code: code)
        } catch {
            throw refusal
        }
        let scopes = AccessScopes(grant.scopes)
        return try await token(
            grant.extra["mode"] == "online" ? .online : .offline, grant, shop, scopes,
            isExpiring: Self.isExpiring(body))
    }

    private func exchangeToken(
        _ body: JSON, _ client: SandboxConfiguration.IdentityClient, _ shop: ShopDomain
    ) async throws(OAuthError) -> JSON {
        guard let subject = body["subject_token"]?.text else {
            throw OAuthError("invalid_request", "subject_token is missing.")
        }
        let wanted = body["requested_token_type"]?.text
        if body["subject_token_type"]?.text == Self.offlineToken, wanted == Self.offlineToken {
            guard Self.isExpiring(body) else {
                throw OAuthError("invalid_request", "An offline token is exchanged with expiring 1 only.")
            }
            return Self.offline(
                try await platform.migrate(subject, clientID: client.id, shop: shop), now: platform.now)
        }
        guard body["subject_token_type"]?.text == Self.sessionToken else {
            throw OAuthError("invalid_request", "subject_token_type is not supported.")
        }
        guard wanted == Self.onlineToken || wanted == Self.offlineToken else {
            throw OAuthError("invalid_request", "requested_token_type is not supported.")
        }
        let isRefused = await provider.take("exchange_refused") != nil
        let claims = SessionToken.verify(
            subject, clientID: client.id, secret: client.secret ?? "", now: platform.now)
        guard let claims, !isRefused, claims.shop == shop, let person = await person(claims.userID, shop) else {
            throw OAuthError("invalid_subject_token", "The subject token is invalid.")
        }
        let scopes = await granted(client, shop)
        let grant = await provider.grant(
            AuthorizationRequest(
                client: client, redirectURI: client.redirectURIs.first ?? "", state: nil, scopes: scopes.names,
                fields: FormFields([]), extra: ["shop": shop.text]), to: person, scopes: scopes.names)
        return try await token(
            wanted == Self.onlineToken ? .online : .offline, grant, shop, scopes, isExpiring: Self.isExpiring(body))
    }

    /// The scopes that the shop granted at the last installation; those that a support desk needs before the first.
    private func granted(_ client: SandboxConfiguration.IdentityClient, _ shop: ShopDomain) async -> AccessScopes {
        let latest = await platform.tokens.all.last { $0.clientID == client.id && $0.shop == shop }
        return latest?.scopes ?? AccessScopes(["read_customers", "read_orders"])
    }

    private func person(_ userID: String?, _ shop: ShopDomain) async -> SandboxPerson? {
        guard let userID else { return provider.people.all.first }
        return provider.people.all.first { $0.subject(at: "shopify", realm: shop.text) == userID }
    }

    private func token(
        _ mode: ShopifyToken.Mode, _ grant: Grant, _ shop: ShopDomain, _ scopes: AccessScopes, isExpiring: Bool
    ) async throws(OAuthError) -> JSON {
        var mode = mode
        var scopes = scopes
        if await provider.take("mode_swapped") != nil { mode = mode == .online ? .offline : .online }
        if let fewer = await provider.take("fewer_scopes") {
            scopes = fewer.text.map { AccessScopes($0) } ?? AccessScopes(Array(scopes.names.prefix(1)))
        }
        let lasting = mode == .offline && !isExpiring ? await platform.lasting(grant.clientID, shop) : nil
        if let lasting, lasting.scopes == scopes, await platform.isAlive(lasting) {
            return Self.offline(lasting, now: platform.now)
        }
        let token = await platform.issue(mode, grant, shop: shop, scopes: scopes, isExpiring: isExpiring)
        return mode == .offline ? Self.offline(token, now: platform.now) : try online(token)
    }

    private static func isExpiring(_ body: JSON) -> Bool {
        body["expiring"]?.text == "1" || body["expiring"]?.integer == 1 || body["expiring"] == true
    }

    private static func offline(_ token: ShopifyToken, now: Int) -> JSON {
        [
            "access_token": JSON(token.text), "scope": JSON(token.scopes.text),
            "expires_in": token.expiresAt.map { JSON($0 - now) },
            "refresh_token": token.refreshToken.map { JSON($0) },
            "refresh_token_expires_in": token.refreshExpiresAt.map { JSON($0 - now) },
        ]
    }

    private func online(_ token: ShopifyToken) throws(OAuthError) -> JSON {
        guard let person = provider.people[token.grant.personID] else {
            throw OAuthError("invalid_request", "The staff member is gone.")
        }
        let id = person.subject(at: "shopify", realm: token.shop.text)
        return [
            "access_token": JSON(token.text), "scope": JSON(token.scopes.text),
            "expires_in": JSON(ShopifyToken.onlineLifetime), "associated_user_scope": JSON(token.scopes.text),
            "session": JSON(SandboxSecret.random(count: 64)),
            "associated_user": [
                "id": Int(id).map { JSON($0) } ?? JSON(id), "first_name": JSON(person.givenName),
                "last_name": JSON(person.familyName), "email": person.email.map { JSON($0) } ?? .null,
                "email_verified": .bool(person.isEmailVerified),
                "account_owner": .bool(person.id == provider.people.all.first?.id), "locale": JSON(person.locale),
                "collaborator": false,
            ],
        ]
    }
}
