import Crypto
import FoundationEssentials

/// The token that the administration hands to an app's pages (App Bridge): a JWT, HS256 with the app's secret, for a minute.
struct SessionToken: Hashable, Sendable {
    /// How one can be wrong.
    enum Flaw: String, Sendable, CaseIterable {
        /// The header says RS256; the signature is HS256 still.
        case algorithmRS256 = "alg_rs256"
        /// The header says none, and there is no signature.
        case algorithmNone = "alg_none"
        case badSignature = "bad_signature"
        case otherSecret = "other_secret"
        /// For another app.
        case wrongAudience = "wrong_aud"
        case noAudience = "no_aud"
        /// Expired eleven seconds ago: one more than clients forgive.
        case expired
        /// Not valid before a minute from now.
        case notYet = "nbf_future"
        /// Issuer and destination are different shops.
        case hostsDiffer = "hosts_differ"
        /// The destination is no shop.
        case noShop = "dest_no_shop"
        /// There is no `sub`, as on newer surfaces.
        case noSubject = "no_sub"
    }

    static let lifetime = 60

    let shop: ShopDomain
    let clientID: String
    let userID: String
    let secret: String

    /// - Parameter now: Unix seconds.
    func text(now: Int, flaw: Flaw? = nil) -> String {
        let algorithm =
            switch flaw {
            case .algorithmRS256: "RS256"
            case .algorithmNone: "none"
            default: "HS256"
            }
        let header: JSON = ["alg": JSON(algorithm), "typ": "JWT"]
        let issued = flaw == .expired ? now - Self.lifetime - 11 : now
        let issuer = flaw == .hostsDiffer ? "https://someone-else.myshopify.com/admin" : shop.admin
        let destination = flaw == .noShop ? "https://evil.example" : "https://\(shop.text)"
        let claims: JSON = [
            "iss": JSON(flaw == .noShop ? "https://evil.example/admin" : issuer), "dest": JSON(destination),
            "aud": flaw == .noAudience ? nil : JSON(flaw == .wrongAudience ? "another-app" : clientID),
            "sub": flaw == .noSubject ? nil : JSON(userID), "exp": JSON(issued + Self.lifetime),
            "nbf": JSON(flaw == .notYet ? now + 60 : issued), "iat": JSON(issued),
            "jti": JSON(SandboxSecret.random(count: 32)), "sid": JSON(SandboxSecret.random(count: 32)),
        ]
        let signed = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        if flaw == .algorithmNone { return signed + "." }
        var code = Self.code(signed, secret: flaw == .otherSecret ? "another-app-secret" : secret)
        if flaw == .badSignature { code[0] ^= 1 }
        return signed + "." + Base64URL.encode(code)
    }

    /// What a token that holds says.
    struct Claims: Sendable {
        let shop: ShopDomain
        /// Nil on surfaces that do not name the staff member.
        let userID: String?
    }

    /// Checks a token as the token exchange does.
    /// - Returns: nil for one that does not hold.
    static func verify(_ text: String, clientID: String, secret: String, now: Int) -> Claims? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = json(parts[0]), header["alg"]?.text == "HS256",
            let signature = Base64URL.decode(parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: Data("\(parts[0]).\(parts[1])".utf8),
                using: SymmetricKey(data: Data(secret.utf8))),
            let claims = json(parts[1]), claims["aud"]?.text == clientID,
            let expires = claims["exp"]?.integer, expires > now, let begins = claims["nbf"]?.integer, begins <= now,
            let destination = claims["dest"]?.text, destination.hasPrefix("https://"),
            let shop = ShopDomain(String(destination.dropFirst("https://".count))),
            claims["iss"]?.text == shop.admin
        else { return nil }
        return Claims(shop: shop, userID: claims["sub"]?.text)
    }

    private static func json(_ part: Substring) -> JSON? {
        Base64URL.decode(part).flatMap { try? JSON.parse($0) }
    }

    private static func code(_ text: String, secret: String) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8))))
    }
}
