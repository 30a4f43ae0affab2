public import AdapterKit

/// Sign in with Apple for the web.
///
/// developer.apple.com/documentation/signinwithapplerestapi
public struct AppleAdapter: IdentityAdapter, ClientSecretMinting, ProviderEvents {
    /// Also the audience of client secrets.
    static let issuer = "https://appleid.apple.com"

    let addresses: ProviderEndpoints.Addresses
    /// The Services ID.
    let clientID: String
    /// The Services ID, and the bundle ids of native apps whose people are the same.
    let audiences: [String]
    private let secret: AppleClientSecret
    private let clock: any ClockPort

    /// - Throws: ``SettingsProblem`` for a key that is none of Apple's.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let clientID = settings.text("client_id"), let authorization = settings.text("authorization_url"),
            let token = settings.text("token_url")
        else { throw SettingsProblem(key: "client_id", message: "is missing") }
        self.clientID = clientID
        addresses = ProviderEndpoints.Addresses(
            authorization: authorization, token: token, keys: settings.text("keys_url"),
            revocation: settings.text("revocation_url"))
        audiences = [clientID] + settings.list("additional_client_ids").filter { $0 != clientID }
        secret = try AppleClientSecret(settings)
        clock = host.clock
    }

    /// The answer is posted, as Apple wants it where a name or an address is asked for. The refresh token is kept: an
    /// account that is deleted here has to be given back to Apple (App Review 5.1.1).
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        IdentityProvider(
            issuer: Self.issuer, endpoints: .fixed(addresses), clientID: clientID, clientAuthentication: .form,
            scopes: ["name", "email"], responseMode: .formPost, usesPKCE: false,
            idToken: IDTokenRules(issuers: [Self.issuer], audiences: audiences), keepsTokens: true)
    }

    /// A secret of five minutes, where Apple would take one of six months.
    public func clientSecret(_ provider: IdentityProvider) throws(SignInRefusal) -> Secret {
        try secret.mint(audience: Self.issuer, subject: provider.clientID, at: clock.now)
    }

    /// The claims of the ID token. The name is in none: it comes beside them, unsigned and at the first sign-in alone.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        let email = claims.email().map { ProviderEmail($0, isVerified: claims.isTrue("email_verified")) }
        return ProviderIdentity(
            subject: subject, name: Self.name(in: evidence.callback.parameters["user"]), email: email)
    }

    /// `{"name": {"firstName": "…", "lastName": "…"}, "email": "…"}` as the browser posted it. Anybody can write anything
    /// there: it is good for a text to show, and its address for nothing (CVE-2020-26254).
    private static func name(in user: String?) -> String? {
        guard let user, user.utf8.count <= 8 * 1024, let name = (try? JSON.parse(user))?["name"] else { return nil }
        let parts = [name["firstName"]?.string, name["lastName"]?.string].compactMap(\.self)
        return IdentityClaims.displayText(parts.joined(separator: " "))
    }
}
