import Crypto
import FoundationEssentials

/// One webhook on its way: what it says, to whom, and how it is signed.
struct ShopifyWebhook: Sendable {
    /// How one can be wrong.
    enum Flaw: String, Sendable, CaseIterable {
        case hmacMissing = "hmac_missing"
        case hmacWrong = "hmac_wrong"
        /// Hex in place of base64.
        case hmacHex = "hmac_hex"
        /// Signed with another app's secret.
        case otherSecret = "other_secret"
        /// Signed before spaces were put into the body: holds only for a receiver that writes the JSON anew.
        case reserialized
        /// No body, and a signature that holds for none.
        case emptyBody = "empty_body"
        /// The body is signed and no JSON.
        case notJSON = "not_json"
        case noTopic = "no_topic"
        case noShop = "no_shop"
        /// The shop's name in upper case.
        case upperShop = "upper_shop"
        case noID = "no_id"
        /// Header names without their `X-`, as newer libraries take them too.
        case unprefixed
    }

    let topic: String
    /// As the header says it.
    let shop: String
    let payload: JSON
    /// Of this delivery: a repeat has the same.
    let webhookID: String
    /// Of what happened: the same in all topics that tell of it.
    let eventID: String
    let apiVersion: String
    /// Unix milliseconds.
    let triggeredAt: Int
    /// What the subscription is called, where it has a name.
    var name: String?

    /// The bytes that are sent.
    func body(_ flaw: Flaw?) -> [UInt8] {
        switch flaw {
        case .emptyBody: []
        case .notJSON: Array("shop=\(shop)".utf8)
        case .reserialized: Self.spaced(payload.shopifyBytes)
        default: payload.shopifyBytes
        }
    }

    func headers(secret: String, flaw: Flaw?) -> [(String, String)] {
        let prefix = flaw == .unprefixed ? "Shopify-" : "X-Shopify-"
        var headers = [
            ("Content-Type", "application/json"), ("User-Agent", "Shopify-Captain-Hook"), ("Accept", "*/*"),
            (prefix + "API-Version", apiVersion), (prefix + "Event-Id", eventID),
            (prefix + "Triggered-At", triggeredTime),
        ]
        if let name { headers.append((prefix + "Name", name)) }
        if flaw != .noTopic { headers.append((prefix + "Topic", topic)) }
        if flaw != .noShop { headers.append((prefix + "Shop-Domain", flaw == .upperShop ? shop.uppercased() : shop)) }
        if flaw != .noID { headers.append((prefix + "Webhook-Id", webhookID)) }
        if let hmac = signature(secret: secret, flaw: flaw) { headers.append((prefix + "Hmac-Sha256", hmac)) }
        return headers
    }

    private func signature(secret: String, flaw: Flaw?) -> String? {
        let signed = flaw == .reserialized ? payload.shopifyBytes : body(flaw)
        let key = flaw == .otherSecret ? "another-app-secret" : secret
        var code = Array(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Data(key.utf8))))
        switch flaw {
        case .hmacMissing: return nil
        case .hmacHex: return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .hmacWrong: code[0] ^= 1
        default: break
        }
        return Data(code).base64EncodedString()
    }

    /// With the nanoseconds that Shopify writes.
    private var triggeredTime: String {
        let part = String(triggeredAt % 1000)
        let fraction = String(repeating: "0", count: 3 - part.count) + part + "000000"
        return ShopifyFormat.time(triggeredAt / 1000).dropLast() + ".\(fraction)Z"
    }

    /// The same JSON with a space behind each comma between members.
    private static func spaced(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var isText = false
        var isEscaped = false
        for byte in bytes {
            output.append(byte)
            if isText, !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            if byte == UInt8(ascii: "\""), !isEscaped { isText.toggle() }
            if !isText, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { output.append(0x20) }
            isEscaped = false
        }
        return output
    }
}

extension JSON {
    /// The value as Shopify writes it: UTF-8 as it is, `/` too, and `&`, `<` and `>` as escapes.
    ///
    /// A receiver that checks a signature over its own re-serialised copy, not over the bytes that came, fails on this.
    var shopifyBytes: [UInt8] {
        switch self {
        case .null, .bool, .number: bytes
        case .string(let text): Self.shopify(text)
        case .array(let elements): Array("[".utf8) + elements.map(\.shopifyBytes).joined(separator: [0x2C]) + [0x5D]
        case .object(let members):
            Array("{".utf8)
                + members.map { Self.shopify($0.name) + [0x3A] + $0.value.shopifyBytes }.joined(separator: [0x2C])
                + [0x7D]
        }
    }

    private static func shopify(_ text: String) -> [UInt8] {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "&": output += "\\u0026"
            case "<": output += "\\u003c"
            case ">": output += "\\u003e"
            case _ where scalar.value < 0x20:
                output += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return Array((output + "\"").utf8)
    }
}
