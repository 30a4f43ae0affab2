import AdapterKit
import Crypto
import CryptoExtras
import Foundation

/// One public key of a provider (RFC 7517), fit to verify tokens.
struct ProviderKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
    }

    let id: String?
    private let material: Material
    private let algorithms: [IDTokenRules.Algorithm]

    /// Nil for a key that is of another kind, not meant for signatures, too small, or broken: a bad key costs the set
    /// nothing but itself.
    init?(_ json: JSON) {
        guard json["use"] == nil || json["use"]?.string == "sig",
            json["key_ops"] == nil || json["key_ops"]?.elements.contains("verify") == true
        else { return nil }
        let fitting: [IDTokenRules.Algorithm]
        switch json["kty"]?.string {
        case "RSA":
            guard let modulus = Self.number(json["n"]), let exponent = Self.number(json["e"]),
                (2048...8192).contains(modulus.count * 8 - modulus[0].leadingZeroBitCount), exponent.count <= 4,
                let key = try? _RSA.Signing.PublicKey(n: Data(modulus), e: Data(exponent))
            else { return nil }
            material = .rsa(key)
            fitting = [.rs256, .ps256]
        case "EC":
            guard json["crv"]?.string == "P-256", let x = Self.coordinate(json["x"]),
                let y = Self.coordinate(json["y"]),
                let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            material = .p256(key)
            fitting = [.es256]
        default: return nil
        }
        switch json["alg"] {
        case nil: algorithms = fitting
        case .string(let name): algorithms = fitting.filter { $0.rawValue == name }
        default: return nil
        }
        guard !algorithms.isEmpty else { return nil }
        id = json["kid"]?.string
    }

    func fits(_ algorithm: IDTokenRules.Algorithm) -> Bool { algorithms.contains(algorithm) }

    func verifies(_ token: SignedToken) -> Bool {
        guard fits(token.algorithm) else { return false }
        switch (material, token.algorithm) {
        case (.rsa(let key), .rs256), (.rsa(let key), .ps256):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: Data(token.signature)),
                for: SHA256.hash(data: token.signed),
                padding: token.algorithm == .rs256 ? .insecurePKCS1v1_5 : .PSS)
        case (.p256(let key), .es256):
            // Raw r and s of 32 bytes each (RFC 7518, 3.4), never DER.
            guard token.signature.count == 64,
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature)
            else { return false }
            return key.isValidSignature(signature, for: token.signed)
        default: return false
        }
    }

    /// A positive number without leading zeros.
    private static func number(_ json: JSON?) -> [UInt8]? {
        guard let text = json?.string, text.utf8.count <= 2048, let bytes = Base64URL.decode(text) else { return nil }
        let digits = bytes.drop { $0 == 0 }
        return digits.isEmpty ? nil : Array(digits)
    }

    private static func coordinate(_ json: JSON?) -> [UInt8]? {
        guard let text = json?.string, let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        return bytes
    }
}
