import Crypto
import FoundationEssentials

/// The signed token by which a client proves itself to Apple in place of a secret.
enum AppleClientSecret {
    /// The longest that a secret may be good: six months.
    static let longestLifetime = 15_777_000

    /// Checks a client's secret.
    /// - Parameter now: Unix seconds.
    /// - Throws: `invalid_client` with what is wrong; the real one keeps that to itself.
    static func check(
        _ secret: String?, of client: SandboxConfiguration.IdentityClient, now: Int
    ) throws(OAuthError) {
        guard let secret else { throw refusal("client_secret is missing in the body") }
        let parts = secret.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = json(parts[0]), let claims = json(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw refusal("client_secret is no JWT") }
        guard header["alg"] == "ES256" else { throw refusal("alg of client_secret is not ES256") }
        guard let keyID = client.keyID, header["kid"]?.text == keyID else {
            throw refusal("kid of client_secret is not that of the client's key")
        }
        guard let team = client.teamID, claims["iss"]?.text == team else {
            throw refusal("iss of client_secret is not the team")
        }
        guard claims["sub"]?.text == client.id else { throw refusal("sub of client_secret is not the client") }
        guard claims["aud"] == JSON(AppleAccount.issuer) else {
            throw refusal("aud of client_secret is not \(AppleAccount.issuer)")
        }
        guard let issued = claims["iat"]?.integer, issued <= now + 60 else {
            throw refusal("iat of client_secret is missing or ahead")
        }
        guard let expiry = claims["exp"]?.integer, expiry > now else { throw refusal("client_secret has expired") }
        guard expiry <= now + longestLifetime else { throw refusal("client_secret is good for more than six months") }
        // Apple takes r and s bare; DER is longer.
        guard signature.count == 64, let pem = client.publicKey,
            let key = try? P256.Signing.PublicKey(pemRepresentation: pem),
            let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: Data(signature)),
            key.isValidSignature(parsed, for: Data("\(parts[0]).\(parts[1])".utf8))
        else { throw refusal("the signature of client_secret is not the key's") }
    }

    private static func json(_ part: Substring) -> JSON? {
        Base64URL.decode(part).flatMap { try? JSON.parse($0) }
    }

    private static func refusal(_ reason: String) -> OAuthError { OAuthError("invalid_client", reason) }
}
