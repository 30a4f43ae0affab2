import Crypto
import CryptoExtras
import FoundationEssentials

/// An RSA key that signs a provider's tokens, with the id under which it is published.
struct SigningKey: Sendable {
    let kid: String
    let privateKey: _RSA.Signing.PrivateKey

    /// - Parameter bits: 2048 for a provider's key; 1024 for one that must not be trusted.
    init(bits: Int = 2048) throws {
        privateKey = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: bits))
        // Forty hexadecimal digits, as Google names its keys.
        let digest = SHA256.hash(data: privateKey.publicKey.derRepresentation)
        kid = digest.prefix(20).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The public half as PEM (SPKI): what a careless verifier takes for an HMAC secret.
    var publicPEM: String { privateKey.publicKey.pemRepresentation }

    /// The public half as DER (SPKI).
    var publicDER: [UInt8] { Array(privateKey.publicKey.derRepresentation) }

    /// The public half as a JWK (RFC 7517).
    func publicJWK() throws -> JSON {
        let numbers = try privateKey.publicKey.getKeyPrimitives()
        return [
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": JSON(kid), "n": Self.number(numbers.modulus),
            "e": Self.number(numbers.publicExponent),
        ]
    }

    /// The whole key as a JWK, for tests that mint tokens with libraries of their own.
    func privateJWK() throws -> JSON {
        let names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
        // PKCS #1: a sequence of the version and eight numbers.
        var reader = DERReader(Array(privateKey.derRepresentation))
        let numbers = try reader.sequenceOfIntegers()
        guard numbers.count == names.count + 1 else { throw DERReader.Malformed() }
        let members = zip(names, numbers.dropFirst()).map { JSON.Member(name: $0, value: Self.number($1)) }
        return .object(
            [("kty", "RSA"), ("use", "sig"), ("alg", "RS256"), ("kid", kid)].map { .init(name: $0, value: JSON($1)) }
                + members)
    }

    /// Signs with RSASSA-PKCS1-v1_5, or PSS for `PS256`.
    func signature(of text: String, algorithm: String = "RS256") throws -> [UInt8] {
        let data = Data(text.utf8)
        let signature =
            switch algorithm {
            case "RS384":
                try privateKey.signature(for: SHA384.hash(data: data), padding: .insecurePKCS1v1_5)
            case "RS512":
                try privateKey.signature(for: SHA512.hash(data: data), padding: .insecurePKCS1v1_5)
            case "PS256": try privateKey.signature(for: SHA256.hash(data: data), padding: .PSS)
            default: try privateKey.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5)
            }
        return Array(signature.rawRepresentation)
    }

    /// A number without leading zeros, in base64url (RFC 7518, section 6.3).
    private static func number(_ bytes: some Sequence<UInt8>) -> JSON {
        JSON(Base64URL.encode(bytes.drop { $0 == 0 }))
    }
}

/// Reads as much of DER as a private RSA key in PKCS #1 needs.
struct DERReader {
    struct Malformed: Error {}

    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    mutating func sequenceOfIntegers() throws(Malformed) -> [[UInt8]] {
        bytes = try value(tag: 0x30)
        var integers: [[UInt8]] = []
        while !bytes.isEmpty { integers.append(Array(try value(tag: 0x02))) }
        return integers
    }

    private mutating func value(tag: UInt8) throws(Malformed) -> ArraySlice<UInt8> {
        guard bytes.popFirst() == tag, let first = bytes.popFirst() else { throw Malformed() }
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...3).contains(count), bytes.count >= count else { throw Malformed() }
            length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(count)
        }
        guard bytes.count >= length else { throw Malformed() }
        defer { bytes = bytes.dropFirst(length) }
        return bytes.prefix(length)
    }
}
