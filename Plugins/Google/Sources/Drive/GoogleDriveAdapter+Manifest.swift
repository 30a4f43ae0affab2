public import AdapterKit

extension GoogleDriveAdapter {
    /// `adapter: google-drive` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "google-drive", kind: .system, version: "1.0.0",
        summary: "Google Drive: files conversations in a folder, with transcripts by month and media.",
        settings: settingsSchema, capabilities: [.connection],
        identity: IdentityDeclaration(
            exceptions: [
                ProviderException(
                    .singleIssuer,
                    "Google's ID tokens may say accounts.google.com without its scheme: both are taken, and no other.")
            ]),
        hosts: ["accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com"], privacy: privacy)

    private static let settingsSchema = SettingsSchema([
        SettingsField(
            "client_id", .text, required: true,
            summary: "Client id of the web application, ending in .apps.googleusercontent.com."),
        SettingsField("client_secret", .secret, required: true, summary: "The client's secret."),
        SettingsField(
            "folder", .text, defaultValue: "Comfile conversations",
            summary: "Name of the folder in Drive; a person may move or rename it later."),
        SettingsField(
            "upload_piece_mib", .integer(1...64), defaultValue: "4",
            summary: "How much of a media file is sent at once, in MiB; so much is in memory of each upload."),
        SettingsField(
            "drive_url", .url, defaultValue: "https://www.googleapis.com/drive/v3",
            summary: "Address of the Drive API; another one for a sandbox."),
        SettingsField(
            "upload_url", .url, defaultValue: "https://www.googleapis.com/upload/drive/v3",
            summary: "Address of its uploads; another one for a sandbox."),
        SettingsField(
            "authorization_url", .url, defaultValue: "https://accounts.google.com/o/oauth2/v2/auth",
            summary: "Where people are sent; another one for a sandbox."),
        SettingsField(
            "token_url", .url, defaultValue: "https://oauth2.googleapis.com/token",
            summary: "Where codes are exchanged and tokens renewed; another one for a sandbox."),
        SettingsField(
            "keys_url", .url, defaultValue: "https://www.googleapis.com/oauth2/v3/certs",
            summary: "Keys of ID tokens; another one for a sandbox."),
        SettingsField(
            "revocation_url", .url, defaultValue: "https://oauth2.googleapis.com/revoke",
            summary: "Where tokens are given back; another one for a sandbox."),
    ])

    private static let privacy = PrivacyDeclaration(
        touches: [.name, .messageContent, .media, .email],
        recipients: ["Google (Drive of the account that was connected)"],
        retention: """
            Until the account's owner deletes the files; Google empties the bin of Drive after 30 days. \
            Source: support.google.com/drive/answer/2375102.
            """,
        export:
            "From Drive, by the account's owner: a folder for each conversation, in plain text and the media's own form.",
        erasure: """
            In Drive, by the account's owner, who deletes the conversation's folder. Erasing a contact in the hub ends filing \
            and leaves what is in Drive.
            """)
}
