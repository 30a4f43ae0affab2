import AdapterKit
import Crypto

/// A session token of App Bridge: what the administration hands to an app's pages to say who is using them, good for a
/// minute. A JWT, signed with the app's secret.
struct ShopifySessionToken: Sendable, Equatable {
    private static let leeway: Duration = .seconds(10)
    private static let maximumBytes = 8192
    /// Members of a header that ask for something which is not done here.
    private static let refusedHeaders = ["crit", "b64", "zip", "jku", "jwk", "x5u", "x5c"]

    /// Where the token is for: from `dest`, and from nothing else.
    let shop: ShopName
    /// The user's id; newer surfaces leave it out.
    let user: String?

    /// Verifies a token. Pure.
    /// - Parameter secrets: Of the app; any of them may have signed.
    init(_ token: Secret, clientID: String, secrets: [Secret], now: Timestamp) throws(SignInRefusal) {
        let text = token.reveal()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumBytes, parts.count == 3, let header = Self.object(parts[0]) else {
            throw SignInRefusal(.idTokenMalformed, "session token")
        }
        guard header["alg"]?.string == "HS256" else { throw SignInRefusal(.algorithmRefused) }
        guard Self.refusedHeaders.allSatisfy({ header[$0] == nil }), header["typ"] == nil || header["typ"] == "JWT"
        else {
            throw SignInRefusal(.headerRefused)
        }
        guard let signature = Base64URL.decode(parts[2]) else { throw SignInRefusal(.signatureWrong) }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        let isSigned = secrets.contains { secret in
            HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: signed, using: SymmetricKey(data: Array(secret.reveal().utf8)))
        }
        guard isSigned else { throw SignInRefusal(.signatureWrong) }
        guard let claims = Self.object(parts[1]) else { throw SignInRefusal(.idTokenMalformed, "session token") }
        guard claims["aud"]?.string == clientID else { throw SignInRefusal(.audienceWrong) }
        guard let expiry = Self.time(claims["exp"]), now - expiry <= Self.leeway else { throw SignInRefusal(.expired) }
        guard let start = Self.time(claims["nbf"]), start - now <= Self.leeway else {
            throw SignInRefusal(.notYetValid)
        }
        guard let shop = claims["dest"]?.string.flatMap(ShopName.init(address:)) else {
            throw SignInRefusal(.shopWrong, "dest")
        }
        guard claims["iss"]?.string.flatMap(ShopName.init(address:)) == shop else { throw SignInRefusal(.issuerWrong) }
        self.shop = shop
        user = claims["sub"]?.string
    }

    private static func object(_ part: Substring) -> JSON? {
        guard let bytes = Base64URL.decode(part), let json = try? JSON.parse(bytes), case .object = json else {
            return nil
        }
        return json
    }

    private static func time(_ json: JSON?) -> Timestamp? {
        guard let seconds = json?.double, seconds >= 0, seconds < 1e11 else { return nil }
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }
}
