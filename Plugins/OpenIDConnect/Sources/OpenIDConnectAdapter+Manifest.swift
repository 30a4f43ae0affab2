public import AdapterKit

extension OpenIDConnectAdapter {
    /// `adapter: oidc` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "oidc", kind: .identity, version: "1.0.0",
        summary: "Sign-in with any OpenID Connect provider: Keycloak, Entra ID, Okta and others.",
        settings: settingsSchema,
        identity: IdentityDeclaration(
            button: SignInButton(
                text: "Continue with single sign-on", mark: mark, background: "#ffffff", foreground: "#1f2328",
                border: "#6e7781", privacyURL: nil)),
        hosts: [], privacy: privacy)

    private static let settingsSchema = SettingsSchema([
        SettingsField(
            "issuer", .url, scope: .app, required: true,
            summary: "The provider's issuer, letter by letter as its metadata and its ID tokens have it."),
        SettingsField("client_id", .text, scope: .app, required: true, summary: "The client's id at the provider."),
        SettingsField(
            "client_secret", .secret, scope: .app, summary: "The client's secret; a public client has none."),
        SettingsField(
            "client_authentication", .choice(["basic", "form", "none"]), scope: .app, defaultValue: "basic",
            summary: "How the secret is given: client_secret_basic, client_secret_post, or none for a public client."),
        SettingsField(
            "authorization_url", .url, scope: .app,
            summary: "For a provider without metadata, with token_url and keys_url."),
        SettingsField("token_url", .url, scope: .app, summary: "For a provider without metadata: its token endpoint."),
        SettingsField("keys_url", .url, scope: .app, summary: "For a provider without metadata: its JWK set."),
        SettingsField(
            "user_info_url", .url, scope: .app,
            summary: "For a provider without metadata: asked for a name or an address that the ID token lacks."),
        SettingsField(
            "revocation_url", .url, scope: .app, summary: "For a provider without metadata: its endpoint of RFC 7009."),
        SettingsField(
            "callback_issuer", .boolean, scope: .app, defaultValue: "false",
            summary:
                "For a provider without metadata: whether its callbacks have iss (RFC 9207), which is then checked."),
        SettingsField(
            "algorithms", .list, scope: .app,
            summary: "Signatures of ID tokens that are taken: RS256, ES256 or PS256; RS256 alone without it."),
        SettingsField(
            "scopes", .list, summary: "What is asked for: openid, email and profile without it. openid is always."),
        SettingsField("name_claim", .text, defaultValue: "name", summary: "The claim with the person's name."),
        SettingsField("email_claim", .text, defaultValue: "email", summary: "The claim with the e-mail address."),
        SettingsField(
            "trust_email", .boolean, defaultValue: "false",
            summary: "Whether email_verified counts: only where the provider is the authority for its addresses."),
        SettingsField(SignInButton.textSetting, .text, summary: "What the button says, such as Sign in with Acme."),
    ])

    /// A key.
    private static let mark = """
        <circle cx="8" cy="12" r="4" fill="none" stroke="#1f2328" stroke-width="2"/>\
        <path d="M12 12h9v4M17 12v3" fill="none" stroke="#1f2328" stroke-width="2"/>
        """

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .email, .userID], recipients: ["The provider at issuer"],
        retention: "As the provider's owner decides: the hub sends nothing there but the sign-in itself.",
        export: "From the provider, by its owner.",
        erasure:
            "At the provider, by its owner; the hub forgets the identity when it is unlinked or its person removed.")
}
