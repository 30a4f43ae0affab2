import AdapterKit
import Crypto
import Foundation

/// Shopify's proof that a webhook is its own: the HMAC-SHA256 of the raw body under the app's secret, in base64.
struct WebhookSignature: Sendable {
    /// The header of today and the one without the prefix that takes its place.
    private static let headers = ["x-shopify-hmac-sha256", "shopify-hmac-sha256"]

    private let keys: [SymmetricKey]

    init(secrets: [Secret]) { keys = secrets.map { SymmetricKey(data: Array($0.reveal().utf8)) } }

    func verify(_ request: WebhookRequest) throws(WebhookRejection) {
        let values = Self.headers.compactMap { request.headers[$0] }
        guard let value = values.first, values.allSatisfy({ $0 == value }),
            Self.headers.allSatisfy({ request.headers.count($0) <= 1 })
        else { throw .signatureMissing }
        // One spelling alone: what decodes the same and reads otherwise is none of Shopify's.
        guard let code = Data(base64Encoded: value), code.count == SHA256.byteCount, code.base64EncodedString() == value
        else { throw .signatureWrong }
        for key in keys
        where HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: request.body, using: key) {
            return
        }
        throw .signatureWrong
    }
}
