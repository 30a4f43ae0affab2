/// What can be wrong with the form of a token.
extension IDTokenFaults {
    static let shape: [IDTokenFault] = [
        // The signature alone: header and claims are signed as they are spelled.
        reshaped("padded", "the signature is padded with = (row 31)") { token in
            let length = token.split(separator: ".").last?.utf8.count ?? 0
            return token + String(repeating: "=", count: (4 - length % 4) % 4)
        },
        reshaped("non_canonical", "the last character of the signature has bits that mean nothing (row 31)") { token in
            // An RSA signature of 256 bytes leaves four bits of its last character unused.
            guard let last = token.last, let index = alphabet.firstIndex(of: last) else { return token }
            return token.dropLast() + String(alphabet[index ^ 1])
        },
        reshaped("whitespace", "spaces and line ends in the token (row 31)") { token in
            " " + token.split(separator: ".").joined(separator: ".\n") + " "
        },
        reshaped("two_segments", "no third part (row 31)") { token in
            token.split(separator: ".").prefix(2).joined(separator: ".")
        },
        reshaped("four_segments", "a fourth part (row 31)") { $0 + ".e30" },
        reshaped("five_segments", "five parts, as an encrypted token has (row 31)") { $0 + ".e30.e30" },
        IDTokenFault("oversized", .whole(1...10_000_000), "a claim of so many bytes more (row 32)") { draft, value, _ in
            draft.set("padding", JSON(String(repeating: "x", count: value.integer ?? 65_536)))
        },
        IDTokenFault("deep", .whole(1...1_000_000), "a claim of lists nested so deep (row 32)") { draft, value, _ in
            let depth = value.integer ?? 10_000
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            draft.claimsText = String(decoding: draft.claims.bytes.dropLast(), as: UTF8.self) + ",\"deep\":\(nested)}"
        },
        IDTokenFault("not_json", .flag, "the claims are no JSON") { draft, _, _ in draft.claimsText = "{sub:1}" },
        IDTokenFault("access_token_as_id_token", .flag, "a signed access token in its place (row 33)") {
            draft, _, scene in
            draft.setHeader("typ", "at+jwt")
            draft.claims = draft.claims.without(["nonce", "at_hash", "azp", "email", "email_verified", "name"])
            draft.set("scope", "openid email")
            draft.set("client_id", JSON(scene.client.id))
        },
        IDTokenFault("logout_token", .flag, "a signed logout token in its place (row 33)") { draft, _, _ in
            draft.setHeader("typ", "logout+jwt")
            draft.set("events", ["http://schemas.openid.net/event/backchannel-logout": .object([])])
            draft.set("sid", "08a5019c-17e1-4977-8f42-65a12843ea02")
            draft.remove("nonce")
        },
        IDTokenFault("event_token", .flag, "a signed security event token in its place (row 33)") { draft, _, scene in
            draft.setHeader("typ", "secevent+jwt")
            draft.claims = [
                "iss": JSON(scene.issuer), "aud": JSON(scene.client.id), "iat": JSON(scene.now),
                "jti": JSON(SandboxSecret.random()), "sub": draft.claims["sub"],
                "events": ["https://schemas.openid.net/secevent/risc/event-type/sessions-revoked": .object([])],
            ]
        },
    ]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    private static func reshaped(
        _ name: String, _ does: String, _ reshape: @escaping @Sendable (String) -> String
    ) -> IDTokenFault {
        IDTokenFault(name, .flag, does) { draft, _, _ in draft.reshape = reshape }
    }
}
