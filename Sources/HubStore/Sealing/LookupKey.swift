import Crypto
import Foundation

/// Turns a value that must not be stored into one that can be looked up: the first 128 bits of HMAC-SHA256 under a key
/// of the tenant. Equal values of two tenants have nothing in common.
struct LookupKey: Sendable {
    enum Purpose: UInt8 {
        case identity = 1
        case contactName, providerMessage, participant, idempotencyKey, request, notice, quarantine, settings
    }

    private let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    func lookup(_ purpose: Purpose, _ parts: String...) -> [UInt8] {
        var hash = HMAC<SHA256>(key: key)
        hash.update(data: [purpose.rawValue])
        for part in parts {
            var part = part
            part.withUTF8 { utf8 in
                // The length keeps ("a", "bc") and ("ab", "c") apart.
                withUnsafeBytes(of: UInt32(utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
                hash.update(bufferPointer: UnsafeRawBufferPointer(utf8))
            }
        }
        return Array(hash.finalize().prefix(16))
    }
}

extension HMAC {
    fileprivate mutating func update(bufferPointer: UnsafeRawBufferPointer) { update(data: bufferPointer) }
}
