import Hummingbird
import Synchronization

/// Apple as an app sees it that offers Sign in with Apple: `/apple/auth/…`.
struct AppleIdentity: Sendable {
    let provider: IdentityProvider
    let keys = KeyRing(provider: "apple")
    let choices = AppleChoices()
    let outgoing: OutgoingPost

    var mint: IDTokenMint { IDTokenMint(provider: provider, keys: keys, issuer: AppleAccount.issuer) }

    init(configuration: SandboxConfiguration, clock: SandboxClock, people: SandboxPeople, outgoing: OutgoingPost) {
        provider = IdentityProvider(
            name: "apple", title: "Apple", configuration: configuration, clock: clock, people: people,
            faults: AppleFaults.known)
        self.outgoing = outgoing
    }

    func add(to router: Router<SandboxContext>) {
        let apple = router.group("apple")
        AppleAuthorization(identity: self).add(to: apple)
        AppleTokens(identity: self).add(to: apple)
        apple.get("auth/keys") { _, context in
            try await KeysReply(provider: provider, keys: keys).response(context)
        }
        let control = router.group("_sandbox/apple")
        KeyControl(provider: provider, keys: keys).add(to: control)
        AppleEvents(identity: self).add(to: control)
    }

    func reset() async {
        await provider.reset()
        await keys.reset()
        choices.reset()
    }

    /// What a grant lets the app know of its person.
    func account(_ grant: Grant, _ client: SandboxConfiguration.IdentityClient) -> AppleAccount? {
        guard let person = provider.people[grant.personID] else { return nil }
        return AppleAccount(person: person, client: client, hidesEmail: choices.hidesEmail(person, client))
    }

    /// An id token; some of Apple's truths come as texts.
    func token(
        _ claims: JSON, client: SandboxConfiguration.IdentityClient, base: String, isRefresh: Bool = false
    ) async throws -> String {
        var claims = claims
        if await provider.take("bools_as_text") != nil {
            claims = .object(
                (claims.members ?? []).map { member in
                    guard let flag = member.value.flag else { return member }
                    return .init(name: member.name, value: flag ? "true" : "false")
                })
        }
        if await provider.take("nonce_supported_missing") != nil { claims = claims.without(["nonce_supported"]) }
        if await provider.take("email_empty") != nil { claims = claims.replacing("email", with: "") }
        // Apple's tokens have no typ.
        return try await mint.token(claims, client: client, base: base, isRefresh: isRefresh, type: nil)
    }
}

/// Who hides the address from whom: chosen at the first authorisation, and kept.
final class AppleChoices: Sendable {
    private struct Key: Hashable {
        let personID: String
        let clientID: String
    }

    private let hidden = Mutex<[Key: Bool]>([:])

    func reset() { hidden.withLock { $0 = [:] } }

    func hidesEmail(_ person: SandboxPerson, _ client: SandboxConfiguration.IdentityClient) -> Bool {
        hidden.withLock { $0[Key(personID: person.id, clientID: client.id)] } ?? person.hidesEmail
    }

    /// - Parameter choice: `share` or `hide`; anything else is what the person usually does.
    func choose(_ choice: String?, _ person: SandboxPerson, _ client: SandboxConfiguration.IdentityClient) {
        let hides = choice == "hide" || (choice != "share" && person.hidesEmail)
        hidden.withLock { $0[Key(personID: person.id, clientID: client.id)] = hides }
    }
}
