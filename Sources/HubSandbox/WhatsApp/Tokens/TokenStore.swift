/// The tokens that exist: those of the configuration, the app's own, and those issued for codes.
struct TokenStore: Sendable {
    /// A code of Embedded Signup, good for one exchange.
    struct Code: Hashable, Sendable {
        let accounts: Set<String>
        let scopes: Set<AccessToken.Scope>
        /// Unix milliseconds.
        let expiresAt: Int
        /// Lifetime of the token it is exchanged for, in seconds; nil for one that never expires.
        let tokenLifetime: Int?
        var isUsed = false
    }

    let appID: String
    let appSecret: String
    private var configured: [String: AccessToken] = [:]
    private var issued = BoundedMap<String, AccessToken>(limit: 10_000)
    private var codes = BoundedMap<String, Code>(limit: 10_000)

    init(_ configuration: SandboxConfiguration) {
        appID = configuration.appID
        appSecret = configuration.appSecret
        for number in configuration.numbers {
            let made = AccessToken(
                text: number.accessToken, kind: .systemUser, scopes: [.management, .messaging], accounts: [],
                issuedAt: 1_750_000_000)
            configured[number.accessToken, default: made].accounts.insert(number.businessAccountID)
        }
        configured[appToken] = AccessToken(text: appToken, kind: .app, scopes: [], accounts: [], issuedAt: 0)
    }

    /// The token that stands for the app itself.
    var appToken: String { "\(appID)|\(appSecret)" }

    /// The token of that text, alive or dead.
    subscript(text: String) -> AccessToken? { configured[text] ?? issued[text] }

    /// Makes a token.
    /// - Parameters:
    ///   - lifetime: seconds; nil for ever.
    ///   - now: Unix seconds.
    mutating func issue(
        _ kind: AccessToken.Kind, accounts: Set<String>, scopes: Set<AccessToken.Scope>, lifetime: Int?, now: Int
    ) -> AccessToken {
        let token = AccessToken(
            text: "EAAG" + Self.random(count: 60), kind: kind, scopes: scopes, accounts: accounts, issuedAt: now,
            expiresAt: lifetime.map { now + $0 })
        issued.set(token.text, token)
        return token
    }

    /// Changes a token, e.g. kills it or lets it expire.
    /// - Returns: false when there is no such token.
    mutating func update(_ text: String, _ change: (inout AccessToken) -> Void) -> Bool {
        if configured[text] != nil {
            change(
                &configured[text, default: AccessToken(text: text, kind: .user, scopes: [], accounts: [], issuedAt: 0)])
            return true
        }
        guard var token = issued[text] else { return false }
        change(&token)
        issued.set(text, token)
        return true
    }

    /// Makes a code such as Embedded Signup hands to the business's page.
    mutating func makeCode(_ code: Code) -> String {
        let text = "AQ" + Self.random(count: 80)
        codes.set(text, code)
        return text
    }

    /// Turns a code into a token, once.
    /// - Parameter now: Unix milliseconds.
    mutating func exchange(code text: String, now: Int) throws(GraphError) -> AccessToken {
        guard var code = codes[text] else {
            throw GraphError(http: 400, code: 100, subcode: 36008, title: "Invalid verification code format.")
        }
        if code.isUsed {
            throw GraphError(
                http: 400, code: 100, subcode: 36009, title: "This authorization code has been used.")
        }
        if code.expiresAt <= now {
            throw GraphError(http: 400, code: 100, subcode: 36007, title: "This authorization code has expired.")
        }
        code.isUsed = true
        codes.set(text, code)
        return issue(
            .systemUser, accounts: code.accounts, scopes: code.scopes, lifetime: code.tokenLifetime, now: now / 1000)
    }

    private static func random(count: Int) -> String {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        return String((0..<count).map { _ in alphabet.randomElement() ?? "0" })
    }
}
