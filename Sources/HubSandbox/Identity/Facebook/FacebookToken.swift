/// A user's access token for one app.
struct FacebookToken: Hashable, Sendable {
    /// Lifetimes in seconds: of a token that came for a code, and of one that was exchanged for a longer life.
    static let shortLifetime = 5400
    static let longLifetime = 5_183_944

    let text: String
    /// Which app it is for, and of whom.
    let grant: Grant
    /// Unix seconds.
    let issuedAt: Int
    /// Unix seconds.
    let expiresAt: Int
    /// Why it was killed, as the subcode of error 190; nil while it lives.
    var death: Int?

    var appID: String { grant.clientID }

    /// The error for using it at that time, or nil while it is valid.
    /// - Parameter now: Unix seconds.
    func refusal(now: Int) -> GraphError? {
        guard let subcode = death ?? (expiresAt <= now ? 463 : nil) else { return nil }
        var error = GraphError.deadToken(subcode: subcode, now: now, expiredAt: expiresAt)
        error.http = 400
        return error
    }
}
