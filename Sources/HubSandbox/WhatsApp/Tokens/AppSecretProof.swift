import Crypto
import FoundationEssentials

/// `appsecret_proof`: shows that who uses a token also knows the app's secret.
enum AppSecretProof {
    /// HMAC-SHA256 of the token with the app secret, in lower-case hex.
    static func make(token: String, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(token.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// - Parameter proof: as given with a call; nil where none was.
    static func check(_ proof: String?, token: String, secret: String, isRequired: Bool) throws(GraphError) {
        guard let proof else {
            guard isRequired else { return }
            throw GraphError(
                http: 400, code: 100, title: "API calls from the server require an appsecret_proof argument")
        }
        guard proof == make(token: token, secret: secret) else {
            throw GraphError(
                http: 400, code: 100, title: "Invalid appsecret_proof provided in the API argument")
        }
    }
}
