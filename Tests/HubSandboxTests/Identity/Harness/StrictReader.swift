import Crypto
import CryptoExtras
import FoundationEssentials

@testable import HubSandbox

/// Reads an id token as strictly as the specifications ask; what it does not take, no client should.
struct StrictReader: Sendable {
    enum Refusal: Error, Hashable {
        case form
        case header
        case key
        case signature
        case claim(String)
    }

    let keys: [JSON]
    let issuers: [String]
    let audience: String
    let nonce: String?
    let accessToken: String
    let now: Int

    /// The claims of a token.
    func read(_ token: String) throws -> JSON {
        guard token.utf8.count <= 16_384 else { throw Refusal.form }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.canonical(parts[0]), let body = Self.canonical(parts[1]),
            let signature = Self.canonical(parts[2]), let header = try? JSON.parse(head),
            let claims = try? JSON.parse(body), !Self.repeats(header), !Self.repeats(claims)
        else { throw Refusal.form }
        guard header["alg"] == "RS256", ["JWT", nil].contains(header["typ"]) else { throw Refusal.header }
        for name in ["crit", "b64", "zip", "jwk", "jku", "x5u", "x5c"] where header[name] != nil {
            throw Refusal.header
        }
        let suitable = keys.filter { $0["kty"] == "RSA" && $0["use"] == "sig" && $0["alg"] == "RS256" }
        let named = suitable.filter { $0["kid"] == header["kid"] }
        guard let key = header["kid"] == nil ? (suitable.count == 1 ? suitable.first : nil) : named.first,
            let n = key["n"]?.text.flatMap({ Base64URL.decode($0) }), n.count >= 256,
            let e = key["e"]?.text.flatMap({ Base64URL.decode($0) })
        else { throw Refusal.key }
        let publicKey = try _RSA.Signing.PublicKey(n: Data(n), e: Data(e))
        guard
            publicKey.isValidSignature(
                .init(rawRepresentation: Data(signature)),
                for: SHA256.hash(data: Data("\(parts[0]).\(parts[1])".utf8)), padding: .insecurePKCS1v1_5)
        else { throw Refusal.signature }
        try check(claims)
        return claims
    }

    private func check(_ claims: JSON) throws {
        guard let issuer = claims["iss"]?.text, issuers.contains(issuer) else { throw Refusal.claim("iss") }
        guard claims["aud"] == JSON(audience) || claims["aud"] == [JSON(audience)] else { throw Refusal.claim("aud") }
        if let party = claims["azp"], party != JSON(audience) { throw Refusal.claim("azp") }
        guard let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { throw Refusal.claim("sub") }
        guard let expiry = claims["exp"]?.integer, expiry > now - 60 else { throw Refusal.claim("exp") }
        guard let issued = claims["iat"]?.integer, (now - 86_400...now + 60).contains(issued) else {
            throw Refusal.claim("iat")
        }
        if let start = claims["nbf"]?.integer, start > now + 60 { throw Refusal.claim("nbf") }
        guard claims["nonce"]?.text == nonce else { throw Refusal.claim("nonce") }
        if let hash = claims["at_hash"]?.text, hash != IDTokenClaims.hash(of: accessToken) {
            throw Refusal.claim("at_hash")
        }
        if claims["events"] != nil { throw Refusal.claim("events") }
    }

    /// Base64url in its only right spelling.
    private static func canonical(_ part: Substring) -> [UInt8]? {
        Base64URL.decode(part).flatMap { Base64URL.encode($0) == part ? $0 : nil }
    }

    private static func repeats(_ json: JSON) -> Bool {
        let names = (json.members ?? []).map(\.name)
        return Set(names).count != names.count
    }
}
