import Crypto
import Foundation

/// Turns a value that must not be stored into one that can be looked up: the first 128 bits of HMAC-SHA256 under a key
/// of the tenant. Equal values of two tenants have nothing in common.
struct LookupKey: Sendable {
    enum Purpose: UInt8 {
        case identity = 1
        case contactName, providerMessage, participant, idempotencyKey, request, notice, quarantine, settings
        case account, sessionToken, signInState, browser, invitationToken, apiKey, providerEvent
        case deletionRequest, deletionCode, contactRecord, recordEmail
    }

    /// Keyed already: making an HMAC from its key costs as much as hashing a short value.
    private let keyed: HMAC<SHA256>

    init(_ key: SymmetricKey) { keyed = HMAC(key: key) }

    func lookup(_ purpose: Purpose, _ parts: String...) -> [UInt8] {
        var message = [purpose.rawValue]
        for part in parts {
            // The length keeps ("a", "bc") and ("ab", "c") apart.
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: part.utf8)
        }
        var hash = keyed
        hash.update(data: message)
        return hash.finalize().withUnsafeBytes { Array($0.prefix(16)) }
    }
}
