import Crypto
import FoundationEssentials

/// The `X-Hub-Signature-256` of a webhook: HMAC-SHA256 with the app secret over the bytes as sent.
enum WebhookSignature {
    static func header(of body: [UInt8], secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
        return "sha256=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
