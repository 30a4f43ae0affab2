import AdapterKit

/// A good reply of a token endpoint (RFC 6749, 5.1), read strictly.
struct TokenReply: Sendable, Equatable {
    var tokens: ProviderTokens
    var idToken: Secret?

    /// Never kept beside the tokens themselves.
    private static let secretMembers: Set<String> = ["access_token", "refresh_token", "id_token"]

    /// - Parameters:
    ///   - asked: The scopes that were asked for, which count as granted where the reply names none.
    init(_ json: JSON, asked: [String], separator: String, at now: Timestamp) throws(SignInRefusal) {
        guard case .object(let members) = json else { throw SignInRefusal(.tokenReplyMalformed, "no object") }
        if json["error"] != nil { throw SignInRefusal(.exchangeRefused, TokenEndpoint.errorCode(json)) }
        guard let accessToken = try Self.token("access_token", json) else {
            throw SignInRefusal(.tokenReplyMalformed, "access_token is missing")
        }
        switch json["token_type"] {
        case nil: break
        case .string(let type) where type.lowercased() == "bearer": break
        default: throw SignInRefusal(.tokenReplyMalformed, "token_type")
        }
        let scopes = json["scope"]?.string.map { text in
            text.split { separator.contains($0) || $0 == " " }.map(String.init)
        }
        tokens = ProviderTokens(
            accessToken: Secret(accessToken), refreshToken: try Self.token("refresh_token", json).map { Secret($0) },
            accessExpiresAt: try Self.lifetime("expires_in", json).map { now + $0 },
            refreshExpiresAt: try Self.lifetime("refresh_token_expires_in", json).map { now + $0 },
            scopes: scopes ?? asked,
            reply: .object(members.filter { !Self.secretMembers.contains($0.name) }))
        idToken = try Self.token("id_token", json).map { Secret($0) }
    }

    private static func token(_ name: String, _ json: JSON) throws(SignInRefusal) -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let text) where !text.isEmpty && text.utf8.count <= 32 * 1024: return text
        default: throw SignInRefusal(.tokenReplyMalformed, name)
        }
    }

    /// Seconds, which some providers write as a text.
    private static func lifetime(_ name: String, _ json: JSON) throws(SignInRefusal) -> Duration? {
        guard let value = json[name], !value.isNull else { return nil }
        guard let text = value.identifier, let seconds = Int64(text), seconds > 0 else {
            throw SignInRefusal(.tokenReplyMalformed, name)
        }
        return .seconds(min(seconds, 10 * 365 * 86_400))
    }
}
