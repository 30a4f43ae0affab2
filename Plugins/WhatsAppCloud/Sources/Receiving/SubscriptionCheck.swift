import AdapterKit
import Crypto

/// Meta's check of a callback address: `?hub.mode=subscribe&hub.challenge=…&hub.verify_token=…`.
struct SubscriptionCheck {
    let token: Secret

    func answer(_ query: [String: String]) throws(WebhookRejection) -> String {
        // Digests compare in constant time and have one length, so nothing tells how much of a guess was right.
        guard query["hub.mode"] == "subscribe", let given = query["hub.verify_token"],
            SHA256.hash(data: Array(given.utf8)) == SHA256.hash(data: Array(token.reveal().utf8)),
            let challenge = query["hub.challenge"], Self.isHarmless(challenge)
        else { throw .handshakeWrong }
        return challenge
    }

    /// The challenge is the caller's text in our answer, so only what cannot be markup goes back.
    private static func isHarmless(_ challenge: String) -> Bool {
        (1...128).contains(challenge.utf8.count)
            && challenge.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            }
    }
}
