public import AdapterKit

/// Files conversations in a folder of the tenant's Google Drive: a folder for each, with transcripts by month and media.
public struct GoogleDriveAdapter: ConnectedSystem {
    /// Files that the app made itself, and no others.
    static let scope = "https://www.googleapis.com/auth/drive.file"
    static let issuer = "https://accounts.google.com"

    private let clientID: String
    private let addresses: ProviderEndpoints.Addresses
    private let archive: DriveArchive
    private let folderName: String
    private let filing: ConversationFiling

    /// - Throws: ``SettingsProblem`` when a setting is missing that has no default.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        func text(_ key: String) throws(SettingsProblem) -> String {
            guard let text = settings.text(key), !text.isEmpty else {
                throw SettingsProblem(key: key, message: "is missing")
            }
            return text
        }
        func address(_ key: String) throws(SettingsProblem) -> String {
            let text = try text(key)
            guard WebOrigin(text) != nil else { throw SettingsProblem(key: key, message: "is no address") }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        clientID = try text("client_id")
        addresses = ProviderEndpoints.Addresses(
            authorization: try address("authorization_url"), token: try address("token_url"),
            keys: try address("keys_url"), revocation: try address("revocation_url"))
        guard let folderName = IdentityClaims.displayText(try text("folder")) else {
            throw SettingsProblem(key: "folder", message: "is no name")
        }
        self.folderName = folderName
        let client = DriveClient(
            driveURL: try address("drive_url"), uploadURL: try address("upload_url"), http: host.http, grant: host.grant
        )
        archive = DriveArchive(
            client: client, ledger: DriveLedger(credentials: host.credentials), folderName: folderName,
            clock: host.clock, log: host.log)
        filing = ConversationFiling(
            archive: archive, conversations: host.conversations, credentials: host.credentials, clock: host.clock,
            pieceSize: ResumableUpload.unit * 4 * (settings.integer("upload_piece_mib") ?? 4))
    }

    /// Access to the app's own files that outlives the visit, and an ID token so that the account is known.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        IdentityProvider(
            issuer: Self.issuer, endpoints: .fixed(addresses), clientID: clientID,
            scopes: ["openid", "email", Self.scope],
            idToken: IDTokenRules(issuers: [Self.issuer, "accounts.google.com"], audiences: [clientID]),
            // Google gives a refresh token at the first consent, and at each one that it asks for.
            authorizationParameters: ["access_type": "offline", "prompt": "consent"],
            refresh: RefreshRules(rotates: false), keepsTokens: true)
    }

    /// The account, when it gave what was asked for: people can leave a scope out.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        guard evidence.tokens.scopes.contains(Self.scope) else { throw SignInRefusal(.scopesMissing, "drive.file") }
        guard evidence.tokens.refreshToken != nil else {
            throw SignInRefusal(.modeMismatch, "there is no token to renew access with")
        }
        return ProviderIdentity(subject: subject, label: IdentityClaims.displayText(claims.email()))
    }

    /// Asks whose Drive it is, and makes sure that the folder is there.
    public func test() async throws(ProviderFailure) -> String {
        let about = try await archive.client.json(
            DriveRequest(path: "about", query: [("fields", "user(displayName,emailAddress)")]))
        try await archive.recheck(DriveLedger.root)
        _ = try await archive.root()
        let account = IdentityClaims.displayText(about["user"]?["emailAddress"]?.string) ?? "The account"
        return "\(account) answers, and the folder \"\(folderName)\" is there."
    }

    /// Files what an event changed of a conversation. Done again, it changes nothing.
    public func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
        guard let event = FilingEvent(delivery) else { return .delivered }
        do throws(ProviderFailure) {
            try await filing.file(event)
            return .delivered
        } catch {
            return .failed(reason: error.reason, retryAfter: error.retryAfter)
        }
    }
}
