/// An access token of an app for one shop, with the refresh token that came with it.
struct ShopifyToken: Hashable, Sendable {
    enum Mode: String, Hashable, Sendable {
        /// Of a staff member: lives a day, and acts with that person's rights.
        case online
        /// Of the shop: lives until it is replaced, refreshed or the app is removed.
        case offline
    }

    /// Lifetimes in seconds.
    static let onlineLifetime = 86_399
    static let offlineLifetime = 3600
    static let refreshLifetime = 90 * 86_400

    let text: String
    let mode: Mode
    let shop: ShopDomain
    let scopes: AccessScopes
    /// Which app it is for, and which staff member allowed it.
    let grant: Grant
    /// Unix seconds; nil for a token that does not expire.
    var expiresAt: Int?
    /// Only expiring offline tokens have one.
    var refreshToken: String?
    /// Unix seconds.
    var refreshExpiresAt: Int?
    /// No longer taken by the API: refreshed, migrated, replaced, or its app was removed.
    var isEnded = false
    /// A later acquisition took its place: neither its refresh token nor a lost reply counts any more.
    var isRetired = false
    /// The token that a refresh or a migration made of it.
    var successor: String?
    /// Unix seconds of that.
    var succeededAt: Int?

    var clientID: String { grant.clientID }
    var isExpiring: Bool { refreshToken != nil }
}
