/// The keys of one provider: the one that signs, those that are published, and those that are not any more.
actor KeyRing {
    nonisolated let provider: String
    /// Numbers of the published keys; the first signs.
    private var published = [0, 1]
    private var retired: [Int] = []
    private var next = 2

    init(provider: String) { self.provider = provider }

    func reset() {
        published = [0, 1]
        retired = []
        next = 2
    }

    /// The key that signs now.
    func current() async throws -> SigningKey { try await key(published[0]) }

    /// The keys that are published, the signing one first.
    func keys() async throws -> [SigningKey] {
        var keys: [SigningKey] = []
        for number in published { keys.append(try await key(number)) }
        return keys
    }

    /// The keys that were published once, the newest first.
    func retiredKeys() async throws -> [SigningKey] {
        var keys: [SigningKey] = []
        for number in retired { keys.append(try await key(number)) }
        return keys
    }

    /// A new key signs from now on; the one before stays published unless it is dropped.
    func rotate(dropsOld: Bool) async throws {
        let kept = dropsOld ? [] : [published[0]]
        retired = published.filter { !kept.contains($0) } + retired
        published = [next] + kept
        next += 1
        // Made now, so that who asks for the keys next does not wait for it.
        _ = try await current()
    }

    /// A key that is nobody's, always the same one.
    /// - Parameter bits: 1024 for one that is too small.
    nonisolated func stranger(bits: Int = 2048) async throws -> SigningKey {
        try await SigningKeyPool.shared.key("stranger-\(bits)", bits: bits)
    }

    private func key(_ number: Int) async throws -> SigningKey {
        try await SigningKeyPool.shared.key("\(provider)-\(number)")
    }
}
