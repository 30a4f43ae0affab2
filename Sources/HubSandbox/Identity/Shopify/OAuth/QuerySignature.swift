import Crypto
import FoundationEssentials

/// The `hmac` of a callback: over all other fields of the query, sorted by name.
enum QuerySignature {
    /// How names and values go into the signed text. Both are in use among clients; they agree unless a value has
    /// characters that a query escapes.
    enum Form: String, Sendable, CaseIterable {
        /// As they are, with `%`, `&` and (in names) `=` escaped.
        case decoded
        /// Percent-encoded, as in the query itself.
        case encoded
    }

    /// HMAC-SHA256 with the app's secret, in lower-case hex.
    /// - Parameter fields: may include `hmac` and the old `signature`, which are left out.
    static func make(_ fields: FormFields, secret: String, form: Form = .decoded) -> String {
        let pairs = fields.fields.filter { $0.name != "hmac" && $0.name != "signature" }.map { field in
            switch form {
            case .decoded:
                escaped(field.name, also: "=") + "=" + escaped(field.value)
            case .encoded:
                FormFields.encoded(field.name) + "=" + FormFields.encoded(field.value)
            }
        }
        let text = pairs.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "&")
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    private static func escaped(_ text: String, also: Character? = nil) -> String {
        var output = ""
        for character in text {
            switch character {
            case "%": output += "%25"
            case "&": output += "%26"
            case "=" where also == "=": output += "%3D"
            default: output.append(character)
            }
        }
        return output
    }
}
