public import AdapterKit

/// Sign-in with any provider that speaks OpenID Connect: all of it is settings.
public struct OpenIDConnectAdapter: IdentityAdapter {
    private let connection: IdentityProvider
    private let nameClaim: String
    private let emailClaim: String
    private let trustsEmail: Bool

    /// - Throws: ``SettingsProblem`` for a client without a secret that is not public, for addresses that are not all
    ///   there, and for an algorithm that is not taken.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let issuer = settings.text("issuer"), let clientID = settings.text("client_id") else {
            throw SettingsProblem(key: "issuer", message: "is missing, or client_id is")
        }
        let authentication = settings.text("client_authentication").flatMap(ClientAuthentication.init)
        if authentication != .public, settings.secret("client_secret") == nil {
            throw SettingsProblem(
                key: "client_secret", message: "is missing; a public client has client_authentication: none")
        }
        connection = IdentityProvider(
            issuer: issuer, endpoints: try Self.endpoints(settings, issuer), clientID: clientID,
            clientAuthentication: (authentication ?? .basic).policy, scopes: Self.scopes(settings),
            idToken: IDTokenRules(
                issuers: [issuer], audiences: [clientID], algorithms: try Self.algorithms(settings)),
            callbackIssuer: settings.boolean("callback_issuer") == true ? issuer : nil)
        nameClaim = settings.text("name_claim") ?? "name"
        emailClaim = settings.text("email_claim") ?? "email"
        trustsEmail = settings.boolean("trust_email") ?? false
    }

    /// The settings.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider { connection }

    /// The claims of the ID token, and for a name or an address that it lacks those of the user info.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        let profile = IdentityClaims(evidence.userInfo)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        let source = claims.email(emailClaim) == nil ? profile : claims
        let email = source.email(emailClaim).map { address in
            ProviderEmail(address, isVerified: trustsEmail && source.isTrue("email_verified"))
        }
        return ProviderIdentity(subject: subject, name: claims.text(nameClaim) ?? profile.text(nameClaim), email: email)
    }

    // MARK: Settings

    private enum ClientAuthentication: String {
        case basic, form
        case `public` = "none"

        var policy: IdentityProvider.ClientAuthentication {
            switch self {
            case .basic: .basic
            case .form: .form
            case .public: .none
            }
        }
    }

    private static func endpoints(
        _ settings: AdapterSettings, _ issuer: String
    ) throws(SettingsProblem) -> ProviderEndpoints {
        let addresses = ["authorization_url", "token_url", "keys_url"].map { ($0, settings.text($0)) }
        let others = ["user_info_url", "revocation_url"].contains { settings.text($0) != nil }
        guard others || addresses.contains(where: { $0.1 != nil }) else { return .discovered(issuer: issuer) }
        // Half of them from here and half from the metadata would be two providers in one.
        if let missing = addresses.first(where: { $0.1 == nil }) {
            throw SettingsProblem(
                key: missing.0, message: "is missing: give authorization_url, token_url and keys_url, or none of them")
        }
        let given = addresses.compactMap(\.1)
        return .fixed(
            ProviderEndpoints.Addresses(
                authorization: given[0], token: given[1], keys: given[2], userInfo: settings.text("user_info_url"),
                revocation: settings.text("revocation_url")))
    }

    private static func scopes(_ settings: AdapterSettings) -> [String] {
        let scopes = settings.list("scopes")
        guard !scopes.isEmpty else { return ["openid", "email", "profile"] }
        // Without it there is no ID token.
        return scopes.contains("openid") ? scopes : ["openid"] + scopes
    }

    private static func algorithms(_ settings: AdapterSettings) throws(SettingsProblem) -> [IDTokenRules.Algorithm] {
        let names = settings.list("algorithms")
        let algorithms = names.compactMap(IDTokenRules.Algorithm.init)
        guard algorithms.count == names.count else {
            let known = IDTokenRules.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsProblem(key: "algorithms", message: "may be \(known)")
        }
        return algorithms.isEmpty ? [.rs256] : algorithms
    }
}
