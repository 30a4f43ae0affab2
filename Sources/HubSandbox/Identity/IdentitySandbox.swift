import AsyncHTTPClient
import Hummingbird

/// The sign-in providers that the sandbox plays, on the same people and by the same clock.
struct IdentitySandbox: Sendable {
    let people = SandboxPeople()
    /// In the order in which they were added.
    let providers: [IdentityProvider]

    init(configuration: SandboxConfiguration, clock: SandboxClock, client: HTTPClient) {
        providers = []
    }

    func add(to router: Router<SandboxContext>) {
        people.add(to: router)
        for provider in providers { IdentityControl(provider: provider).add(to: router) }
    }

    /// Back to a fresh start: the sample people and clients, nothing allowed, no faults.
    func reset() async {
        people.reset()
        for provider in providers { await provider.reset() }
    }
}
