import AdapterKit

/// How a connection shows its provider who it is: with the secret of its settings, or one made anew.
struct ClientCredentials: Sendable {
    /// The setting that holds a client's secret, in every adapter that has one.
    static let setting = "client_secret"

    let client: any ProviderClient
    let settings: AdapterSettings

    func secret(_ provider: IdentityProvider) throws(SignInRefusal) -> Secret? {
        if let minting = client as? any ClientSecretMinting { return try minting.clientSecret(provider) }
        return settings.secret(Self.setting)
    }
}
