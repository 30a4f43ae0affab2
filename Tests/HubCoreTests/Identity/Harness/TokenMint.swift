import AdapterKit
import Crypto
import CryptoExtras
import Foundation

@testable import HubCore

/// Makes tokens as a provider would, and as nobody should.
struct TokenMint {
    static let issuer = "https://issuer.example"
    static let client = "our-client"
    static let now = Timestamp(seconds: 1_800_000_000)
    static let accessToken = Secret("access-token-of-the-test")
    static let nonce = Secret("nonce-of-the-test")
    /// Made once: RSA keys are slow to make.
    static let rsa = Self.makeKey(.bits2048)
    static let otherRSA = Self.makeKey(.bits2048)
    static let p256 = P256.Signing.PrivateKey()

    static let rules = IDTokenRules(
        issuers: [issuer], audiences: [client], algorithms: IDTokenRules.Algorithm.allCases)

    static func makeKey(_ size: _RSA.Signing.KeySize) -> _RSA.Signing.PrivateKey {
        do { return try _RSA.Signing.PrivateKey(keySize: size) } catch { preconditionFailure("no RSA key: \(error)") }
    }

    static func seconds(_ offset: Int64) -> JSON { .integer(now.milliseconds / 1000 + offset) }

    /// The claims of a good ID token, with some replaced; null takes one away.
    static func claims(_ changes: KeyValuePairs<String, JSON> = [:]) -> JSON {
        var members: [JSON.Member] = [
            .init("iss", .string(issuer)), .init("aud", .string(client)), .init("sub", "subject-1"),
            .init("exp", seconds(600)), .init("iat", seconds(0)), .init("nonce", .string(nonce.reveal())),
        ]
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            if !value.isNull { members.append(.init(name, value)) }
        }
        return .object(members)
    }

    static func compact(header: String, claims: String, signature: [UInt8]) -> String {
        [Array(header.utf8), Array(claims.utf8), signature].map { Base64URL.encode($0) }.joined(separator: ".")
    }

    /// Signed with RS256.
    static func token(
        header: String = #"{"alg":"RS256","kid":"rsa-1"}"#, claims: JSON = claims(), key: _RSA.Signing.PrivateKey = rsa
    ) throws -> String {
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(claims.encoded))"
        let signature = try key.signature(
            for: SHA256.hash(data: Array(signed.utf8)), padding: .insecurePKCS1v1_5)
        return "\(signed).\(Base64URL.encode(signature.rawRepresentation))"
    }

    /// Signed with ES256.
    static func ellipticToken(isDER: Bool = false, isZero: Bool = false) throws -> String {
        let signed =
            "\(Base64URL.encode(#"{"alg":"ES256","kid":"ec-1"}"#.utf8)).\(Base64URL.encode(claims().encoded))"
        let signature = try p256.signature(for: Array(signed.utf8))
        let bytes =
            isZero
            ? [UInt8](repeating: 0, count: 64)
            : isDER ? Array(signature.derRepresentation) : Array(signature.rawRepresentation)
        return "\(signed).\(Base64URL.encode(bytes))"
    }

    // MARK: Keys

    static func jwk(
        _ key: _RSA.Signing.PrivateKey = rsa, _ changes: KeyValuePairs<String, JSON> = [:]
    ) throws -> JSON {
        let primitives = try key.publicKey.getKeyPrimitives()
        var members: [JSON.Member] = [
            .init("kty", "RSA"), .init("kid", "rsa-1"), .init("use", "sig"), .init("alg", "RS256"),
            .init("n", .string(Base64URL.encode(primitives.modulus))),
            .init("e", .string(Base64URL.encode(primitives.publicExponent))),
        ]
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            if !value.isNull { members.append(.init(name, value)) }
        }
        return .object(members)
    }

    static func ellipticJWK() -> JSON {
        let raw = Array(p256.publicKey.rawRepresentation)
        return [
            "kty": "EC", "crv": "P-256", "kid": "ec-1", "x": .string(Base64URL.encode(raw.prefix(32))),
            "y": .string(Base64URL.encode(raw.suffix(32))),
        ]
    }
}
