public import AdapterKit

/// Sign in with Google (OpenID Connect), with Google's Cross-Account Protection.
///
/// developers.google.com/identity/openid-connect/openid-connect
public struct GoogleAdapter: IdentityAdapter, ProviderEvents {
    /// Under which identities are kept.
    static let issuer = "https://accounts.google.com"

    let clientID: String
    let addresses: ProviderEndpoints.Addresses
    /// Workspace domains, in lower case; none: any account.
    private let domains: [String]

    /// - Throws: ``SettingsProblem`` for a domain that is none.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let clientID = settings.text("client_id"), let authorization = settings.text("authorization_url"),
            let token = settings.text("token_url")
        else { throw SettingsProblem(key: "client_id", message: "is missing") }
        self.clientID = clientID
        addresses = ProviderEndpoints.Addresses(
            authorization: authorization, token: token, keys: settings.text("keys_url"),
            revocation: settings.text("revocation_url"))
        domains = settings.list("allowed_domains").map { $0.lowercased() }
        let isWrong = { (domain: String) in !domain.contains(".") || domain.contains { "@/ :*".contains($0) } }
        if domains.contains(where: isWrong) {
            throw SettingsProblem(key: "allowed_domains", message: "must be domain names such as acme.example")
        }
    }

    /// A plain sign-in: no token is kept, and none for later is asked for.
    public func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        var hints = ["prompt": "select_account"]
        // What it shows is Google's; whether it holds is checked on the claim.
        if let domain = domains.first { hints["hd"] = domains.count == 1 ? domain : "*" }
        return IdentityProvider(
            issuer: Self.issuer, endpoints: .fixed(addresses), clientID: clientID,
            scopes: ["openid", "email", "profile"],
            idToken: IDTokenRules(issuers: [Self.issuer, "accounts.google.com"], audiences: [clientID]),
            authorizationParameters: hints)
    }

    /// The claims of the ID token, and the rule of the tenant's domains.
    public func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        let claims = IdentityClaims(evidence.claims)
        guard let subject = claims.subject() else { throw SignInRefusal(.subjectWrong) }
        let hostedDomain = Self.hostedDomain(evidence.claims)
        if !domains.isEmpty, !domains.contains(hostedDomain ?? "") { throw SignInRefusal(.hostedDomainWrong) }
        let email = claims.email().map { address in
            // For any other address Google knows that it once was the person's, and not whether it still is.
            let isAuthority = hostedDomain != nil || address.lowercased().hasSuffix("@gmail.com")
            return ProviderEmail(address, isVerified: isAuthority && claims.isTrue("email_verified"))
        }
        return ProviderIdentity(subject: subject, name: claims.text("name"), email: email)
    }

    /// `hd` as a rule may go by it: visible ASCII to the letter, as domains are in tokens, and nothing made to look like it.
    private static func hostedDomain(_ claims: JSON?) -> String? {
        guard let domain = claims?["hd"]?.string, !domain.isEmpty,
            domain.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return domain.lowercased()
    }
}
