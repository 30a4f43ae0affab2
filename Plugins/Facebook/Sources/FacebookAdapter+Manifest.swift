public import AdapterKit

extension FacebookAdapter {
    static let deauthorizeTopic = "deauthorize"
    static let deletionTopic = "deletion"

    /// `adapter: facebook` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "facebook", kind: .identity, version: "1.0.0",
        summary: "Facebook Login for the web, with deauthorisation and data deletion callbacks.",
        settings: settingsSchema, capabilities: [.revocation, .events],
        identity: IdentityDeclaration(
            exceptions: exceptions,
            eventTopics: [
                EventTopic(
                    deauthorizeTopic, summary: "Deauthorize Callback URL of Facebook Login, settings of the app."),
                EventTopic(
                    deletionTopic,
                    summary:
                        "Data Deletion Request URL of the app's basic settings; the answer names a page on its state."),
            ],
            button: SignInButton(
                text: "Continue with Facebook", mark: mark, background: "#1877f2", foreground: "#ffffff",
                border: "#1877f2", privacyURL: "https://www.facebook.com/privacy/policy/")),
        hosts: ["www.facebook.com", "graph.facebook.com"], privacy: privacy)

    private static let exceptions = [
        ProviderException(
            .idToken,
            "The web flow gives none that is out of testing: debug_token says whose the token is, and for whom."),
        ProviderException(
            .nonce, "It would come back in an ID token, and there is none: state and app secret bind the code."),
        ProviderException(.pkce, "Facebook takes it in its OpenID Connect variant alone, which is still in testing."),
        ProviderException(
            .emailVerification, "Facebook says of no address whether it is the person's: none counts as verified."),
        ProviderException(.scopeSeparator, "Permissions are separated by commas in Facebook's dialog."),
        ProviderException(
            .refresh, "There is no refresh token: one of about sixty days takes the first one's place at sign-in."),
    ]

    private static let settingsSchema = SettingsSchema([
        SettingsField("client_id", .text, scope: .app, required: true, format: .digits, summary: "Id of the Meta app."),
        SettingsField(
            "client_secret", .secrets(maximum: 2), scope: .app, required: true,
            summary: "App secret of the Meta app. A second one is accepted in callbacks while it is rotated."),
        SettingsField(
            "dialog_url", .url, scope: .app, defaultValue: "https://www.facebook.com",
            summary: "Where people are sent, without version; another one for a sandbox."),
        SettingsField(
            "graph_url", .url, scope: .app, defaultValue: "https://graph.facebook.com",
            summary: "Address of the Graph API, without version; another one for a sandbox."),
        SettingsField(
            "api_version", .text, scope: .app, defaultValue: "v24.0",
            format: TextFormat(
                characters: "v0123456789.", length: 4...6, summary: "must be a Graph API version such as v24.0"),
            summary: "Version of the dialog and of the Graph API; each lives for about two years."),
    ])

    /// The letter f.
    private static let mark = """
        <path fill="#ffffff" d="M13.5 21v-8h2.7l.5-3.2h-3.2V7.9c0-1 .4-1.7 1.8-1.7h1.5V3.3A20 20 0 0 0 14.6 3.2\
        c-2.5 0-4 1.5-4 4.2v2.4H8V13h2.6v8z"/>
        """

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .email, .userID], recipients: ["Meta Platforms (as identity provider)"],
        retention: """
            Meta keeps the connection with the app until the person removes it. \
            Source: facebook.com/settings, Apps and websites.
            """,
        export: "By the person, under facebook.com/dyi (Download your information).",
        erasure: """
            By the person, under Apps and websites; the hub takes its permissions back at Facebook when the identity is \
            unlinked or its person removed (DELETE /{user-id}/permissions).
            """)
}
