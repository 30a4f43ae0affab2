import AdapterKit
import Crypto
import Foundation

/// What Facebook posts when somebody removes the app or asks for deletion: `signed_request=<signature>.<payload>`, both in
/// base64url without padding. The signature is HMAC-SHA256 under the app secret over the payload as it is encoded.
///
/// developers.facebook.com/docs/facebook-login/guides/advanced/existing-system#parsingsr
struct SignedRequest: Sendable {
    private static let field = "signed_request="
    private static let longest = 16 * 1024
    /// A clock of theirs may be ahead of ours.
    private static let tolerance: Duration = .seconds(300)

    /// Who it is about, and when it was issued. An old one is as good as a new one: Facebook repeats itself.
    struct Content {
        let userID: String
        let issuedAt: Int64
    }

    private let keys: [SymmetricKey]

    init(secrets: [Secret]) { keys = secrets.map { SymmetricKey(data: Array($0.reveal().utf8)) } }

    func read(_ request: WebhookRequest) throws(WebhookRejection) -> Content {
        let text = String(decoding: request.body.prefix(Self.longest + 1), as: UTF8.self)
        let fields = text.split(separator: "&", omittingEmptySubsequences: false).filter { $0.hasPrefix(Self.field) }
        guard fields.count == 1, text.utf8.count <= Self.longest else { throw .signatureMissing }
        let parts = fields[0].dropFirst(Self.field.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let code = Base64URL.decode(parts[0]), code.count == SHA256.byteCount else {
            throw .signatureMissing
        }
        // Before anything of the payload is looked at, even for the algorithm that it names.
        let signed = Data(parts[1].utf8)
        guard keys.contains(where: { HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: $0) })
        else { throw .signatureWrong }
        guard let bytes = Base64URL.decode(parts[1]), let payload = try? JSON.parse(bytes) else { throw .malformed }
        return try Self.content(payload, receivedAt: request.receivedAt)
    }

    /// `{"algorithm": "HMAC-SHA256", "issued_at": 1795420800, "user_id": "…"}`.
    private static func content(_ payload: JSON, receivedAt: Timestamp) throws(WebhookRejection) -> Content {
        guard payload["algorithm"]?.string?.lowercased() == "hmac-sha256" else { throw .signatureWrong }
        guard let userID = payload["user_id"]?.identifier, (1...60).contains(userID.utf8.count),
            userID.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let issuedAt = payload["issued_at"]?.integer,
            issuedAt > 0, Timestamp(seconds: issuedAt) - receivedAt <= tolerance
        else { throw .malformed }
        return Content(userID: userID, issuedAt: issuedAt)
    }
}
