public import AdapterKit

/// Facebook Login for the web. There is no ID token: the Graph API is asked whose the access token is, and for which app.
///
/// developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
public struct FacebookAdapter: IdentityAdapter, GrantRevoking, ProviderEvents {
    /// Under which identities are kept: of no version and no address.
    static let issuer = "https://www.facebook.com"

    let clientID: String
    let graph: FacebookGraph
    let signature: SignedRequest
    private let dialog: String

    /// - Throws: ``SettingsProblem`` when the app's id or secret is missing.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let clientID = settings.text("client_id"), let dialog = settings.text("dialog_url"),
            let version = settings.text("api_version"), let graph = FacebookGraph(settings, http: host.http)
        else { throw SettingsProblem(key: "client_secret", message: "is missing, or client_id is") }
        self.clientID = clientID
        self.graph = graph
        self.dialog = "\(dialog.withoutSlash)/\(version)/dialog/oauth"
        signature = SignedRequest(secrets: settings.secrets("client_secret"))
    }

    /// The code flow without ID token. The token is kept to end the grant at Facebook when it ends here.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        IdentityProvider(
            issuer: Self.issuer,
            endpoints: .fixed(
                ProviderEndpoints.Addresses(authorization: dialog, token: "\(graph.address)/oauth/access_token")),
            clientID: clientID, scopes: ["public_profile", "email"], scopeSeparator: ",", usesPKCE: false, idToken: nil,
            keepsTokens: true)
    }

    /// Asks what the token is, whose it is, and for one that lives longer.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let token = evidence.tokens.accessToken
        // A token that another app got is good for a profile too, and proves nothing to us (CVE-2013-4593).
        let report = try await graph.report(on: token)
        guard report["app_id"]?.identifier == clientID else { throw SignInRefusal(.tokenOfOtherApp, "app_id") }
        guard report["is_valid"]?.bool == true else { throw SignInRefusal(.providerRefused, "is_valid") }
        guard report["type"]?.string == "USER" else { throw SignInRefusal(.tokenOfOtherKind, "type") }
        let profile = try await graph.profile(of: token)
        let claims = IdentityClaims(profile)
        guard let subject = claims.subject("id"), subject.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            report["user_id"]?.identifier == subject
        else { throw SignInRefusal(.subjectWrong, "user_id") }
        let longer = try await graph.longLived(token)
        var tokens = evidence.tokens
        tokens.accessToken = longer.token
        tokens.accessExpiresAt = longer.lifetime.map { evidence.callback.receivedAt + $0 }
        // Facebook says of no address whether it is the person's.
        let email = claims.email().map { ProviderEmail($0, isVerified: false) }
        return ProviderIdentity(subject: subject, name: claims.text("name"), email: email, tokens: tokens)
    }

    /// Takes all permissions of the app back, which makes its tokens void.
    public func revoke(
        _ tokens: ProviderTokens, subject: String, _ provider: IdentityProvider
    ) async throws(ProviderFailure) {
        try await graph.withdraw(tokens.accessToken, subject: subject)
    }
}
