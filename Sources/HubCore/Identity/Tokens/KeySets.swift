import AdapterKit

/// The public keys of a tenant's providers, by their address.
///
/// A set is kept as long as the provider says. A key id that it has not, or a signature without an id that no key of it
/// made, leads to one more fetch, and not to another for a while, whatever comes in: a flood of them is no flood at the
/// provider. When the provider cannot be reached, the
/// keys that are there go on working.
actor KeySets {
    /// Between two fetches for a key that is not known.
    static let coolDown: Duration = .seconds(60)
    /// How long keys are used beyond their time when no new ones can be had.
    private static let grace: Duration = .seconds(24 * 3600)
    private static let maximumBytes = 256 * 1024
    private static let maximumKeys = 100
    private static let maximumSets = 64

    private struct KeySet {
        var keys: [ProviderKey]
        var freshUntil: Timestamp
        var forcedAt: Timestamp?
        var failedAt: Timestamp?
    }

    private let http: any HTTPPort
    private let clock: any ClockPort
    private var sets: [String: KeySet] = [:]
    private var fetches: [String: Task<Result<KeySet, SignInRefusal>, Never>] = [:]

    init(http: any HTTPPort, clock: any ClockPort) {
        self.http = http
        self.clock = clock
    }

    /// Proves that the token was signed with a key of the set at `address`.
    func verify(_ token: SignedToken, keysAt address: String) async throws(SignInRefusal) {
        let set = try await current(address)
        do throws(SignInRefusal) {
            try Self.prove(token, set.keys)
        } catch {
            // An unknown id tells of a key that is not here yet; where there is no id, only the signature can.
            let isKnown = token.keyID.map { id in set.keys.contains { $0.id == id } } ?? false
            guard !isKnown else { throw error }
            try Self.prove(token, try await renewed(address, set).keys)
        }
    }

    private static func prove(_ token: SignedToken, _ keys: [ProviderKey]) throws(SignInRefusal) {
        let named = token.keyID.map { id in keys.filter { $0.id == id } } ?? keys
        let fitting = named.filter { $0.fits(token.algorithm) }
        // Without a key id there has to be no choice.
        guard fitting.count == 1 else {
            throw SignInRefusal(.keyUnknown, token.keyID == nil ? "\(fitting.count) keys fit" : nil)
        }
        guard fitting[0].verifies(token) else { throw SignInRefusal(.signatureWrong) }
    }

    private func current(_ address: String) async throws(SignInRefusal) -> KeySet {
        guard let known = sets[address] else { return try await fetched(address) }
        if clock.now < known.freshUntil { return known }
        // A provider that is down is not asked by every sign-in.
        if let failedAt = known.failedAt, clock.now - failedAt < Self.coolDown { return known }
        do throws(SignInRefusal) {
            return try await fetched(address)
        } catch {
            guard clock.now - known.freshUntil < Self.grace else { throw error }
            sets[address]?.failedAt = clock.now
            return known
        }
    }

    /// For a key that is not known.
    private func renewed(_ address: String, _ known: KeySet) async throws(SignInRefusal) -> KeySet {
        if let forcedAt = sets[address]?.forcedAt, clock.now - forcedAt < Self.coolDown { return known }
        sets[address]?.forcedAt = clock.now
        do throws(SignInRefusal) {
            return try await fetched(address)
        } catch {
            throw SignInRefusal(.keyUnknown, "the keys cannot be fetched")
        }
    }

    /// One fetch at a time for a set; whoever comes meanwhile waits for it.
    private func fetched(_ address: String) async throws(SignInRefusal) -> KeySet {
        if let fetch = fetches[address] { return try await fetch.value.get() }
        let fetch = Task { [http, clock] in await Self.fetch(address, http, clock) }
        fetches[address] = fetch
        let result = await fetch.value
        fetches[address] = nil
        if case .success(var set) = result {
            set.forcedAt = sets[address]?.forcedAt
            if sets[address] == nil, sets.count >= Self.maximumSets { sets.removeAll() }
            sets[address] = set
        }
        return try result.get()
    }

    private static func fetch(
        _ address: String, _ http: any HTTPPort, _ clock: any ClockPort
    ) async -> Result<KeySet, SignInRefusal> {
        let unavailable = SignInRefusal(.providerUnavailable, "keys")
        let call = HTTPCall(
            method: "GET", url: address, headers: [("accept", "application/json")], timeout: .seconds(10),
            maximumAnswerBytes: maximumBytes)
        guard let answer = try? await http.send(call), answer.status == 200, !answer.isTruncated,
            let json = try? JSON.parse(answer.body), case .array(let elements) = json["keys"],
            elements.count <= maximumKeys
        else { return .failure(unavailable) }
        var keys = elements.compactMap(ProviderKey.init)
        // Two keys of one id: neither can be told.
        let ids = Dictionary(grouping: keys.compactMap(\.id)) { $0 }.filter { $0.value.count > 1 }
        keys.removeAll { key in key.id.map { ids[$0] != nil } ?? false }
        return .success(KeySet(keys: keys, freshUntil: clock.now + lifetime(answer.headers)))
    }

    /// `max-age` within bounds; an hour without.
    private static func lifetime(_ headers: HTTPFields) -> Duration {
        guard let text = headers["cache-control"]?.lowercased(),
            let seconds = text.firstMatch(of: /max-age=(\d{1,9})/).flatMap({ Int($0.1) })
        else { return .seconds(3600) }
        return .seconds(min(max(seconds, 300), 24 * 3600))
    }
}
