import AdapterKit
import Crypto

/// Shopify's proof that a callback is its own: `hmac`, the HMAC-SHA256 of all other parameters under the app's secret, in
/// lower-case hexadecimal digits.
///
/// Shopify's own libraries differ in how parameters become the signed text. For what Shopify sends today their texts are
/// the same; a callback that fits either of the two that cover all parameters is taken.
struct CallbackSignature: Sendable {
    /// How far Shopify's clock may be ahead of ours.
    private static let ahead: Duration = .seconds(90)
    /// `signature` is an older proof, which was never part of the signed text.
    private static let unsigned: Set<String> = ["hmac", "signature"]

    private let keys: [SymmetricKey]
    private let window: Duration

    init(secrets: [Secret], window: Duration) {
        keys = secrets.map { SymmetricKey(data: Array($0.reveal().utf8)) }
        self.window = window
    }

    /// Checks signature, age and shop, in this order: nothing is believed before the signature.
    func prove(_ callback: SignInCallback, of shop: ShopName) throws(SignInRefusal) {
        guard let given = callback.parameters["hmac"], !given.isEmpty else {
            throw SignInRefusal(.proofMissing, "hmac")
        }
        guard isSigned(callback.parameters, given) else { throw SignInRefusal(.proofWrong, "hmac") }
        guard let text = callback.parameters["timestamp"], (1...12).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text)
        else { throw SignInRefusal(.proofStale, "timestamp") }
        let age = callback.receivedAt - Timestamp(seconds: seconds)
        guard age <= window, age >= .zero - Self.ahead else { throw SignInRefusal(.proofStale, "timestamp") }
        guard callback.parameters["shop"].flatMap(ShopName.init(domain:)) == shop else {
            throw SignInRefusal(.shopWrong, "callback")
        }
    }

    /// All secrets and both texts are tried, whichever fits.
    private func isSigned(_ parameters: [String: String], _ given: String) -> Bool {
        let signed = parameters.filter { !Self.unsigned.contains($0.key) }
        var fits = false
        for text in [Self.plainText(signed), Self.encodedText(signed)] {
            for key in keys {
                let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
                fits = ConstantTime.isEqual(Hexadecimal.text(code), given) || fits
            }
        }
        return fits
    }

    /// The decoded values, with `%`, `&` and in names `=` escaped, so that no two lists of parameters have one text.
    private static func plainText(_ parameters: [String: String]) -> String {
        parameters.map { name, value in
            if name.hasSuffix("[]") { return pair(String(name.dropLast(2)), "[\"\(value)\"]") }
            return pair(name, value)
        }.sorted(by: precedes).joined(separator: "&")
    }

    private static func pair(_ name: String, _ value: String) -> String {
        let name = name.replacing("%", with: "%25").replacing("=", with: "%3D")
        return "\(name)=\(value.replacing("%", with: "%25"))".replacing("&", with: "%26")
    }

    /// As in a form, but with `%20` for a space.
    private static func encodedText(_ parameters: [String: String]) -> String {
        parameters.sorted { precedes($0.key, $1.key) }
            .map { "\(ShopifyFormText.encoded($0.key))=\(ShopifyFormText.encoded($0.value))" }.joined(separator: "&")
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
