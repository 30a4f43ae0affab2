import AdapterKit
import AdapterTesting

/// A small provider client that keeps every rule, unless its setting `fault` tells it which one to break.
struct ToyProvider: IdentityAdapter, ClientSecretMinting, CallbackProof, GrantRevoking, ProviderEvents {
    static let manifest = AdapterManifest(
        name: "toy-id", kind: .identity, version: "1.0.0", summary: "Sign-in for tests of the kit.",
        settings: SettingsSchema([
            SettingsField("client_id", .text, scope: .app, required: true, summary: "The client."),
            SettingsField("client_secret", .secret, scope: .app, required: true, summary: "Signs."),
            SettingsField("tenant", .text, required: true, summary: "Whose it is."),
            SettingsField("fault", .text, scope: .app, summary: "The rule to break."),
        ]),
        capabilities: [.clientSecret, .callbackProof, .revocation, .events],
        identity: IdentityDeclaration(
            exceptions: [
                ProviderException(.storedSecret, "The secret has the time in it, for the kit to look at."),
                ProviderException(.refresh, "The toy's tokens are kept for their revocation alone."),
            ],
            parameters: [
                StartParameter(name: "shop", label: "Shop", placeholder: "acme", maximumLength: 40)
            ],
            eventTopics: [
                EventTopic("removed", summary: "Where the toy tells of removals."),
                EventTopic("tokens", status: 202, summary: "Where the toy sends signed tokens."),
            ],
            button: SignInButton(
                text: "Sign in with Toy", mark: "<circle cx=\"12\" cy=\"12\" r=\"9\"/>", background: "#ffffff",
                foreground: "#000000", border: "#000000", privacyURL: "https://toy.example/privacy")),
        hosts: ["toy.example"],
        privacy: PrivacyDeclaration(
            touches: [.name], recipients: ["Nobody"], retention: "Nothing is kept.", export: "Nothing to export.",
            erasure: "Nothing to erase."))

