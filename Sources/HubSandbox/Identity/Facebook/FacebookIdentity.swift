import Hummingbird

/// Facebook Login as the sandbox plays it: the dialog, the Graph API behind it, and the control calls.
struct FacebookIdentity: Sendable {
    let login: FacebookLogin
    var provider: IdentityProvider { login.provider }
    private let versions: ClosedRange<Int>
    private let outgoing: OutgoingPost

    init(
        configuration: SandboxConfiguration, clock: SandboxClock, people: SandboxPeople, outgoing: OutgoingPost
    ) {
        login = FacebookLogin(
            provider: IdentityProvider(
                name: "facebook", title: "Facebook", configuration: configuration, clock: clock, people: people,
                faults: FacebookFaults.known))
        versions = configuration.servedVersions
        self.outgoing = outgoing
    }

    func add(to router: Router<SandboxContext>) {
        FacebookDialog(login: login).add(to: router)
        FacebookGraph(login: login, versions: versions).add(to: router)
        FacebookControl(login: login, outgoing: outgoing).add(to: router)
    }

    func reset() async {
        await provider.reset()
        await login.reset()
    }
}
