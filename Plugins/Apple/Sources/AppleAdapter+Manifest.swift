public import AdapterKit

extension AppleAdapter {
    static let notificationTopic = "notifications"

    /// `adapter: apple` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "apple", kind: .identity, version: "1.0.0",
        summary: "Sign in with Apple for the web, with private relay addresses and Apple's notifications.",
        settings: settingsSchema, capabilities: [.clientSecret, .events],
        identity: IdentityDeclaration(
            exceptions: exceptions,
            eventTopics: [
                EventTopic(
                    notificationTopic,
                    summary: "Server-to-server notification endpoint of the primary App ID (one for its whole group).")
            ],
            button: SignInButton(
                text: "Sign in with Apple", mark: mark, background: "#000000", foreground: "#ffffff",
                border: "#000000", privacyURL: "https://www.apple.com/legal/privacy/data/en/sign-in-with-apple/")),
        hosts: ["appleid.apple.com"], privacy: privacy)

    private static let exceptions = [
        ProviderException(
            .queryResponse,
            "Apple posts its answer from its own site when a name or an address is asked for (form_post)."),
        ProviderException(
            .storedSecret,
            "The client secret is a token that the team's key signs anew for each call, good for five minutes."),
        ProviderException(
            .pkce, "Apple does not document PKCE for the web: the code is bound by client secret, state and nonce."),
        ProviderException(
            .discovery,
            "The addresses are fixed: Apple's metadata once moved to a host with another issuer, and sign-ins stopped."),
        ProviderException(
            .refresh, "The refresh token is kept to be given back when an account ends, and for nothing else."),
        ProviderException(
            .userInfo, "There is no such address: the name comes with the first sign-in alone, unsigned."),
        ProviderException(
            .errorOnRevocation, "Apple answers a revocation with success, whether it knew the token or not."),
    ]

    private static let settingsSchema = SettingsSchema([
        SettingsField(
            "client_id", .text, scope: .app, required: true,
            summary: "The Services ID, such as com.example.signin: not the App ID."),
        SettingsField(
            "team_id", .text, scope: .app, required: true, format: tenSigns, summary: "Id of the developer team."),
        SettingsField(
            "key_id", .text, scope: .app, required: true, format: tenSigns, summary: "Id of the private key."),
        SettingsField(
            "private_key", .secret, scope: .app, required: true,
            summary: "The .p8 file of a key with Sign in with Apple: PKCS#8 in PEM, P-256."),
        SettingsField(
            "additional_client_ids", .list, scope: .app,
            summary: "Bundle ids of native apps in the same group, whose ID tokens and notifications are taken too."),
        SettingsField(
            "authorization_url", .url, scope: .app, defaultValue: "https://appleid.apple.com/auth/authorize",
            summary: "Where people are sent; another one for a sandbox."),
        SettingsField(
            "token_url", .url, scope: .app, defaultValue: "https://appleid.apple.com/auth/token",
            summary: "Where codes are exchanged; another one for a sandbox."),
        SettingsField(
            "keys_url", .url, scope: .app, defaultValue: "https://appleid.apple.com/auth/keys",
            summary: "Keys of ID tokens and of notifications; another one for a sandbox."),
        SettingsField(
            "revocation_url", .url, scope: .app, defaultValue: "https://appleid.apple.com/auth/revoke",
            summary: "Where tokens are given back; another one for a sandbox."),
    ])

    private static let tenSigns = TextFormat(
        characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length: 10...10,
        summary: "must be 10 capital letters and digits")

    /// An apple with its leaf.
    private static let mark = """
        <path fill="#ffffff" d="M12 8c-1.2-.8-2.5-1.2-4-.6C5.6 8.4 4.8 11 5.4 14c.6 3 2.4 6.5 4.4 6.5\
        .8 0 1.3-.5 2.2-.5s1.4.5 2.2.5c2 0 3.8-3.5 4.4-6.5.6-3-.2-5.6-2.6-6.6-1.5-.6-2.8-.2-4 .6z"/>\
        <path fill="#ffffff" d="M12 7c0-2.2 1.4-3.8 3.4-4.2C15.6 5 14.2 6.7 12 7z"/>
        """

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .email, .userID], recipients: ["Apple (as identity provider)"],
        retention: """
            Apple keeps the record of the sign-in in the person's account until they stop using it. \
            Source: support.apple.com/102571.
            """,
        export: "By the person, at privacy.apple.com.",
        erasure: """
            By the person, in the settings of their Apple Account (Sign in with Apple); the hub gives its token back to \
            Apple when the identity is unlinked or its person removed.
            """)
}
