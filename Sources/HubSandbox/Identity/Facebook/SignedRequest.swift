import Crypto
import FoundationEssentials

/// What Facebook posts to the deauthorize and the data deletion callbacks: `signature.payload`, both base64url.
///
/// The signature is HMAC-SHA256 with the app's secret over the payload as it is encoded, not over what it decodes to.
enum SignedRequest {
    /// How one can be wrong.
    enum Flaw: String, Sendable, CaseIterable {
        /// One bit of the signature is another.
        case badSignature = "bad_signature"
        /// The payload says `none`, and there is no signature.
        case algorithmNone = "algorithm_none"
        /// The payload says `hmac-sha256`, properly signed. Receivers compare without regard to case.
        case algorithmLowerCase = "algorithm_lower_case"
        /// The payload names another algorithm, properly signed.
        case algorithmOther = "algorithm_other"
        /// There is no dot.
        case onePart = "one_part"
        case threeParts = "three_parts"
        /// The payload is properly signed and no JSON.
        case notJSON = "not_json"
        /// Base64 with its `=` at the end; signed over the payload as sent.
        case padding
        /// Signed over the decoded payload.
        case signedPayload = "signed_payload"
        /// Signed with another app's secret.
        case otherSecret = "other_secret"
        /// The payload has no `user_id`.
        case noUser = "no_user"
        /// Issued ten minutes from now.
        case future
        /// Issued thirty days ago: still good, as callbacks are repeated.
        case old
        case empty
    }

    /// - Parameters:
    ///   - userID: app-scoped.
    ///   - now: Unix seconds.
    static func make(userID: String, secret: String, now: Int, flaw: Flaw? = nil) -> String {
        let algorithm =
            switch flaw {
            case .algorithmNone: "none"
            case .algorithmLowerCase: "hmac-sha256"
            case .algorithmOther: "HMAC-SHA1"
            default: "HMAC-SHA256"
            }
        let issuedAt =
            switch flaw {
            case .future: now + 600
            case .old: now - 30 * 86_400
            default: now
            }
        let payload: JSON = [
            "user_id": flaw == .noUser ? nil : JSON(userID), "algorithm": JSON(algorithm), "issued_at": JSON(issuedAt),
        ]
        let bytes = flaw == .notJSON ? Array("user_id=\(userID)".utf8) : payload.bytes
        let encoded = flaw == .padding ? padded(Base64URL.encode(bytes)) : Base64URL.encode(bytes)
        let key = flaw == .otherSecret ? "another-app-secret" : secret
        var signature = code(flaw == .signedPayload ? bytes : Array(encoded.utf8), key: key)
        if flaw == .badSignature { signature[0] ^= 1 }
        let first = flaw == .padding ? padded(Base64URL.encode(signature)) : Base64URL.encode(signature)
        switch flaw {
        case .algorithmNone: return ".\(encoded)"
        case .onePart: return encoded
        case .threeParts: return "\(first).\(encoded).\(encoded)"
        case .empty: return ""
        default: return "\(first).\(encoded)"
        }
    }

    private static func code(_ bytes: [UInt8], key: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Data(key.utf8))))
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
