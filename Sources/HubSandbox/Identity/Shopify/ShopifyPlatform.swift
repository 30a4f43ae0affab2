import Logging

/// Shopify's shops, with the tokens that apps have for them.
actor ShopifyPlatform {
    nonisolated let provider: IdentityProvider
    nonisolated let courier: ShopifyCourier
    var shops: [String: ShopifyShop]
    var rules = ShopifyRules()
    private(set) var tokens = BoundedMap<String, ShopifyToken>(limit: 20_000)
    /// The token that a refresh token came with.
    private var refreshOwners = BoundedMap<String, String>(limit: 20_000)
    /// When each app was removed from a shop, in Unix seconds, until it is there again.
    var uninstalls: [String: Int] = [:]

    init(provider: IdentityProvider, courier: ShopifyCourier) {
        self.provider = provider
        self.courier = courier
        shops = Self.samples(now: provider.clock.seconds)
    }

    /// Unix seconds by the sandbox's clock.
    nonisolated var now: Int { provider.now }

    func reset() async {
        tokens.removeAll()
        refreshOwners.removeAll()
        uninstalls = [:]
        rules = ShopifyRules()
        shops = Self.samples(now: now)
        await courier.reset()
    }

    private static func samples(now: Int) -> [String: ShopifyShop] {
        Dictionary(ShopifyShop.samples(now: now).map { ($0.domain.text, $0) }) { $1 }
    }

    func shop(_ domain: ShopDomain) -> ShopifyShop? { shops[domain.text] }

    func changeRules(_ json: JSON) throws(ControlError) { rules = try rules.changed(json) }

    // MARK: Tokens

    /// The token of that text, alive or dead.
    func token(_ text: String) -> ShopifyToken? { tokens[text] }

    /// Whether the API takes a token.
    func isAlive(_ token: ShopifyToken) async -> Bool {
        guard !token.isEnded, token.expiresAt.map({ now < $0 }) ?? true else { return false }
        return await !provider.grants.isRevoked(token.grant)
    }

    /// The offline token without an end that an app has for a shop already: it gets the same again.
    func lasting(_ clientID: String, _ shop: ShopDomain) -> ShopifyToken? {
        tokens.all.last {
            $0.clientID == clientID && $0.shop == shop && $0.mode == .offline && !$0.isExpiring && !$0.isEnded
        }
    }

    /// Makes a token.
    /// - Parameter isExpiring: for offline tokens, whether it comes with a refresh token.
    func issue(
        _ mode: ShopifyToken.Mode, _ grant: Grant, shop: ShopDomain, scopes: AccessScopes, isExpiring: Bool
    ) -> ShopifyToken {
        uninstalls[Self.installation(grant.clientID, shop)] = nil
        var token = ShopifyToken(
            text: (mode == .online ? "shpua_" : "shpat_") + Self.hex(), mode: mode, shop: shop, scopes: scopes,
            grant: grant)
        switch mode {
        case .online: token.expiresAt = now + ShopifyToken.onlineLifetime
        case .offline where isExpiring:
            retireExpiring(grant.clientID, shop)
            token.expiresAt = now + ShopifyToken.offlineLifetime
            token.refreshToken = "shprt_" + Self.hex()
            token.refreshExpiresAt = now + ShopifyToken.refreshLifetime
        case .offline: break
        }
        keep(token)
        return token
    }

    /// Only one expiring token counts for an app and a shop.
    private func retireExpiring(_ clientID: String, _ shop: ShopDomain) {
        for var token in tokens.all where token.clientID == clientID && token.shop == shop && token.isExpiring {
            token.isEnded = true
            token.isRetired = true
            keep(token)
        }
    }

    private func keep(_ token: ShopifyToken) {
        tokens.set(token.text, token)
        if let refresh = token.refreshToken { refreshOwners.set(refresh, token.text) }
    }

    /// Exchanges a refresh token: access and refresh token are both new.
    func refresh(_ text: String, clientID: String, shop: ShopDomain) async throws(OAuthError) -> ShopifyToken {
        let refusal = OAuthError("invalid_grant", "The refresh token is invalid, expired or was used already.")
        guard let owner = refreshOwners[text], var token = tokens[owner], token.clientID == clientID,
            token.shop == shop, !token.isRetired, let end = token.refreshExpiresAt, now < end,
            await !provider.grants.isRevoked(token.grant)
        else { throw refusal }
        if let name = token.successor {
            guard let successor = tokens[name], mayRetry(token, successor) else { throw refusal }
            return prolonged(successor)
        }
        var made = ShopifyToken(
            text: "shpat_" + Self.hex(), mode: .offline, shop: shop, scopes: token.scopes, grant: token.grant)
        made.expiresAt = now + ShopifyToken.offlineLifetime
        made.refreshToken = "shprt_" + Self.hex()
        made.refreshExpiresAt = now + ShopifyToken.refreshLifetime
        keep(made)
        succeed(&token, made)
        return made
    }

    /// Turns an offline token without an end into one that expires; the old one is dead from then on.
    func migrate(_ text: String, clientID: String, shop: ShopDomain) async throws(OAuthError) -> ShopifyToken {
        let refusal = OAuthError("invalid_subject_token", "The subject token is invalid or was exchanged already.")
        guard var token = tokens[text], token.clientID == clientID, token.shop == shop, token.mode == .offline,
            !token.isExpiring, await !provider.grants.isRevoked(token.grant)
        else { throw refusal }
        if let name = token.successor {
            // A reply that was lost can be had again for a week, while the pair is as it was given.
            guard let successor = tokens[name], successor.successor == nil, !successor.isRetired,
                let since = token.succeededAt, now - since < 7 * 86_400
            else { throw refusal }
            return prolonged(successor)
        }
        guard !token.isEnded else { throw refusal }
        let made = issue(.offline, token.grant, shop: shop, scopes: token.scopes, isExpiring: true)
        succeed(&token, made)
        return made
    }

    private func succeed(_ token: inout ShopifyToken, _ made: ShopifyToken) {
        token.isEnded = true
        token.successor = made.text
        token.succeededAt = now
        keep(token)
    }

    private func mayRetry(_ token: ShopifyToken, _ successor: ShopifyToken) -> Bool {
        let age = now - (token.succeededAt ?? now)
        switch rules.refreshRetry {
        case .untilReplaced: return successor.successor == nil && !successor.isRetired && age < 30 * 86_400
        case .hour: return successor.successor == nil && !successor.isRetired && age < 3600
        case .never: return false
        }
    }

    /// The same pair once more, with a full life of its access token.
    private func prolonged(_ token: ShopifyToken) -> ShopifyToken {
        var token = token
        token.expiresAt = now + ShopifyToken.offlineLifetime
        keep(token)
        return token
    }

    /// Ends all tokens and subscriptions of an app at a shop.
    func uninstall(_ clientID: String, _ shop: ShopDomain) {
        uninstalls[Self.installation(clientID, shop)] = now
        for var token in tokens.all where token.clientID == clientID && token.shop == shop {
            token.isEnded = true
            token.isRetired = true
            keep(token)
        }
        shops[shop.text]?.subscriptions.removeAll { $0.clientID == clientID }
        shops[shop.text]?.buckets[clientID] = nil
    }

    /// Whether an app is at a shop.
    func isInstalled(_ clientID: String, _ shop: ShopDomain) -> Bool {
        tokens.all.contains { $0.clientID == clientID && $0.shop == shop && !$0.isEnded }
    }

    static func installation(_ clientID: String, _ shop: ShopDomain) -> String { "\(clientID)@\(shop.text)" }

    private static func hex() -> String {
        String((0..<32).map { _ in "0123456789abcdef".randomElement() ?? "0" })
    }
}
