import AsyncHTTPClient
import Hummingbird

/// The sign-in providers that the sandbox plays, on the same people and by the same clock.
struct IdentitySandbox: Sendable {
    let people: SandboxPeople
    let google: GoogleIdentity
    let apple: AppleIdentity
    let facebook: FacebookIdentity
    let shopify: ShopifyIdentity

    private var providers: [IdentityProvider] {
        [google.provider, apple.provider, facebook.provider, shopify.provider]
    }

    init(
        configuration: SandboxConfiguration, clock: SandboxClock, client: HTTPClient, background: BackgroundWork
    ) {
        let outgoing = OutgoingPost(client: client, timeout: configuration.webhookTimeout)
        people = SandboxPeople()
        google = GoogleIdentity(configuration: configuration, clock: clock, people: people, outgoing: outgoing)
        apple = AppleIdentity(configuration: configuration, clock: clock, people: people, outgoing: outgoing)
        facebook = FacebookIdentity(configuration: configuration, clock: clock, people: people, outgoing: outgoing)
        shopify = ShopifyIdentity(
            configuration: configuration, clock: clock, people: people, outgoing: outgoing, background: background)
    }

    func add(to router: Router<SandboxContext>) {
        people.add(to: router)
        google.add(to: router)
        apple.add(to: router)
        facebook.add(to: router)
        shopify.add(to: router)
        for provider in providers { IdentityControl(provider: provider).add(to: router) }
    }

    /// Back to a fresh start: the sample people and clients, nothing allowed, no faults.
    func reset() async {
        people.reset()
        await google.reset()
        await apple.reset()
        await facebook.reset()
        await shopify.reset()
    }
}
