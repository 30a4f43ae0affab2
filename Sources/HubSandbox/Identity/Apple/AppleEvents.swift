import Hummingbird

/// Apple's server-to-server notifications, sent on request (`POST /_sandbox/apple/events`).
struct AppleEvents: Sendable {
    /// `account-delete` is what is sent, `account-deleted` what Apple's current page says.
    private static let types = [
        "email-enabled", "email-disabled", "consent-revoked", "account-delete", "account-deleted",
    ]

    let identity: AppleIdentity
    private var provider: IdentityProvider { identity.provider }

    func add(to control: RouterGroup<SandboxContext>) {
        control.post("events") { request, _ in try await send(try await request.json(), base: request.base) }
    }

    private func send(_ json: JSON, base: String) async throws -> Response {
        guard let url = json["url"]?.text else { throw ControlError("'url' (where the event is posted) is missing") }
        try OutgoingPost.check(url)
        let copies = json["copies"]?.integer ?? 1
        guard (1...100).contains(copies) else { throw ControlError("'copies' takes a number from 1 to 100") }
        let token = try await token(json, base: base)
        let body =
            json["body"]?.text.map { Array($0.utf8) } ?? JSON.object([.init(name: "payload", value: JSON(token))]).bytes
        let type = json["content_type"]?.text ?? "application/json"
        var report = JSON.null
        for _ in 0..<copies {
            report = await identity.outgoing.send(body, to: url, headers: [("content-type", type)]).report
        }
        return .json(report.adding("token", JSON(token)))
    }

    private func token(_ json: JSON, base: String) async throws -> String {
        if let raw = json["raw"]?.text { return raw }
        let known = await provider.clients
        let named = json["client"]?.text
        guard let client = known.first(where: { named == nil || $0.id == named }) else {
            throw ControlError("no such client at Apple here", http: 404)
        }
        let event = try await event(json, client: client)
        // Apple writes the event as a text of JSON inside the JSON.
        let events = json["as_object"] == true ? event : JSON(String(decoding: event.bytes, as: UTF8.self))
        let claims: JSON = [
            "iss": JSON(AppleAccount.issuer), "aud": JSON(client.id), "iat": JSON(provider.now),
            "exp": JSON(provider.now + 86_400), "jti": JSON(json["jti"]?.text ?? SandboxSecret.random()),
            "events": events,
        ]
        let scene = IDTokenScene(
            client: client, keys: identity.keys, base: base, now: provider.now, issuer: AppleAccount.issuer)
        var draft = IDTokenDraft(claims: claims, key: try await identity.keys.current(), type: nil)
        try await IDTokenFaults.apply(json, to: &draft, scene)
        return try draft.text()
    }

    /// What an event says, and what it means for the tokens here.
    private func event(_ json: JSON, client: SandboxConfiguration.IdentityClient) async throws -> JSON {
        if let event = json["event"] { return event }
        guard let type = json["type"]?.text else { throw ControlError("'type', 'event' or 'raw' is missing") }
        guard Self.types.contains(type) || json["unknown_type"] == true else {
            throw ControlError("'type' takes one of \(Self.types.joined(separator: ", ")); or set 'unknown_type'")
        }
        var subject = json["subject"]?.text ?? ""
        var email: String?
        var isPrivate = false
        if subject.isEmpty {
            let person = try provider.people.person(in: json)
            let account = AppleAccount(
                person: person, client: client, hidesEmail: identity.choices.hidesEmail(person, client))
            (subject, email, isPrivate) = (account.subject, account.email, account.hidesEmail)
            if type == "consent-revoked" || type.hasPrefix("account-delete") {
                await provider.changeGrants { $0.revokeAll(personID: person.id) }
            }
        }
        let isOfEmail = type.hasPrefix("email-")
        return [
            "type": JSON(type), "sub": JSON(subject), "event_time": JSON(provider.clock.milliseconds),
            "email": isOfEmail ? email.map { JSON($0) } : nil,
            "is_private_email": isOfEmail ? JSON(isPrivate ? "true" : "false") : nil,
        ]
    }
}
