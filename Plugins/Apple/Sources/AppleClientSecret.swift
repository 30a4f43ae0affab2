import AdapterKit
import Crypto
import Foundation

/// Makes the client secret that Apple takes: a JWT signed by the team's key with ES256 (RFC 7515, RFC 7518).
struct AppleClientSecret: Sendable {
    private static let lifetime: Int64 = 300

    private let teamID: String
    private let keyID: String
    private let key: P256.Signing.PrivateKey

    /// - Throws: ``SettingsProblem`` when the key is missing, or no P-256 key in PEM.
    init(_ settings: AdapterSettings) throws(SettingsProblem) {
        guard let teamID = settings.text("team_id"), let keyID = settings.text("key_id"),
            let text = settings.secret("private_key")
        else { throw SettingsProblem(key: "private_key", message: "is missing, or team_id or key_id is") }
        self.teamID = teamID
        self.keyID = keyID
        // An environment variable may hold the file in one line.
        let pem = text.reveal().replacing("\\n", with: "\n")
        guard pem.contains("BEGIN PRIVATE KEY"), let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else {
            throw SettingsProblem(key: "private_key", message: "must be the .p8 file that Apple gives for the key")
        }
        self.key = key
    }

    func mint(audience: String, subject: String, at now: Timestamp) throws(SignInRefusal) -> Secret {
        let seconds = now.milliseconds / 1000
        let header: JSON = ["alg": "ES256", "kid": .string(keyID), "typ": "JWT"]
        let claims: JSON = [
            "iss": .string(teamID), "iat": .integer(seconds), "exp": .integer(seconds + Self.lifetime),
            "aud": .string(audience), "sub": .string(subject),
        ]
        let signed = "\(Base64URL.encode(header.encoded)).\(Base64URL.encode(claims.encoded))"
        guard let signature = try? key.signature(for: Data(signed.utf8)) else {
            throw SignInRefusal(.misconfigured, "private_key cannot sign")
        }
        // The two numbers side by side, 64 bytes, and not in ASN.1.
        return Secret("\(signed).\(Base64URL.encode(signature.rawRepresentation))")
    }
}
