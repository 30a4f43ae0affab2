import Crypto
import Foundation

/// The key that opens every tenant's key: 32 random bytes that the operator keeps apart from the data.
public struct MasterKey: Sendable {
    let key: SymmetricKey

    /// - Parameter text: base64 of 32 bytes, as ``generate()`` gives it.
    /// - Returns: nil when the text is anything else.
    public init?(text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: trimmed), bytes.count == 32 else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// A new key as text.
    public static func generate() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// A key for one purpose, by HKDF-SHA256 (RFC 5869).
    func derived(for purpose: String) -> SymmetricKey { key.derived(for: purpose) }
}

extension SymmetricKey {
    func derived(for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: self, info: Data("comfile hub \(purpose)".utf8), outputByteCount: 32)
    }
}
