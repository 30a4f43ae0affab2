/// One provider as the sandbox plays it: who is registered, what people allowed, what was handed out, what goes wrong.
///
/// What a provider says and checks is in its routes; this is what all have in common.
actor IdentityProvider {
    /// As in paths: `google`, `apple`, `facebook`, `shopify`.
    nonisolated let name: String
    /// As people call it.
    nonisolated let title: String
    nonisolated let clock: SandboxClock
    nonisolated let people: SandboxPeople
    private nonisolated let registered: [SandboxConfiguration.IdentityClient]
    private(set) var clients: [SandboxConfiguration.IdentityClient]
    var faults: ProviderFaults
    var grants = GrantStore()
    var calls = CallCounters()
    var automaticConsent: AutomaticConsent?
    private var requests = BoundedMap<String, AuthorizationRequest?>(limit: 1000)
    private var nextGrant = 1

    /// - Parameter faults: those that this provider's routes know.
    init(
        name: String, title: String, configuration: SandboxConfiguration, clock: SandboxClock, people: SandboxPeople,
        faults: [ProviderFault]
    ) {
        self.name = name
        self.title = title
        self.clock = clock
        self.people = people
        registered = configuration.identityClients.filter { $0.provider == name }
        clients = registered
        self.faults = ProviderFaults(known: faults)
    }

    /// Unix seconds by the sandbox's clock.
    nonisolated var now: Int { clock.seconds }

    /// Back to a fresh start.
    func reset() {
        clients = registered
        faults.removeAll()
        grants = GrantStore()
        calls.reset()
        automaticConsent = nil
        requests.removeAll()
    }

    func client(_ id: String?) -> SandboxConfiguration.IdentityClient? {
        id.flatMap { id in clients.first { $0.id == id } }
    }

    func count(_ call: String) { calls.count(call) }

    /// The value of a fault that is on, used up by one.
    func take(_ fault: String) -> JSON? { faults.take(fault) }

    /// The client of these credentials.
    /// - Throws: `invalid_client` for one that is unknown or whose secret is wrong.
    func authenticate(_ credentials: ClientCredentials) throws(OAuthError) -> SandboxConfiguration.IdentityClient {
        guard let client = client(credentials.id) else {
            throw OAuthError("invalid_client", "The OAuth client was not found.", status: 401)
        }
        guard let secret = client.secret, let given = credentials.secret, SandboxSecret.isEqual(secret, given) else {
            throw OAuthError("invalid_client", "Unauthorized", status: 401)
        }
        return client
    }

    // MARK: Consent

    /// Keeps a request until the person has answered, and tells the id that the page carries.
    func keep(_ request: AuthorizationRequest) -> String {
        let id = SandboxSecret.random()
        requests.set(id, request)
        return id
    }

    /// The request that a page's form answers, and the answer; a page counts once.
    func answer(_ form: FormFields) throws(ControlError) -> (AuthorizationRequest, ConsentDecision) {
        guard let id = form["request"], let request = requests[id] ?? nil else {
            throw ControlError("this page was answered already, or is of another run of the sandbox: start again")
        }
        guard let person = form["person"].flatMap({ people[$0] }) else { throw ControlError("no such person") }
        guard let decision = form["decision"], ["allow", "deny"].contains(decision) else {
            throw ControlError("'decision' takes allow or deny")
        }
        requests.set(id, nil)
        return (
            request,
            ConsentDecision(
                person: person, isAllowed: decision == "allow", scopes: form.all("scope"), fields: form)
        )
    }

    /// The answer that a test gave in advance, if it did.
    func automaticDecision() -> ConsentDecision? {
        guard let automaticConsent, let person = people[automaticConsent.personID] else { return nil }
        return ConsentDecision(
            person: person, isAllowed: automaticConsent.isAllowed, scopes: automaticConsent.scopes,
            fields: automaticConsent.fields)
    }

    // MARK: Grants

    /// What a person allowed by an answer. Its scopes are those that were asked for and left checked.
    func grant(_ request: AuthorizationRequest, to person: SandboxPerson, scopes: [String]) -> Grant {
        defer { nextGrant += 1 }
        return Grant(
            id: "\(name)-\(nextGrant)", clientID: request.client.id, redirectURI: request.redirectURI,
            personID: person.id, scopes: scopes, nonce: request.nonce, codeChallenge: request.codeChallenge,
            codeChallengeMethod: request.codeChallengeMethod, extra: request.extra, authorizedAt: now)
    }

    /// Makes a one-time code.
    /// - Parameter lifetime: by the sandbox's clock.
    func issueCode(_ grant: Grant, prefix: String = "", lifetime: Duration) -> String {
        grants.issueCode(grant, prefix: prefix, lifetime: lifetime.milliseconds, now: clock.milliseconds)
    }

    /// Exchanges a code, once.
    func redeem(code: String) throws(CodeRefusal) -> Grant {
        try grants.redeem(code: code, now: clock.milliseconds)
    }

    /// Makes a token.
    /// - Parameter lifetime: by the sandbox's clock; nil for ever.
    func issueToken(_ kind: IssuedToken.Kind, _ grant: Grant, prefix: String, lifetime: Duration?) -> String {
        grants.issueToken(
            kind, grant, prefix: prefix, lifetime: lifetime?.milliseconds, now: clock.milliseconds)
    }

    /// The living token of that text.
    func token(_ text: String) -> IssuedToken? { grants.token(text, now: clock.milliseconds) }

    /// Ends a token and all others of its grant.
    func revoke(_ text: String) -> Bool { grants.revoke(text, now: clock.milliseconds) }

    /// Ends one token only.
    func end(_ text: String) -> Bool { grants.end(text, now: clock.milliseconds) }

    /// Changes the store of grants in one step.
    func changeGrants<Result: Sendable>(_ change: @Sendable (inout GrantStore) -> Result) -> Result {
        change(&grants)
    }

    /// Registers a client, or changes one.
    func register(_ json: JSON) throws(ControlError) -> JSON {
        guard let id = json["id"]?.text ?? clients.first?.id, !id.isEmpty, id.count <= 200 else {
            throw ControlError("'id' is missing")
        }
        var client =
            self.client(id)
            ?? SandboxConfiguration.IdentityClient(provider: name, id: id, name: "A client", redirectURIs: [])
        try client.change(json)
        if let index = clients.firstIndex(where: { $0.id == id }) {
            clients[index] = client
        } else {
            guard clients.count < 1000 else { throw ControlError("there are 1000 clients already") }
            clients.append(client)
        }
        return client.json
    }
}
