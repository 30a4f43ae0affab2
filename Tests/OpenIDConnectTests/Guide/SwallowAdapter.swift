import AdapterKit

/// Swallow, an identity provider that exists only in our guide. It separates scopes by commas.
struct SwallowAdapter: IdentityAdapter {
    static let manifest = AdapterManifest(
        name: "swallow", kind: .identity, version: "1.0.0", summary: "Sign-in with Swallow.",
        settings: SettingsSchema([
            SettingsField("client_id", .text, scope: .app, required: true, summary: "The client's id at Swallow."),
            SettingsField("client_secret", .secret, scope: .app, required: true, summary: "The client's secret."),
            SettingsField(
                "base_url", .url, scope: .app, defaultValue: "https://id.swallow.example",
                summary: "Address of Swallow; another one for a sandbox."),
        ]),
        identity: IdentityDeclaration(
            exceptions: [ProviderException(.scopeSeparator, "Swallow separates scopes by commas.")],
            button: SignInButton(
                text: "Sign in with Swallow", mark: nil, background: "#ffffff", foreground: "#123456",
                border: "#123456", privacyURL: "https://swallow.example/privacy")),
        hosts: ["id.swallow.example"],
        privacy: PrivacyDeclaration(
            touches: [.name, .email, .userID], recipients: ["Swallow Ltd"],
            retention: "As long as the account lives (swallow.example/privacy).",
            export: "By the person, at swallow.example/me.", erasure: "By the person, at swallow.example/me."))

    private let swallow: IdentityProvider

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let clientID = settings.text("client_id"), let base = settings.text("base_url") else {
            throw SettingsProblem(key: "client_id", message: "is missing")
        }
        swallow = IdentityProvider(
            issuer: "https://id.swallow.example",
            endpoints: .fixed(.init(authorization: base + "/login", token: base + "/token", keys: base + "/keys")),
            clientID: clientID, scopes: ["openid", "name"], scopeSeparator: ",",
            idToken: IDTokenRules(issuers: ["https://id.swallow.example"], audiences: [clientID]))
    }

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider { swallow }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        return ProviderIdentity(subject: subject, name: claims.text("name"))
    }
}
