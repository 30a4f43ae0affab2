import Hummingbird

/// Shopify as an app sees it: installing, tokens, the Admin API and webhooks, below `/shopify/{shop}/…`.
struct ShopifyIdentity: Sendable {
    let platform: ShopifyPlatform
    var provider: IdentityProvider { platform.provider }

    init(
        configuration: SandboxConfiguration, clock: SandboxClock, people: SandboxPeople, outgoing: OutgoingPost,
        background: BackgroundWork
    ) {
        platform = ShopifyPlatform(
            provider: IdentityProvider(
                name: "shopify", title: "Shopify", configuration: configuration, clock: clock, people: people,
                faults: ShopifyFaults.known),
            courier: ShopifyCourier(
                outgoing: outgoing, background: background, clock: clock, retries: configuration.retries))
    }

    func add(to router: Router<SandboxContext>) {
        ShopifyAuthorization(platform: platform).add(to: router)
        ShopifyTokenEndpoint(platform: platform).add(to: router)
        AdminRoutes(platform: platform).add(to: router)
        ShopifyControl(platform: platform).add(to: router)
    }

    func reset() async {
        await provider.reset()
        await platform.reset()
    }
}