    let clientID: String
    let secret: String
    let fault: IdentityFault?
    let host: any AdapterHost

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        clientID = settings.text("client_id") ?? ""
        secret = settings.secret("client_secret")?.reveal() ?? ""
        fault = settings.text("fault").flatMap(IdentityFault.init)
        self.host = host
        if fault == .refusesSettings && settings.text("tenant") != nil
            || fault == .refusesApp && settings.text("tenant") == nil
        {
            throw SettingsProblem(key: "fault", message: "is on")
        }
    }

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        let shop = parameters["shop"] ?? ""
        let isName = shop.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        let isShort = shop.utf8.count <= 40 || fault == .forgetsLength
        guard fault == .takesAnyShop || (isName && isShort && shop.first != "-" && shop.first != nil && !shop.isEmpty)
        else { throw SignInRefusal(.shopWrong) }
        let base = address(shop)
        var authorization = "\(base)/authorize"
        if fault == .plainAddress { authorization = "http://\(shop).toy.example/authorize" }
        if fault == .otherHost { authorization = "https://toy.example.evil.example/authorize" }
        if fault == .userInAddress { authorization = "https://user@\(shop).toy.example/authorize" }
        var parameters: [String: String] = [:]
        if fault == .putsState { parameters["state"] = "fixed" }
        if fault == .secretInProvider { parameters["key"] = secret }
        if fault == .readsClock { parameters["at"] = String(host.clock.now.milliseconds) }
        let issuers = [base] + (fault == .takesOtherIssuer ? ["toy.example"] : [])
        return IdentityProvider(
            issuer: base,
            endpoints: .fixed(.init(authorization: authorization, token: "\(base)/token", keys: "\(base)/keys")),
            clientID: clientID, scopes: ["openid", "email"], scopeSeparator: fault == .asksByComma ? "," : " ",
            usesPKCE: fault != .dropsPKCE,
            idToken: fault == .hasNoIDToken ? nil : IDTokenRules(issuers: issuers, audiences: [clientID]),
            authorizationParameters: parameters, keepsTokens: true)
    }

    private func address(_ shop: String) -> String { "https://\(shop).toy.example" }

    func clientSecret(_ provider: IdentityProvider) throws(SignInRefusal) -> Secret {
        switch fault {
        case .emptySecret: Secret("")
        case .givesSetting: Secret("\(secret)-\(host.clock.now.milliseconds)")
        case .sameSecret: Secret("minted-once")
        default: Secret("minted-\(host.clock.now.milliseconds)")
        }
    }

    /// `…&proof=<signature of what stands before>`.
    func prove(_ callback: SignInCallback) throws(SignInRefusal) {
        if fault == .provesAnything { return }
        let pairs = callback.raw.split(separator: "&")
        guard let last = pairs.last, last.hasPrefix("proof="), fault != .refusesCallback else {
            throw SignInRefusal(.proofMissing)
        }
        let signed = Array(pairs.dropLast().joined(separator: "&").utf8)
        guard last.dropFirst(6) == ToyChannel.signature(secret: secret, signed) else {
            throw SignInRefusal(.proofWrong)
        }
    }

    // MARK: Calls

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        let profile = try await profile(evidence, subject)
        let id = profile["id"]?.string
        if id == nil || (id != subject && fault != .takesOtherUser) {
            throw SignInRefusal(fault == .refusesOtherwise ? .providerRefused : .subjectWrong)
        }
        if fault == .logsName { host.log.log(.info, "signed in \(profile["name"]?.string ?? "")", [:]) }
        var name = IdentityClaims(profile).text("name")
        if fault == .otherIdentity { name = name.map { String($0.reversed()) } }
        if fault == .rawName { name = profile["name"]?.string }
        let email = fault == .rawEmail ? evidence.claims?["email"]?.string : claims.email()
        return ProviderIdentity(
            subject: subject, name: name, email: email.map { ProviderEmail($0, isVerified: false) })
    }

    private func profile(_ evidence: SignInEvidence, _ subject: String) async throws(SignInRefusal) -> JSON {
        let token = evidence.tokens.accessToken.reveal()
        var url = address(evidence.callback.startParameters["shop"] ?? "") + "/me"
        if fault == .tokenInURL { url += "?access_token=\(token)" }
        if fault == .callsElsewhere { url = "https://elsewhere.example/me" }
        if fault == .callsPlainly { url = "http://toy.example/me" }
        let call = HTTPCall(method: "GET", url: url, headers: [("authorization", "Bearer \(token)")])
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await host.http.send(call)
            if fault == .callsTwice { _ = try? await host.http.send(call) }
        } catch {
            if fault == .ignoresFailure { return ["id": .string(subject)] }
            throw SignInRefusal(fault == .saysCancelled ? .cancelled : .providerUnavailable, "me")
        }
        let body = String(decoding: answer.body, as: UTF8.self)
        guard answer.status == 200, !answer.isTruncated else {
            let passes = answer.status >= 500 || answer.status == 429
            throw SignInRefusal(
                passes ? .providerUnavailable : .providerRefused, fault == .quotesAnswer ? body : "me")
        }
        guard let json = try? JSON.parse(body) else { throw SignInRefusal(.tokenReplyMalformed, "me") }
        return json
    }

    func revoke(
        _ tokens: ProviderTokens, subject: String, _ provider: IdentityProvider
    ) async throws(ProviderFailure) {
        if fault == .revokesSilently { return }
        let call = HTTPCall(url: "https://toy.example/revoke", body: Array(tokens.accessToken.reveal().utf8))
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await host.http.send(call)
        } catch {
            if fault == .revokesAnyway { return }
            throw ProviderFailure(.unavailable, FailureReason(code: "no_answer", title: "No answer"))
        }
        let title = fault == .quotesRevocation ? String(decoding: answer.body, as: UTF8.self) : "Not taken back"
        guard answer.status == 200 || fault == .revokesAnyway else {
            throw ProviderFailure(.unavailable, FailureReason(code: "revocation", title: title))
        }
    }

    // MARK: Events

    func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        if fault == .refusesEvents { throw .malformed }
        guard !request.body.isEmpty else { throw .signatureMissing }
        if topic == "tokens" {
            let token = String(decoding: request.body, as: UTF8.self)
            if fault == .logsToken { host.log.log(.info, "an event", ["token": token]) }
            return .token(
                Secret(token),
                EventTokenRules(
                    issuer: "https://toy.example", audiences: fault == .forAnybody ? [] : [clientID],
                    keys: fault == .otherKeys ? "https://evil.example/keys" : "https://toy.example/keys"))
        }
        guard topic == "removed" || fault == .takesAnyTopic else { throw .malformed }
        let proof = ToyChannel.signature(secret: secret, request.body)
        let isSingle = request.headers.count("toy-proof") == 1 || fault == .takesDoubled
        guard fault == .takesUnsigned || (isSingle && request.headers["toy-proof"] == proof) else {
            throw .signatureWrong
        }
        guard let json = try? JSON.parse(request.body) else { throw .malformed }
        return .proven(try events(json))
    }

    /// `{"id": "…", "sub": "…"}`.
    func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] {
        let id = claims["id"]?.string ?? ""
        guard !id.isEmpty && id.utf8.count <= 200 || fault == .eventWithoutID else { throw .malformed }
        let subject = fault == .eventOfLongSubject ? claims["sub"]?.string : IdentityClaims(claims).subject()
        return [
            ProviderEvent(
                id: id, kind: fault == .otherEvents ? .verification : .consentRevoked,
                issuer: subject == nil ? nil : "https://acme.toy.example", subject: subject,
                occurredAt: Timestamp(seconds: 1_795_420_000))
        ]
    }
}
