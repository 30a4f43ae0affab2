/// A token of the Graph API: what it may do, on which business accounts, and until when.
struct AccessToken: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        /// `APP_ID|APP_SECRET`: inspects tokens, exchanges codes, manages the app's webhooks; reaches no business.
        case app = "APP"
        /// Of a system user, or of a business that came by Embedded Signup.
        case systemUser = "SYSTEM_USER"
        /// The temporary token of the App Dashboard.
        case user = "USER"
    }

    enum Scope: String, Hashable, Sendable, CaseIterable {
        case management = "whatsapp_business_management"
        case messaging = "whatsapp_business_messaging"
        case business = "business_management"
    }

    let text: String
    let kind: Kind
    var scopes: Set<Scope>
    /// The business accounts (WABA ids) it reaches.
    var accounts: Set<String>
    /// Unix seconds.
    let issuedAt: Int
    /// Unix seconds; nil for a token that never expires.
    var expiresAt: Int?
    /// Why it was killed, as the subcode of error 190; nil while it lives.
    var death: Int?

    /// The error for using it at that time, or nil while it is valid.
    /// - Parameter now: Unix seconds.
    func refusal(now: Int) -> GraphError? {
        if let death { return .deadToken(subcode: death, now: now) }
        if let expiresAt, expiresAt <= now { return .deadToken(subcode: 463, now: now, expiredAt: expiresAt) }
        return nil
    }
}

extension GraphError {
    /// The subcodes of error 190 that are known: why a token is no longer valid.
    static let deathSubcodes: [Int: String] = [
        458: "Error validating access token: The user has not authorized application.",
        459: "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow "
            + "the instructions given.",
        460: "Error validating access token: The session has been invalidated because the user changed their password "
            + "or Facebook has changed the session for security reasons.",
        463: "Error validating access token: Session has expired",
        464: "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed "
            + "user.",
        467: "Error validating access token: The session is invalid because the user logged out.",
        492: "Error validating access token: Session does not match current stored session.",
    ]

    /// Error 190 with the reason as its subcode.
    /// - Parameter now: Unix seconds, told in the text of an expired session, as Meta does.
    static func deadToken(subcode: Int?, now: Int, expiredAt: Int? = nil) -> GraphError {
        guard let subcode, let text = deathSubcodes[subcode] else {
            var error = GraphError.deadToken
            error.subcode = subcode
            return error
        }
        let suffix = subcode == 463 ? " on \(expiredAt ?? now). The current time is \(now)." : ""
        return GraphError(http: 401, code: 190, subcode: subcode, title: text + suffix)
    }
}
