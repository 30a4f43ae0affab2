import AdapterKit
import Crypto

/// Tokens that nobody can guess.
enum RandomToken {
    /// 256 bits as 43 characters of base64url.
    static func make() -> Secret {
        let key = SymmetricKey(size: .bits256)
        return Secret(key.withUnsafeBytes { Base64URL.encode($0) })
    }
}

/// A PKCE verifier and its challenge (RFC 7636, S256).
struct PKCE: Sendable {
    let verifier: Secret

    init() { verifier = RandomToken.make() }

    var challenge: String { Base64URL.encode(SHA256.hash(data: Array(verifier.reveal().utf8))) }
}
