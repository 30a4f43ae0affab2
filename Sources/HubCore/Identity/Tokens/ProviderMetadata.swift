import AdapterKit

/// Where providers are asked: the addresses of the settings, or those of their metadata (OpenID Connect Discovery 1.0).
actor ProviderMetadata {
    private static let lifetime: Duration = .seconds(3600)
    private static let coolDown: Duration = .seconds(10)
    private static let maximumBytes = 256 * 1024

    /// The addresses, and whether callbacks say who sent them (RFC 9207).
    struct Found: Sendable, Equatable {
        var addresses: ProviderEndpoints.Addresses
        var callbackIssuer: String?
    }

    private let http: any HTTPPort
    private let clock: any ClockPort
    private var found: [String: (value: Found, at: Timestamp)] = [:]
    private var failures: [String: (refusal: SignInRefusal, at: Timestamp)] = [:]
    private var fetches: [String: Task<Result<Found, SignInRefusal>, Never>] = [:]

    init(http: any HTTPPort, clock: any ClockPort) {
        self.http = http
        self.clock = clock
    }

    func resolve(_ provider: IdentityProvider) async throws(SignInRefusal) -> Found {
        switch provider.endpoints {
        case .fixed(let addresses): return Found(addresses: addresses, callbackIssuer: provider.callbackIssuer)
        case .discovered(let issuer): return try await discovered(issuer)
        }
    }

    /// What is known of a provider, or comes within a moment: for pages, which a provider that hangs must not hold up.
    func resolve(_ provider: IdentityProvider, within limit: Duration) async -> Found? {
        guard case .discovered(let issuer) = provider.endpoints else { return try? await resolve(provider) }
        if let value = fresh(issuer) { return value }
        Task { try? await self.discovered(issuer) }
        let end = ContinuousClock.now + limit
        while fresh(issuer) == nil, recentFailure(issuer) == nil, ContinuousClock.now < end {
            // A page whose browser is gone needs no answer; the fetch goes on for the next.
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return nil }
        }
        return fresh(issuer)
    }

    private func fresh(_ issuer: String) -> Found? {
        found[issuer].flatMap { clock.now - $0.at < Self.lifetime ? $0.value : nil }
    }

    private func recentFailure(_ issuer: String) -> SignInRefusal? {
        failures[issuer].flatMap { clock.now - $0.at < Self.coolDown ? $0.refusal : nil }
    }

    private func discovered(_ issuer: String) async throws(SignInRefusal) -> Found {
        if let value = fresh(issuer) { return value }
        if let refusal = recentFailure(issuer) { throw refusal }
        let fetch = fetches[issuer] ?? Task { [http] in await Self.fetch(issuer, http) }
        fetches[issuer] = fetch
        let result = await fetch.value
        fetches[issuer] = nil
        switch result {
        case .success(let value):
            found[issuer] = (value, clock.now)
            failures[issuer] = nil
            return value
        case .failure(let refusal):
            failures[issuer] = (refusal, clock.now)
            throw refusal
        }
    }

    private static func fetch(_ issuer: String, _ http: any HTTPPort) async -> Result<Found, SignInRefusal> {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let call = HTTPCall(
            method: "GET", url: "\(base)/.well-known/openid-configuration", headers: [("accept", "application/json")],
            timeout: .seconds(10), maximumAnswerBytes: maximumBytes)
        guard let answer = try? await http.send(call), answer.status == 200, !answer.isTruncated,
            let json = try? JSON.parse(answer.body)
        else { return .failure(SignInRefusal(.providerUnavailable, "metadata")) }
        // Metadata of somebody else would lead to somebody else (3.1, 4.3).
        guard let told = json["issuer"]?.string, [issuer].holds(told) else {
            return .failure(SignInRefusal(.misconfigured, "the metadata has another issuer"))
        }
        let isSecure = issuer.lowercased().hasPrefix("https://")
        func address(_ name: String) -> String? {
            guard let text = json[name]?.string, WebAddress.fault(text, allowsQuery: true) == nil else { return nil }
            return isSecure && !text.lowercased().hasPrefix("https://") ? nil : text
        }
        guard let authorization = address("authorization_endpoint"), let token = address("token_endpoint"),
            let keys = address("jwks_uri")
        else { return .failure(SignInRefusal(.misconfigured, "the metadata lacks an address, or one is not secure")) }
        let tellsIssuer = json["authorization_response_iss_parameter_supported"]?.bool == true
        return .success(
            Found(
                addresses: ProviderEndpoints.Addresses(
                    authorization: authorization, token: token, keys: keys, userInfo: address("userinfo_endpoint"),
                    revocation: address("revocation_endpoint")),
                callbackIssuer: tellsIssuer ? issuer : nil))
    }
}
