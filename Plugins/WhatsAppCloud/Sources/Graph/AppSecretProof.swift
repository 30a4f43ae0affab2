import AdapterKit
import Crypto

/// Proves that a call comes from the app's own server: the HMAC-SHA256 of the token under the app secret, in hexadecimal.
/// Meta asks for it when the app has "Require App Secret" on, and takes a right one at any time.
struct AppSecretProof: Sendable {
    private let key: SymmetricKey

    /// Nil without a secret. While a secret is rotated it is the first, which is the current one.
    init?(_ secret: Secret?) {
        guard let secret else { return nil }
        key = SymmetricKey(data: Array(secret.reveal().utf8))
    }

    func of(_ token: Secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(token.reveal().utf8), using: key)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
