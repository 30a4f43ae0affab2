import AdapterKit

/// One event of Cross-Account Protection (RISC).
///
/// developers.google.com/identity/protocols/risc
struct RiscEvent {
    private static let prefixes = [
        "https://schemas.openid.net/secevent/risc/event-type/", "https://schemas.openid.net/secevent/oauth/event-type/",
    ]

    /// The last part of a type that is known here, or the type as it is.
    let name: String
    private let json: JSON

    init(type: String, json: JSON) {
        let known = Self.prefixes.first { type.hasPrefix($0) }
        name = String(type.dropFirst(known?.count ?? 0).prefix(200))
        self.json = json
    }

    var kind: ProviderEvent.Kind {
        switch name {
        case "sessions-revoked", "account-credential-change-required": .sessionsRevoked
        case "tokens-revoked": .tokensRevoked
        case "token-revoked": digest.map { .tokenRevoked($0) } ?? .unknown(name)
        // A whole batch of accounts says nothing of this one that could be acted on.
        case "account-disabled": json["reason"]?.string == "bulk-account" ? .unknown(name) : .accountDisabled
        case "account-enabled": .accountEnabled
        case "account-purged": .accountDeleted
        case "verification": .verification
        default: .unknown(name)
        }
    }

    /// `{"subject_type": "iss-sub", "iss": "https://accounts.google.com/", "sub": "…"}`; nil for an event of no account,
    /// or of another provider's.
    var subject: String? {
        let subject = json["subject"]
        guard ["iss-sub", "id_token_claims"].contains(subject?["subject_type"]?.string ?? ""),
            [GoogleAdapter.issuer, GoogleAdapter.issuer + "/"].contains(subject?["iss"]?.string ?? "")
        else { return nil }
        return IdentityClaims(subject).subject()
    }

    /// `{"subject_type": "oauth_token", "token_type": "refresh_token", "token_identifier_alg": "…", "token": "…"}`.
    private var digest: ProviderEvent.TokenDigest? {
        guard let subject = json["subject"], subject["subject_type"]?.string == "oauth_token",
            subject["token_type"]?.string == "refresh_token", let value = subject["token"]?.string,
            (16...512).contains(value.utf8.count),
            let algorithm = subject["token_identifier_alg"]?.string
                .flatMap(ProviderEvent.TokenDigest.Algorithm.init)
        else { return nil }
        return ProviderEvent.TokenDigest(algorithm: algorithm, value: value)
    }
}
