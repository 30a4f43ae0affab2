import AdapterKit
import Crypto
import Foundation

/// The `webhook-signature` of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`.
struct StandardSignature: Sendable {
    private static let prefix = "whsec_"

    private let keys: [SymmetricKey]

    /// - Throws: ``SettingsProblem`` when there is no secret or one is not `whsec_` and 24 to 64 bytes in base64.
    init(secrets: [Secret]) throws(SettingsProblem) {
        guard !secrets.isEmpty else { throw SettingsProblem(key: "secret", message: "is missing") }
        var keys: [SymmetricKey] = []
        for secret in secrets { keys.append(try Self.key(secret.reveal())) }
        self.keys = keys
    }

    /// One `v1,<base64>` per secret, so that a receiver that knows either of two accepts it while they are rotated.
    func header(id: String, seconds: Int64, body: [UInt8]) -> String {
        let start = Array("\(id).\(seconds).".utf8)
        return keys.map { key in
            var code = HMAC<SHA256>(key: key)
            code.update(data: start)
            code.update(data: body)
            return "v1,\(Data(code.finalize()).base64EncodedString())"
        }.joined(separator: " ")
    }

    private static func key(_ text: String) throws(SettingsProblem) -> SymmetricKey {
        guard text.hasPrefix(prefix), let bytes = Data(base64Encoded: String(text.dropFirst(prefix.count))) else {
            throw SettingsProblem(key: "secret", message: "must be whsec_ and base64")
        }
        guard (24...64).contains(bytes.count) else {
            throw SettingsProblem(key: "secret", message: "must be 24 to 64 bytes long")
        }
        return SymmetricKey(data: bytes)
    }
}
