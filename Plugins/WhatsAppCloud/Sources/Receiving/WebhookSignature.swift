import AdapterKit
import Crypto

/// Meta's proof that a webhook is its own: `X-Hub-Signature-256: sha256=<64 hexadecimal digits>`, the HMAC-SHA256 of the
/// raw body under the app secret.
struct WebhookSignature: Sendable {
    static let header = "x-hub-signature-256"
    private static let prefix = "sha256="

    private let keys: [SymmetricKey]

    init(secrets: [Secret]) {
        keys = secrets.map { SymmetricKey(data: Array($0.reveal().utf8)) }
    }

    func verify(_ request: WebhookRequest) throws(WebhookRejection) {
        guard request.headers.count(Self.header) == 1, let value = request.headers[Self.header] else {
            throw .signatureMissing
        }
        guard let code = Self.code(in: value) else { throw .signatureWrong }
        for key in keys
        where HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: request.body, using: key) {
            return
        }
        throw .signatureWrong
    }

    private static func code(in value: String) -> [UInt8]? {
        let text = value.utf8
        guard text.count == prefix.utf8.count + 64, value.hasPrefix(prefix) else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        var high: UInt8?
        for byte in text.dropFirst(prefix.utf8.count) {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            if let first = high {
                code.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return code
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
