import Hummingbird

/// Google as an app sees it that signs people in and keeps files in their Drive: `/google/…`.
struct GoogleIdentity: Sendable {
    let provider: IdentityProvider
    let keys = KeyRing(provider: "google")
    let drive: DriveStore
    let outgoing: OutgoingPost

    var mint: IDTokenMint { IDTokenMint(provider: provider, keys: keys, issuer: GoogleAccount.issuer) }

    init(configuration: SandboxConfiguration, clock: SandboxClock, people: SandboxPeople, outgoing: OutgoingPost) {
        provider = IdentityProvider(
            name: "google", title: "Google", configuration: configuration, clock: clock, people: people,
            faults: GoogleFaults.known)
        drive = DriveStore(clock: clock)
        self.outgoing = outgoing
    }

    func add(to router: Router<SandboxContext>) {
        let google = router.group("google")
        GoogleAuthorization(identity: self).add(to: google)
        GoogleTokens(identity: self).add(to: google)
        GoogleDocuments(identity: self).add(to: google)
        DriveRoutes(provider: provider, store: drive).add(to: google)
        DriveControl(people: provider.people, store: drive).add(to: router)
        let control = router.group("_sandbox/google")
        KeyControl(provider: provider, keys: keys).add(to: control)
        GoogleEvents(identity: self).add(to: control)
    }

    func reset() async {
        await provider.reset()
        await keys.reset()
        await drive.reset()
    }
}
