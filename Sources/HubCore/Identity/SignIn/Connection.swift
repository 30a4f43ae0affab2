import AdapterKit
import HubStore

/// A provider client of a tenant, made and ready: a connection people sign in with, or a business system they connect.
struct Connection: Sendable {
    let name: String
    let manifest: AdapterManifest
    let client: any ProviderClient
    let settings: AdapterSettings
    /// What somebody becomes who comes without an invitation; nil: nothing.
    let join: PersonRole?

    var declaration: IdentityDeclaration { manifest.identity ?? IdentityDeclaration() }
    var credentials: ClientCredentials { ClientCredentials(client: client, settings: settings) }

    /// The adapter's button, with the text that the settings give it.
    var button: SignInButton? {
        var button = declaration.button
        if let text = settings.text(SignInButton.textSetting) { button?.text = text }
        return button
    }

    /// Of what a person gave at the start, what the manifest asks for, within its bounds.
    func startParameters(_ given: [String: String]) throws(SignInRefusal) -> [String: String] {
        var taken: [String: String] = [:]
        for parameter in declaration.parameters {
            guard let value = given[parameter.name] else { continue }
            guard value.unicodeScalars.count <= parameter.maximumLength else {
                throw SignInRefusal(.malformedCallback, parameter.name)
            }
            taken[parameter.name] = value
        }
        return taken
    }
}
