public import AdapterKit

extension GoogleAdapter {
    static let riscTopic = "risc"

    /// `adapter: google` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "google", kind: .identity, version: "1.0.0",
        summary: "Sign in with Google, with the rule of a Workspace's domains and Cross-Account Protection.",
        settings: settingsSchema, capabilities: [.events],
        identity: IdentityDeclaration(
            exceptions: [
                ProviderException(
                    .singleIssuer,
                    "Google's ID tokens may say accounts.google.com without its scheme: both are taken, and no other.")
            ],
            eventTopics: [
                EventTopic(
                    riscTopic, status: 202,
                    summary: "Receiver address of the Cross-Account Protection stream (RISC API, stream:update).")
            ],
            button: SignInButton(
                text: "Sign in with Google", mark: mark, background: "#ffffff", foreground: "#1f1f1f",
                border: "#747775", privacyURL: "https://policies.google.com/privacy")),
        hosts: ["accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com"], privacy: privacy)

    private static let settingsSchema = SettingsSchema([
        SettingsField(
            "client_id", .text, scope: .app, required: true,
            summary: "Client id of the web application, ending in .apps.googleusercontent.com."),
        SettingsField("client_secret", .secret, scope: .app, required: true, summary: "The client's secret."),
        SettingsField(
            "allowed_domains", .list,
            summary: "Google Workspace domains whose people may sign in; without it every Google account may try."),
        SettingsField(
            "authorization_url", .url, scope: .app, defaultValue: "https://accounts.google.com/o/oauth2/v2/auth",
            summary: "Where people are sent; another one for a sandbox."),
        SettingsField(
            "token_url", .url, scope: .app, defaultValue: "https://oauth2.googleapis.com/token",
            summary: "Where codes are exchanged; another one for a sandbox."),
        SettingsField(
            "keys_url", .url, scope: .app, defaultValue: "https://www.googleapis.com/oauth2/v3/certs",
            summary: "Keys of ID tokens and of events; another one for a sandbox."),
        SettingsField(
            "revocation_url", .url, scope: .app, defaultValue: "https://oauth2.googleapis.com/revoke",
            summary: "Where tokens are given back; another one for a sandbox."),
    ])

    /// Four arcs and a bar in Google's colours.
    private static let mark = """
        <g fill="none" stroke-width="4">\
        <path stroke="#ea4335" d="M5.07 8A8 8 0 0 1 17.66 6.34"/>\
        <path stroke="#fbbc05" d="M5.07 16A8 8 0 0 1 5.07 8"/>\
        <path stroke="#34a853" d="M17.66 17.66A8 8 0 0 1 5.07 16"/>\
        <path stroke="#4285f4" d="M12 12h8a8 8 0 0 1-2.34 5.66"/></g>
        """

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .email, .userID], recipients: ["Google (as identity provider)"],
        retention: """
            Google keeps the record of the sign-in in the person's account until they remove the connection. \
            Source: myaccount.google.com/connections.
            """,
        export: "By the person, with Google Takeout (takeout.google.com).",
        erasure: "By the person, under myaccount.google.com/connections; the hub keeps no token of a sign-in.")
}
