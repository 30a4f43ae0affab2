import Crypto
import FoundationEssentials

/// Proof Key for Code Exchange (RFC 7636).
enum PKCE {
    static let methods = ["S256", "plain"]

    /// Whether a challenge has the form of one: 43 to 128 unreserved characters.
    static func isWellFormed(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9._~-]{43,128}/) != nil
    }

    /// Checks the verifier of an exchange against the grant's challenge.
    /// - Throws: nothing when both are missing.
    static func check(_ verifier: String?, of grant: Grant) throws(OAuthError) {
        guard let challenge = grant.codeChallenge else {
            // A verifier where none was announced is what a downgrade looks like.
            guard verifier == nil else { throw OAuthError("invalid_grant", "code_verifier or verifier is not needed.") }
            return
        }
        guard let verifier else { throw OAuthError("invalid_grant", "Missing code verifier.") }
        guard isWellFormed(verifier) else { throw OAuthError("invalid_grant", "Invalid code verifier.") }
        let made = grant.codeChallengeMethod == "S256" ? self.challenge(of: verifier) : verifier
        guard SandboxSecret.isEqual(made, challenge) else {
            throw OAuthError("invalid_grant", "Invalid code verifier.")
        }
    }

    /// The S256 challenge of a verifier.
    static func challenge(of verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }
}
