import Crypto
import FoundationEssentials
import Hummingbird

/// Cross-Account Protection: security event tokens that are sent on request (`POST /_sandbox/google/events`).
struct GoogleEvents: Sendable {
    /// The address part of each type, by its short name.
    private static let types = [
        "verification": "risc", "sessions-revoked": "risc", "account-disabled": "risc", "account-enabled": "risc",
        "account-purged": "risc", "account-credential-change-required": "risc", "tokens-revoked": "oauth",
        "token-revoked": "oauth",
    ]

    let identity: GoogleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to control: RouterGroup<SandboxContext>) {
        control.post("events") { request, _ in try await send(try await request.json(), base: request.base) }
    }

    private func send(_ json: JSON, base: String) async throws -> Response {
        guard let url = json["url"]?.text else { throw ControlError("'url' (where the event is posted) is missing") }
        try OutgoingPost.check(url)
        let token = try await token(json, base: base)
        let copies = json["copies"]?.integer ?? 1
        guard (1...100).contains(copies) else { throw ControlError("'copies' takes a number from 1 to 100") }
        let type = json["content_type"]?.text ?? "application/secevent+jwt"
        var report = JSON.null
        for _ in 0..<copies {
            report = await identity.outgoing.send(Array(token.utf8), to: url, headers: [("content-type", type)]).report
        }
        return .json(report.adding("token", JSON(token)))
    }

    private func token(_ json: JSON, base: String) async throws -> String {
        if let raw = json["raw"]?.text { return raw }
        guard let type = json["type"]?.text else { throw ControlError("'type' or 'raw' is missing") }
        let event: String
        if type.hasPrefix("https://") {
            event = type
        } else if let family = Self.types[type] {
            event = "https://schemas.openid.net/secevent/\(family)/event-type/\(type)"
        } else {
            throw ControlError(
                "'type' takes an address or one of \(Self.types.keys.sorted().joined(separator: ", "))")
        }
        let clients = await provider.clients
        guard let first = clients.first else { throw ControlError("Google has no clients here") }
        let audience = json["aud"] ?? .array(clients.map { JSON($0.id) })
        let claims: JSON = [
            "iss": JSON(GoogleAccount.eventIssuer), "aud": audience, "iat": JSON(provider.now),
            "jti": JSON(json["jti"]?.text ?? SandboxSecret.random()),
            "events": .object([.init(name: event, value: try await details(type, json))]),
        ]
        let scene = IDTokenScene(
            client: first, keys: identity.keys, base: base, now: provider.now, issuer: GoogleAccount.eventIssuer)
        var draft = IDTokenDraft(claims: claims, key: try await identity.keys.current(), type: "secevent+jwt")
        try await IDTokenFaults.apply(json, to: &draft, scene)
        return try draft.text()
    }

    /// What an event says, and what it means for the tokens here.
    private func details(_ type: String, _ json: JSON) async throws -> JSON {
        if type == "verification" { return ["state": JSON(json["state"]?.text ?? "sandbox")] }
        if type == "token-revoked", let token = json["token"]?.text {
            let subject: JSON = [
                "subject_type": "oauth_token", "token_type": "refresh_token",
                "token_identifier_alg": "hash_SHA512_double", "token": JSON(Self.doubleHash(token)),
            ]
            _ = await provider.revoke(token)
            return ["subject": subject]
        }
        let subject: String
        if let given = json["subject"]?.text {
            subject = given
        } else {
            let person = try provider.people.person(in: json)
            subject = GoogleAccount.subject(person)
            if ["tokens-revoked", "account-purged"].contains(type) {
                await provider.changeGrants { $0.revokeAll(personID: person.id) }
            }
        }
        return [
            "subject": [
                "subject_type": "iss-sub", "iss": JSON(GoogleAccount.eventIssuer), "sub": JSON(subject),
            ],
            "reason": json["reason"]?.text.map { JSON($0) },
        ]
    }

    private static func doubleHash(_ token: String) -> String {
        Base64URL.encode(SHA512.hash(data: Data(SHA512.hash(data: Data(token.utf8)))))
    }
}
